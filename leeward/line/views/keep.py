"""Keeping a talk under six words: shown, picked out again, kept."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from leeward.line.forms.fields import picks_of, ticket_of
from leeward.line.models import Conversation
from leeward.line.services.visitors import picking, server_side
from leeward.line.services.visitors.server_side import Ticket
from leeward.line.views import showing
from leeward.line.views.told import calmly
from leeward.safety.access import open_to_all


@open_to_all
@calmly
def keep(request: HttpRequest) -> HttpResponse:
    """Show six words, ask for three of them, and keep the talk once they were picked out."""
    ticket = ticket_of(request)
    talk = server_side.conversation_of(ticket)
    words = _words_of(request)
    step = request.POST.get("step", "")
    if not words or step not in ("ask", "check"):
        return show_words(request, ticket, talk, words or server_side.draw_words())
    if step == "ask":
        context = {"words": words, "questions": picking.questions(words)}
        return _show(request, "line/pick.html", ticket, talk, context)
    if not picking.picked(words, picks_of(request.POST)):
        return show_words(request, ticket, talk, words, was_wrong=True)
    server_side.keep_under(ticket, words)
    talk.refresh_from_db()
    return _show(request, "line/keeping.html", ticket, talk, {})


def show_words(
    request: HttpRequest,
    ticket: Ticket,
    talk: Conversation,
    words: str,
    *,
    was_wrong: bool = False,
) -> HttpResponse:
    """Return the page with her six words. A message that was left is kept under them already."""
    is_stored = talk.kind == Conversation.Kind.MESSAGE and talk.last_place == 1 and not was_wrong
    context = {"words": words.split(), "was_wrong": was_wrong, "is_stored": is_stored}
    return _show(request, "line/words.html", ticket, talk, context)


def _show(
    request: HttpRequest, template: str, ticket: Ticket, talk: Conversation, more: dict[str, Any]
) -> HttpResponse:
    return render(request, template, showing.talk_context(ticket, talk) | more)


def _words_of(request: HttpRequest) -> str:
    """Return the six words that the form carried, "" for anything else."""
    words = picking.normalise(request.POST.get("words", ""))
    return words if picking.is_complete(words) else ""
