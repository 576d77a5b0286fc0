"""The chat without scripts: opened, shown, written in, ended. The ticket rides in the forms."""

from __future__ import annotations

from typing import Any

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from leeward.line.forms.fields import GRACE_MINUTES, number_of, one_of, ticket_of
from leeward.line.models import Conversation
from leeward.line.rules.texts import TextEmpty, TextTooLong
from leeward.line.services.abuse.challenges import TooSoon, WorkRefused
from leeward.line.services.endings import ending
from leeward.line.services.proving import NoSuchTalk
from leeward.line.services.talks import signs
from leeward.line.services.talks.epochs import TalkEnded
from leeward.line.services.visitors import server_side
from leeward.line.services.visitors.server_side import Ticket
from leeward.line.views import room, showing
from leeward.line.views import talk as first
from leeward.line.views.told import calmly
from leeward.safety import log, page_scripts
from leeward.safety.access import open_to_all
from leeward.safety.framing import stands_in_a_frame


@open_to_all
@calmly
def chat(request: HttpRequest) -> HttpResponse:
    """Open a chat, or show the one that the ticket opens; change how long it waits for her."""
    if request.method != "POST":
        return first.talk(request)
    if "ticket" in request.POST:
        return show(request, ticket_of(request))
    if page_scripts.wants_scripts(request):
        return room.show(request, "chat")
    if page_scripts.runs_scripts(request):
        return page_scripts.come_whole(request.LANGUAGE_CODE)
    try:
        begun = first.open_for_her(request, Conversation.Kind.CHAT)
    except (TooSoon, WorkRefused):
        return first.wait(request, "line:chat", "once")
    return show(request, begun.ticket)


def show(request: HttpRequest, ticket: Ticket, *, slip: str = "") -> HttpResponse:
    """Return the page of a chat. slip: why what she sent last was not taken."""
    talk = server_side.conversation_of(ticket)
    grace = one_of(request.POST, "grace", GRACE_MINUTES)
    if grace is not None:
        signs.set_grace(talk, grace)
        talk.grace_minutes = grace
    context = showing.talk_context(ticket, talk)
    inner = context | {"said": showing.said_in(ticket, talk), "slip": slip}
    context |= {
        "log_frame": showing.framed(request, "line/log_frame.html", inner),
        "write_frame": showing.framed(request, "line/write_frame.html", inner),
    }
    return render(request, "line/chat.html", context, status=422 if slip else 200)


@open_to_all
@stands_in_a_frame
def write(request: HttpRequest) -> HttpResponse:
    """Store what she wrote; answer with the small form that stands in the frame."""
    try:
        ticket = ticket_of(request)
        talk = server_side.conversation_of(ticket)
        context = say(request, ticket)
        signs.visitors_seen([talk.pk], now=timezone.now())
        context |= {"number": server_side.next_number(ticket)}
        context |= {"ticket": server_side.write_ticket(ticket)}
    except (server_side.TicketUnreadable, NoSuchTalk, TalkEnded, server_side.NotStored):
        context = {"is_over": True}
    except (OperationalError, InterfaceError):
        return render(request, "line/write_frame.html", not_stored(request), status=503)
    return render(request, "line/write_frame.html", context)


def not_stored(request: HttpRequest) -> dict[str, Any]:
    """Return the same form again, its words in it, for a database that takes nothing just now.

    The number stays: should it have been stored all the same, it is not stored twice.
    """
    log.error("line.not_stored_without_scripts")
    slip = _("Not sent: our computer can not store anything just now. Your words are still here.")
    lines = _("Please try again soon, or call one of the phone lines.")
    hers = {name: request.POST.get(name, "") for name in ("ticket", "number", "text")}
    return hers | {"slip": f"{slip} {lines}"}


def say(request: HttpRequest, ticket: Ticket) -> dict[str, Any]:
    """Store the form's text; return what the form shows next. Raises NoSuchTalk, NotStored."""
    text = request.POST.get("text", "")
    number = number_of(request.POST, "number")
    try:
        stored = server_side.seal_and_store(ticket, {"kind": "text", "text": text}, number=number)
    except TextEmpty:
        return {"slip": _("Nothing is written yet.")}
    except TextTooLong:
        return {"slip": too_long(), "text": text}
    return {"sent_at": stored.message.at}


def too_long() -> str:
    """Return what is said of a text that is too long."""
    return _("This is too long for one message. Please send it in two parts.")


@open_to_all
@calmly
def end(request: HttpRequest) -> HttpResponse:
    """End the chat, and say what is left of it."""
    talk = server_side.conversation_of(ticket_of(request))
    ending.end(talk.pk, ending.How.VISITOR)
    return render(
        request, "line/ended.html", {"is_kept": talk.is_kept, "delete_on": talk.delete_on}
    )
