"""What the pages show: the truth about the line, and what was said in a talk."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from leeward.line.forms.fields import GRACE_MINUTES, KEEP_DAYS
from leeward.line.models import Conversation, Team
from leeward.line.services.consent import consents
from leeward.line.services.shifts import roster
from leeward.line.services.talks import queue, replaying, signs
from leeward.line.services.visitors import marks, server_side
from leeward.line.services.visitors.server_side import Ticket

SHOWN_MAX = 1_000
DIALLED = set("0123456789+*#")


@dataclass(frozen=True, slots=True)
class Said:
    """One message as a page shows it. consent_state: of a question, where its answer stands."""

    place: int
    is_hers: bool
    who: str
    at: datetime
    kind: str
    data: dict[str, Any] = field(repr=False)
    card: list[dict[str, str]] = field(default_factory=list, repr=False)
    consent_state: str = ""


def truth() -> dict[str, Any]:
    """Return what is said before anybody writes: who answers, who is there, what must be told."""
    team = roster.main_team()
    if team is None:
        return {"there": None, "team": None}
    there = roster.availability(team, timezone.now())
    return {"there": there, "team": team_words(team)}


def team_words(team: Team) -> dict[str, Any]:
    """Return what a team says of itself, in the reader's language."""
    language = (get_language() or "en").partition("-")[0]
    names = ("name", "who_answers", "must_report", "caller_id")
    words = {
        name: getattr(team, f"{name}_{language}", "") or getattr(team, f"{name}_en")
        for name in names
    }
    return words | {"has_shares": team.has_shares}


def talk_context(ticket: Ticket, talk: Conversation) -> dict[str, Any]:
    """Return what every page of an open talk needs; notes that she is there."""
    signs.visitors_seen([talk.pk], now=timezone.now())
    standing = queue.standing(talk)
    return {
        "ticket": server_side.write_ticket(ticket),
        "mark": marks.open_mark(ticket),
        "team": team_words(talk.team),
        "standing": {
            "state": standing.state,
            "ahead": standing.ahead,
            "place": standing.ahead + 1,
            "wait_minutes": standing.wait_minutes,
        },
        "names": _joined(standing.names),
        "is_kept": talk.is_kept,
        "is_message": talk.kind == Conversation.Kind.MESSAGE,
        "delete_on": talk.delete_on,
        "keep_days": talk.keep_days,
        "day_choices": KEEP_DAYS,
        "grace": talk.grace_minutes,
        "graces": GRACE_MINUTES,
        "number": server_side.next_number(ticket),
    }


def said_in(ticket: Ticket, talk: Conversation) -> list[Said]:
    """Return what was said, open, the earliest first; the last 1,000. Notes that she saw it."""
    start = max(0, talk.last_place - SHOWN_MAX)
    found: list[server_side.Plain] = []
    while len(found) < SHOWN_MAX:
        more = server_side.read(ticket, found[-1].place if found else start)
        found += more
        if len(more) < replaying.MOST:
            break
    if found:
        signs.visitor_saw(talk, found[-1].place)
    names = queue.names_by_seat(talk)
    standing = _consents_now(talk, found)
    return [said(plain, names, standing) for plain in found]


def said(plain: server_side.Plain, names: dict[int, str], consents_now: dict[str, str]) -> Said:
    """Return one message as a page shows it."""
    data = plain.data or {}
    kind = str(data.get("kind", ""))
    asked = str(data.get("consent", "")) if kind == "ask_consent" else ""
    return Said(
        place=plain.place,
        is_hers=plain.seat == server_side.SEAT,
        who=names.get(plain.seat, "") or _("Our team"),
        at=plain.at,
        kind=kind,
        data=data,
        card=_card(data["service"]) if kind == "card" else [],
        consent_state=consents_now.get(asked, consents.OVER if asked else ""),
    )


def _consents_now(talk: Conversation, found: list[server_side.Plain]) -> dict[str, str]:
    """Return where consents stand: those whose time runs, and what she ended herself before."""
    answers = (plain.data for plain in found if plain.data and plain.seat == server_side.SEAT)
    last = {data["consent"]: data["answer"] for data in answers if data["kind"] == "consent"}
    ended = {asked: answer for asked, answer in last.items() if answer != "given"}
    running = consents.running(talk, timezone.now())
    return ended | {str(consent.pk): str(consent.state) for consent in running}


def framed(request: HttpRequest, template: str, context: dict[str, Any]) -> str:
    """Return a small document that stands inside the page, in a frame without an address."""
    return render_to_string(template, context, request)


def _card(service: dict[str, Any]) -> list[dict[str, str]]:
    """Return a card's lines; what can be dialled gets a link."""
    rows = []
    for name, value in service.items():
        for text in value if isinstance(value, list) else [value]:
            tel = "".join(sign for sign in text if sign in DIALLED) if "phone" in name else ""
            rows.append({"text": text, "tel": tel})
    return [row for row in rows if row["text"]]


def _joined(names: tuple[str, ...]) -> str:
    if not names:
        return _("Our team")
    return _(" and ").join(names)
