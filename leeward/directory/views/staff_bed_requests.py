"""The advocates' pages: ask member shelters for a place, follow the answers, end it.

Whoever may ask sees every request of the last seven days: the colleague of the next shift must find
the answer that comes after hers went home.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from leeward.directory.forms.staff_beds import RequestForm, area_of
from leeward.directory.models import BedRequest
from leeward.directory.rules import bed_requests as rules
from leeward.directory.services import bed_requests
from leeward.directory.views import staff_bed_words as words
from leeward.directory.views import wording
from leeward.directory.views.staff_bed_menu import ASKS
from leeward.directory.views.staff_beds import person
from leeward.safety.access import staff_with


@dataclass(frozen=True, slots=True)
class Shown:
    """A request as its list and its page show it."""

    request: BedRequest
    state: str
    needs: list[str]
    minutes_left: int

    @property
    def may_end(self) -> bool:
        """Return whether it can still be ended by hand."""
        return self.state in {rules.OPEN, rules.TAKEN}


@staff_with(ASKS)
@require_GET
def requests(request: HttpRequest) -> HttpResponse:
    """Show the requests of the last seven days, the newest first."""
    found = BedRequest.objects.select_related("unit", "made_by", "taken_by__organization")
    context = {"requests": [_shown(each) for each in found]}
    return render(request, "directory/staff/beds/requests.html", context)


@staff_with(ASKS)
@require_http_methods(["GET", "POST"])
def ask(request: HttpRequest) -> HttpResponse:
    """Show the form; ask every member shelter that fits."""
    form = RequestForm(
        request.POST or None,
        people=wording.people_choices(),
        languages=wording.language_choices(),
    )
    status = 200
    if request.method == "POST":
        if form.is_valid():
            try:
                made = _ask(request, form)
            except bed_requests.NobodyToAsk:
                nobody = _("No member shelter fits all of this. Ask for less, or call the lines.")
                messages.warning(request, nobody)
            else:
                return redirect("beds:follow", made.pk)
        status = 422
    context = {"form": form, "places": [(area_of(place), place) for place in form.places]}
    return render(request, "directory/staff/beds/ask.html", context, status=status)


def _ask(request: HttpRequest, form: RequestForm) -> BedRequest:
    made = bed_requests.ask(
        form.need(),
        for_on=form.night_on(),
        area_code=form.kept_area(),
        minutes=form.cleaned_data["minutes"],
        by=person(request),
        now=timezone.now(),
    )
    messages.success(request, _("Asked. Press “Look again” to see what they answer."))
    return made


@staff_with(ASKS)
@require_GET
def follow(request: HttpRequest, request_id: int) -> HttpResponse:
    """Show how a request stands: who said yes and their numbers, and who was asked."""
    found = _found(request_id)
    context: dict[str, Any] = {
        "shown": _shown(found),
        "place": bed_requests.place_found(found),
        "asked": words.who_was_asked(found, timezone.now()),
    }
    return render(request, "directory/staff/beds/follow.html", context)


@staff_with(ASKS)
@require_http_methods(["POST"])
def close(request: HttpRequest, request_id: int) -> HttpResponse:
    """End a request; the shelter that said yes sees that the place is not needed."""
    found = _found(request_id)
    if bed_requests.close(found.pk, by=person(request)):
        messages.success(request, _("Ended. The shelters see that it is over."))
    return redirect("beds:follow", found.pk)


def _found(request_id: int) -> BedRequest:
    rows = BedRequest.objects.select_related("unit", "made_by", "taken_by__organization")
    return get_object_or_404(rows, pk=request_id)


def _shown(request: BedRequest) -> Shown:
    now = timezone.now()
    return Shown(
        request=request,
        state=rules.state_at(request.state, request.reply_by, now),
        needs=words.needs(request),
        minutes_left=rules.minutes_left(request.reply_by, now),
    )
