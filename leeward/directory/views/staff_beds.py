"""The shelters' own pages: say in one tap what is free, and answer advocates who ask."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.formats import time_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from leeward.directory.forms.staff_beds import AnswerForm, TellForm
from leeward.directory.models import Service
from leeward.directory.rules.beds import Answer, holds_until
from leeward.directory.services import bed_requests, beds
from leeward.directory.services.bed_requests import Outcome
from leeward.directory.services.vocabulary import UNITS
from leeward.directory.views import staff_bed_words as words
from leeward.directory.views.staff_bed_menu import TELLS
from leeward.people.models import Account
from leeward.safety.access import staff_with

FEW = 1


@dataclass(frozen=True, slots=True)
class Row:
    """A service in the list of several."""

    service: Service
    answer: Answer


@staff_with(TELLS)
@require_GET
def board(request: HttpRequest) -> HttpResponse:
    """Show the account's shelter, or its shelters to choose from."""
    services = list(beds.services_told_by(person(request)))
    if len(services) == FEW:
        return _panel(request, services[0])
    answers = beds.answers(services, timezone.now())
    waiting = bed_requests.waiting_for(person(request), timezone.now())
    context = {
        "rows": [Row(service, answers[service.pk]) for service in services],
        "waiting": [words.asked(reply, timezone.now()) for reply in waiting],
    }
    return render(request, "directory/staff/beds/board.html", context)


@staff_with(TELLS)
@require_http_methods(["GET", "POST"])
def shelter(request: HttpRequest, service_id: UUID) -> HttpResponse:
    """Show what one shelter told; take what is free now."""
    service = _own(request, service_id)
    if request.method != "POST":
        return _panel(request, service)
    form = TellForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("That could not be read. Nothing was changed."))
        return _panel(request, service, status=422)
    _tell(request, service, form)
    return _back(request, service, f"#{form.cleaned_data['unit']}")


@staff_with(TELLS)
@require_http_methods(["POST"])
def answer(request: HttpRequest, service_id: UUID, request_id: int) -> HttpResponse:
    """Take a shelter's yes or no to an advocate's request."""
    service = _own(request, service_id)
    form = AnswerForm(request.POST)
    if not form.is_valid():
        raise Http404
    try:
        outcome = bed_requests.reply(
            request_id,
            service.pk,
            says_yes=form.cleaned_data["answer"] == "yes",
            by=person(request),
            now=timezone.now(),
        )
    except bed_requests.NotAsked as unasked:
        raise Http404 from unasked
    messages.success(request, _said_of(outcome))
    return _back(request, service)


def _said_of(outcome: Outcome) -> str:
    return {
        Outcome.WON: _(
            "Thank you. The advocate sees your yes and will call. Please tell below how many are "
            "free after this."
        ),
        Outcome.NOTED: _("Thank you. Your answer is written down."),
        Outcome.FOUND_ELSEWHERE: _("Thank you. Another shelter said yes a moment before you."),
        Outcome.OVER: _("This request is over. Nothing more is needed from you."),
    }[outcome]


def _tell(request: HttpRequest, service: Service, form: TellForm) -> None:
    unit, count = form.cleaned_data["unit"], form.count()
    try:
        told = beds.tell(
            service.pk, unit, count, by=person(request), seen=form.cleaned_data["seen"]
        )
    except beds.MoreThanThereAre as more:
        text = _("This house has %d. Nothing was changed.")
        messages.error(request, text % more.maximum)
        return
    with timezone.override(beds.time_zone_of(service)):
        until = time_format(timezone.localtime(holds_until(told.event.at)), "H:i")
        messages.success(
            request,
            _("Written down: %(unit)s, %(free)s. It holds until %(until)s.")
            % {"unit": UNITS[unit], "free": words.free(count), "until": until},
        )
        if told.between is not None:
            messages.warning(request, words.in_between(told.between))


def _panel(request: HttpRequest, service: Service, *, status: int = 200) -> HttpResponse:
    now, account = timezone.now(), person(request)
    waiting = bed_requests.waiting_for(account, now).filter(service=service)
    over = bed_requests.ended_for(service, now)
    context: dict[str, Any] = {
        "service": service,
        "units": [words.shown(unit, now) for unit in beds.units_now(service, now)],
        "uncounted": beds.uncounted(service),
        "waiting": [words.asked(reply, now) for reply in waiting],
        "ended": [words.asked(reply, now) for reply in over],
        "history": beds.history(service),
        "has_others": account.has_perm(beds.ALL_SHELTERS),
    }
    with timezone.override(beds.time_zone_of(service)):
        return render(request, "directory/staff/beds/shelter.html", context, status=status)


def _own(request: HttpRequest, service_id: UUID) -> Service:
    """Return the service, if the account may tell its beds; others' are not there."""
    found: Service = get_object_or_404(beds.services_told_by(person(request)), pk=service_id)
    return found


def _back(request: HttpRequest, service: Service, place: str = "") -> HttpResponse:
    target = redirect("beds:shelter", service.pk)
    target["Location"] += place
    return target


def person(request: HttpRequest) -> Account:
    """Return who is signed in; `staff_with` let nobody else this far."""
    if not isinstance(request.user, Account):
        raise PermissionDenied
    return request.user
