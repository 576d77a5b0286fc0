"""The first page: the truth about the line, then the three ways to talk."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language

from leeward.line import limits
from leeward.line.forms.fields import USUAL_GRACE, address_of
from leeward.line.services.abuse import abuse, challenges
from leeward.line.services.abuse.challenges import WorkRefused
from leeward.line.services.shifts import roster
from leeward.line.services.visitors import once, server_side
from leeward.line.services.visitors.once import Start
from leeward.line.services.visitors.opening import NoTeamKey
from leeward.line.views.showing import truth
from leeward.line.views.told import TooOften
from leeward.safety.access import open_to_all
from leeward.safety.limits import FloodLimit

CARRIED_MAX = 5_000


@open_to_all
def talk(request: HttpRequest) -> HttpResponse:
    """Show who answers, whether somebody is there, the wait, what must be told; then the ways."""
    fresh = {"challenge": challenges.new(), "once": once.new_token()}
    return render(request, "line/talk.html", truth() | fresh)


def wait(request: HttpRequest, name: str, *carried: str) -> HttpResponse:
    """Show the short wait; its button goes on to the view `name` with the carried fields."""
    fields = [("to", reverse(name)), ("challenge", _waiting(request))]
    fields += [(field, request.POST.get(field, "")[:CARRIED_MAX]) for field in carried]
    return render(request, "line/wait.html", {"carried": fields}, status=425)


def spend(request: HttpRequest, limit: FloodLimit) -> None:
    """Spend the form's challenge and count the try. Raises TooSoon, WorkRefused, TooOften."""
    challenges.spend(request.POST.get("challenge", ""), request.POST.get("nonce", ""))
    if not limit.allows(address_of(request)):
        raise TooOften


def open_for_her(request: HttpRequest, kind: str) -> Start:
    """Open a conversation for a visitor without scripts; the same form again leads to the same one.

    Raises what opening raises.
    """
    begun = once.start(request.POST.get("once", ""), request.POST.get("challenge", ""))
    with once.alone(begun):
        if not once.is_open(begun):
            _open_new(request, kind, begun)
    return begun


def _open_new(request: HttpRequest, kind: str, begun: Start) -> None:
    try:
        spend(request, limits.OPENING)
    except WorkRefused:
        if once.is_open(begun):  # another process has just opened it, for the same form
            return
        raise
    _open(request, kind, begun)


def _open(request: HttpRequest, kind: str, begun: Start) -> None:
    team = roster.main_team()
    if team is None:
        raise NoTeamKey
    language = (get_language() or "en").partition("-")[0]
    abuse.must_be_welcome(address_of(request))
    server_side.open_for(
        team_id=team.pk,
        kind=kind,
        language=language,
        grace_minutes=USUAL_GRACE,
        ticket=begun.ticket,
    )
    abuse.opened(begun.ticket.conversation, address_of(request))


def _waiting(request: HttpRequest) -> str:
    """Return the challenge that is still too young, else a fresh one."""
    sent = request.POST.get("challenge", "")
    return sent if challenges.is_young(sent) else challenges.new()
