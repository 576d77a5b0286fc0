"""Leaving a message: written, locked, and kept under six words."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from leeward.line.models import Conversation
from leeward.line.rules.texts import TextEmpty, TextTooLong, read_text
from leeward.line.services.abuse import challenges
from leeward.line.services.abuse.challenges import TooSoon, WorkRefused
from leeward.line.services.endings import ending
from leeward.line.services.visitors import once, server_side
from leeward.line.services.visitors.picking import StretchingBusy
from leeward.line.views import chat, keep, room
from leeward.line.views import talk as first
from leeward.line.views.showing import truth
from leeward.line.views.told import calmly
from leeward.safety import page_scripts
from leeward.safety.access import open_to_all


@open_to_all
@calmly
def message(request: HttpRequest) -> HttpResponse:
    """Show the form, or store what was written and show the six words."""
    if page_scripts.wants_scripts(request):
        return room.show(request, "message")
    if "text" not in request.POST:
        return _form(request, {})
    typed = request.POST["text"]
    try:
        text = read_text(typed)
    except TextEmpty:
        return _form(request, {"slip": _("Nothing is written yet.")})
    except TextTooLong:
        return _form(request, {"slip": chat.too_long(), "text": typed})
    try:
        return _leave(request, text)
    except (TooSoon, WorkRefused):
        return first.wait(request, "line:message", "once", "text")


def _leave(request: HttpRequest, text: str) -> HttpResponse:
    """Store the message and keep it under its words; if that can not be, nothing stays.

    The same form again shows the same words.
    """
    begun = first.open_for_her(request, Conversation.Kind.MESSAGE)
    ticket, words = begun.ticket, begun.words
    try:
        server_side.seal_and_store(ticket, {"kind": "text", "text": text}, number=1)
        server_side.keep_under(ticket, words)
    except StretchingBusy:
        if server_side.conversation_of(ticket).is_kept:  # the same form again: it is safe there
            raise
        ending.end(ticket.conversation, ending.How.DELETED)
        slip = _("Many people are here at once. Please send it again in a minute.")
        return _form(request, {"slip": slip, "text": text})
    talk = server_side.conversation_of(ticket)
    return keep.show_words(request, ticket, talk, words)


def _form(request: HttpRequest, filled: dict[str, Any]) -> HttpResponse:
    challenge = request.POST.get("challenge", "") or challenges.new()
    is_plain = "plain" in request.POST or bool(filled)
    token = request.POST.get("once", "") or once.new_token()
    context = truth() | {"challenge": challenge, "once": token, "is_plain": is_plain} | filled
    return render(request, "line/leave_message.html", context, status=422 if filled else 200)
