"""What the newest file of a source no longer names: kept, or set inactive."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from leeward.directory.models import Source
from leeward.directory.services import missing
from leeward.directory.views.staff_common import person
from leeward.safety.access import staff_with


@staff_with(missing.RIGHT)
@require_POST
def decide(request: HttpRequest, key: UUID) -> HttpResponse:
    """Take a decision on one service; a press of neither button changes nothing."""
    decision = request.POST.get("decision")
    if decision not in {"runs", "inactive"}:
        return redirect("directory_staff:review")
    try:
        missing.decide(key, by=person(request), is_running=decision == "runs")
    except missing.NotMissing:
        messages.error(request, _("A newer file names it again, or somebody decided this already."))
        return redirect("directory_staff:review")
    runs, ended = (
        _("Written down: it still runs."),
        _("It is inactive now: visitors see it no more."),
    )
    messages.success(request, runs if decision == "runs" else ended)
    return redirect("directory_staff:review")


@staff_with(missing.RIGHT)
@require_POST
def keep_all(request: HttpRequest, source_id: int) -> HttpResponse:
    """Keep all that a source's newest file left out."""
    source = get_object_or_404(Source, pk=source_id)
    count = missing.keep_all(source, by=person(request))
    messages.success(request, _("Written down: all %s of them still run.") % count)
    return redirect("directory_staff:review")
