"""Asking for a call, and taking the request back."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from leeward.line import limits
from leeward.line.forms import calling
from leeward.line.services.abuse import challenges
from leeward.line.services.abuse.challenges import TooSoon, WorkRefused
from leeward.line.services.calls import asking
from leeward.line.services.calls.calls import CallUnfit
from leeward.line.services.proving import NoSuchTalk
from leeward.line.services.shifts import roster
from leeward.line.services.visitors.opening import NoTeamKey
from leeward.line.views import talk as first
from leeward.line.views.showing import truth
from leeward.line.views.told import Reason, calmly, tell
from leeward.safety.access import open_to_all

FIELDS = ("phone", "day", "part", "who", "voicemail", "say", "code")


@open_to_all
@calmly
def call(request: HttpRequest) -> HttpResponse:
    """Show the form, store what it asks for, or take a request back."""
    if "takeback" in request.POST:
        return _take_back(request)
    if "phone" not in request.POST:
        return _form(request, "")
    try:
        wish = calling.read_wish(request.POST, now=timezone.now())
    except calling.WishUnfit as wrong:
        return _form(request, str(wrong))
    try:
        return _ask(request, wish)
    except (TooSoon, WorkRefused):
        return first.wait(request, "line:call", *FIELDS)
    except CallUnfit:
        return _form(request, _("That time is over. Please choose another."))


def _ask(request: HttpRequest, wish: calling.Wish) -> HttpResponse:
    first.spend(request, limits.OPENING)
    team = roster.main_team()
    if team is None:
        raise NoTeamKey
    stored, token = asking.ask_for_her(
        team_id=team.pk,
        language=(get_language() or "en").partition("-")[0],
        not_before=wish.not_before,
        not_after=wish.not_after,
        data=wish.data,
    )
    context = {"call": token, "not_before": stored.not_before, "not_after": stored.not_after}
    return render(request, "line/call_asked.html", context)


def _take_back(request: HttpRequest) -> HttpResponse:
    try:
        asking.take_back(request.POST.get("call", ""))
    except NoSuchTalk:
        return tell(request, Reason.CALL_OVER)
    return render(request, "line/call_gone.html")


def _form(request: HttpRequest, slip: str) -> HttpResponse:
    sent = {name: request.POST.get(name, "")[:200] for name in FIELDS}
    context: dict[str, Any] = truth() | {
        "challenge": request.POST.get("challenge", "") or challenges.new(),
        "slip": slip,
        "sent": sent,
        "days": calling.day_choices(),
        "parts": calling.part_choices(),
    }
    return render(request, "line/call.html", context, status=422 if slip else 200)
