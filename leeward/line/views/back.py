"""Coming back with six words, and the side of her that opens: read, write, keep, delete."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from leeward.line import limits
from leeward.line.forms.fields import KEEP_DAYS, one_of, ticket_of
from leeward.line.services.abuse import challenges
from leeward.line.services.abuse.challenges import TooSoon, WorkRefused
from leeward.line.services.endings import keeping
from leeward.line.services.proving import NoSuchTalk
from leeward.line.services.visitors import picking, server_side
from leeward.line.services.visitors.server_side import Ticket
from leeward.line.views import chat, room, showing
from leeward.line.views import talk as first
from leeward.line.views.told import calmly
from leeward.safety import page_scripts
from leeward.safety.access import open_to_all


@open_to_all
@calmly
def back(request: HttpRequest) -> HttpResponse:
    """Ask for the six words, or open what they keep."""
    if page_scripts.wants_scripts(request):
        return room.show(request, "back")
    typed = request.POST.get("words", "")[:400]
    if not typed:
        return _form(request, {})
    if not picking.is_complete(typed):
        return _form(request, _not_six(typed))
    try:
        first.spend(request, limits.WORDS)
    except (TooSoon, WorkRefused):
        return first.wait(request, "line:back", "words")
    try:
        ticket = server_side.come_back(typed)
    except NoSuchTalk:
        return _form(request, {"slip": _nothing_opens(), "typed": typed})
    return _show(request, ticket, {})


def _not_six(typed: str) -> dict[str, Any]:
    """Return what is said of words that are too few, too many, or not on the list."""
    slips = picking.find_slips(typed)
    count = len(picking.normalise(typed).split())
    wrong_count = _("We need six words. You wrote %(count)s.") % {"count": count}
    return {
        "slips": slips,
        "slip": "" if count == picking.WORD_COUNT else wrong_count,
        "typed": typed,
    }


def _nothing_opens() -> str:
    is_it_right = _("Nothing opens with these words. Is each one right, and in its place?")
    is_it_gone = _("If so, the talk is gone: its time was over, or it was deleted.")
    return f"{is_it_right} {is_it_gone}"


def _form(request: HttpRequest, said: dict[str, Any]) -> HttpResponse:
    is_plain = "plain" in request.POST or bool(said)
    context = {"challenge": challenges.new(), "is_plain": is_plain} | said
    return render(request, "line/back.html", context, status=422 if said else 200)


@open_to_all
@calmly
def kept(request: HttpRequest) -> HttpResponse:
    """Show what she keeps; store what she wrote, or change how long it is kept."""
    ticket = ticket_of(request)
    days = one_of(request.POST, "days", KEEP_DAYS)
    if days is not None:
        keeping.set_days(server_side.conversation_of(ticket), days)
    said = chat.say(request, ticket) if "text" in request.POST else {}
    return _show(request, ticket, said)


def _show(request: HttpRequest, ticket: Ticket, said: dict[str, Any]) -> HttpResponse:
    talk = server_side.conversation_of(ticket)
    context = showing.talk_context(ticket, talk)
    context |= {"said": showing.said_in(ticket, talk), "there": showing.truth()["there"]}
    return render(request, "line/kept.html", context | said)


@open_to_all
@calmly
def delete(request: HttpRequest) -> HttpResponse:
    """Ask once, then destroy everything and say what was destroyed."""
    ticket = ticket_of(request)
    talk = server_side.conversation_of(ticket)
    if "sure" not in request.POST:
        return render(request, "line/delete.html", showing.talk_context(ticket, talk))
    gone = keeping.delete_everything(talk)
    return render(request, "line/destroyed.html", {"gone": gone})
