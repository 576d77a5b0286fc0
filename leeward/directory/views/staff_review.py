"""What waits for a person: reports, duplicates, approvals, and what partners changed."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from leeward.directory.models import DuplicatePair, Organization, Report, Source
from leeward.directory.services import (
    approval,
    history,
    merging,
    missing,
    reports,
    serving_area,
)
from leeward.directory.services.owning import page_entity
from leeward.directory.services.revisions import told
from leeward.directory.views import staff_showing
from leeward.directory.views.staff_common import page, person
from leeward.directory.views.staff_field_words import field_words, value_words
from leeward.safety.access import staff_with

SHOWN = 50
APPROVABLE: dict[str, type[Any]] = {"organization": Organization, "source": Source}
EMPTY = {None, ""}
NOT_COMPARED = {"source_id", "outside_id", "parent_organization_id", "organization_id"}


@staff_with("directory.edit_directory")
@require_GET
def review(request: HttpRequest) -> HttpResponse:
    """Show what waits for a person."""
    today = timezone.now().date()
    waiting = Report.objects.filter(state=Report.State.OPEN)
    about = "service_at_location__service__organization"
    pairs = DuplicatePair.objects.filter(state=DuplicatePair.State.OPEN)
    context = {
        "reports": waiting.select_related(about).order_by("id")[:SHOWN],
        "reports_count": waiting.count(),
        "pairs": [(pair, merging.records_of(pair)) for pair in pairs[:SHOWN]],
        "pairs_count": pairs.count(),
        "organizations": approval.waiting(Organization, today),
        "sources": approval.waiting(Source, today),
        "missing": missing.waiting()[:SHOWN],
        "missing_sources": missing.by_source(),
        "nameless": serving_area.found_by_nobody()[:SHOWN],
        "looks": history.lines(history.to_look_at()[:SHOWN]),
        "may_decide": person(request).has_perm("directory.decide_report"),
    }
    return page(request, "review", context)


@staff_with("directory.decide_report")
@require_POST
def decide_report(request: HttpRequest, report_id: int) -> HttpResponse:
    """Take a decision on a report; an accepted one leads to the record, to put it right."""
    is_accepted = request.POST.get("decision") == "accept"
    report = get_object_or_404(Report, pk=report_id)
    try:
        report = reports.decide(report.pk, by=person(request), is_accepted=is_accepted)
    except reports.AlreadyDecided:
        messages.error(request, _("Somebody decided this already."))
        return redirect("directory_staff:review")
    if is_accepted:
        messages.success(request, _("Thank you. Now please put the record right."))
        return redirect("directory_staff:service", report.service_at_location.service_id)
    messages.success(request, _("Written down: nothing is changed."))
    return redirect("directory_staff:review")


@staff_with("directory.decide_report")
@require_GET
def pair(request: HttpRequest, pair_id: int) -> HttpResponse:
    """Show two records side by side."""
    found = get_object_or_404(DuplicatePair, pk=pair_id)
    both = merging.records_of(found)
    rows = _compared(*both) if both else []
    context: dict[str, Any] = {"pair": found, "both": both, "rows": rows}
    if both:
        context["parts"] = [_parts_in_words(record) for record in both]
    return page(request, "pair", context)


def _compared(first: Any, second: Any) -> list[tuple[str, Any, Any, bool]]:
    """Return (field, first's, second's, whether they differ), without what both leave empty."""
    one, two = told(first), told(second)
    names = [name for name in one if name not in NOT_COMPARED and {one[name], two[name]} - EMPTY]
    return [
        (
            field_words(first, name),
            value_words(first, name, one[name]),
            value_words(second, name, two[name]),
            one[name] != two[name],
        )
        for name in names
    ]


def _parts_in_words(record: Any) -> list[str]:
    groups = staff_showing.parts_of(record)
    return [part.words for group in groups.values() for part in group]


@staff_with("directory.decide_report")
@require_POST
def decide_pair(request: HttpRequest, pair_id: int) -> HttpResponse:
    """Take a decision on a pair: two things, or one of them is kept."""
    get_object_or_404(DuplicatePair, pk=pair_id)
    decision = request.POST.get("decision")
    try:
        if decision == "different":
            merging.say_different(pair_id, by=person(request))
            messages.success(request, _("Written down: they are two different things."))
        elif decision in {"first", "second"}:
            kept = merging.merge(pair_id, keeps_first=decision == "first", by=person(request))
            messages.success(request, _("Merged into one record."))
            return redirect(f"directory_staff:{page_entity(kept)}", kept.pk)
    except merging.AlreadyDecided:
        messages.error(request, _("This was decided already, or one of the two is gone."))
    return redirect("directory_staff:review")


@staff_with(approval.RIGHT)
@require_POST
def approve(request: HttpRequest, kind: str, key: str) -> HttpResponse:
    """Take one person's approval of an organisation or source, or take it off the site."""
    vetted = _vetted(kind, key)
    if request.POST.get("decision") == "withdraw":
        approval.withdraw(vetted, by=person(request))
        messages.success(request, _("Taken off the site."))
    elif not request.POST.get("checked"):
        messages.error(request, _("Please tick what you checked."))
    else:
        _approve(request, vetted)
    if kind == "organization":
        return redirect("directory_staff:organization", vetted.pk)
    return redirect("directory_staff:source", vetted.pk)


def _approve(request: HttpRequest, vetted: Any) -> None:
    try:
        is_done = approval.approve(vetted, by=person(request))
    except approval.SamePerson:
        messages.error(request, _("You approved this before. A second person has to do it, too."))
        return
    words = _("Approved by two people, for a year.")
    messages.success(request, words if is_done else _("Thank you. A second person comes next."))


def _vetted(kind: str, key: str) -> Any:
    model = APPROVABLE.get(kind)
    is_right = model is not None and (key.isdecimal() == (model is Source)) and len(key) < 40  # noqa: PLR2004
    if not is_right or model is None:
        raise Http404
    return get_object_or_404(model, pk=key)


@staff_with("directory.edit_directory")
@require_GET
def sources(request: HttpRequest) -> HttpResponse:
    """Show where records come from."""
    return page(request, "sources", {"sources": Source.objects.order_by("name")})


@staff_with("directory.edit_directory")
@require_GET
def source(request: HttpRequest, source_id: int) -> HttpResponse:
    """Show one source: its words, its approval, its latest imports."""
    found = get_object_or_404(Source, pk=source_id)
    context = {
        "record": found,
        "runs": found.runs.select_related("by")[:10],
        "may_approve": person(request).has_perm(approval.RIGHT),
    }
    return page(request, "source", context)


@staff_with("directory.edit_directory")
@require_POST
def look_at(request: HttpRequest) -> HttpResponse:
    """Write down that the person looked at what partners changed."""
    said = [word for word in request.POST.getlist("revision") if word.isdecimal()]
    if not said:
        raise PermissionDenied
    history.look_at([int(word) for word in said], by=person(request))
    messages.success(request, _("Written down: you looked at it."))
    return redirect("directory_staff:review")
