"""/live/sign and /live/epoch: small signs, and the keys of each day."""

from __future__ import annotations

import json
from typing import Any

from django.utils import timezone

from leeward.line.live.answers import Cannot, Fields, read_number, send_json
from leeward.line.live.room import Room
from leeward.line.models import Conversation
from leeward.line.services.endings import ending
from leeward.line.services.spelling import TextUnreadable, from_text, to_text
from leeward.line.services.talks import epochs, signs
from leeward.line.services.talks.epochs import EpochTaken, TalkEnded, Wraps, WrapsMismatched
from leeward.line.services.team_keys import NoTeamKey
from leeward.safety.wire import Receive, Scope, Send

MOST_WRAPS = 40


async def sign(room: Room, fields: Fields, scope: Scope, receive: Receive, send: Send) -> None:
    """Take typing, seen, grace or end; answer {}. With none of them it is a sign of life."""
    if "typing" in fields:
        signs.visitor_types(await room.visitors.find_id(fields))
    else:
        talk = await room.visitors.find(fields)
        room.presence.visitor_was_here(talk.pk)
        await _store(room, talk, fields)
    await send_json({}, send)


async def _store(room: Room, talk: Conversation, fields: Fields) -> None:
    try:
        if "seen" in fields:
            await room.workers.do(signs.visitor_saw, talk, read_number(fields, "seen"))
        if "grace" in fields:
            await room.workers.do(signs.set_grace, talk, read_number(fields, "grace"))
        if "end" in fields:
            await room.workers.do(ending.end, talk.pk, ending.How.VISITOR)
    except signs.SignUnfit as wrong:
        raise Cannot(400, "unfit") from wrong


async def epoch(room: Room, fields: Fields, scope: Scope, receive: Receive, send: Send) -> None:
    """Answer with her wraps, and with today's epoch or what is needed to make it.

    {"day", "wraps": [{"epoch", "sealed"}], "today": number}; where today has no key yet, "today" is
    null, "next" its number to be, and "readers" [[reader, id, public key], …]. A form with `wraps`,
    JSON [[reader, id, sealed], …] for exactly those readers, and `number` makes today's.
    """
    talk = await room.visitors.find(fields)
    if "wraps" in fields:
        wraps, number = read_wraps(fields["wraps"]), read_number(fields, "number")
        await room.workers.do(_make_today, talk, wraps, number)
    await send_json(await room.workers.do(_keys_of, talk), send)


def _make_today(talk: Conversation, wraps: Wraps, number: int) -> None:
    try:
        epochs.new_epoch(talk, timezone.now().date(), wraps, number=number)
    except EpochTaken:
        pass  # somebody was quicker; the answer holds that one
    except (WrapsMismatched, NoTeamKey) as wrong:
        raise Cannot(422, "readers_changed") from wrong
    except TalkEnded as wrong:
        raise Cannot(410, "ended") from wrong


def _keys_of(talk: Conversation) -> dict[str, Any]:
    day = timezone.now().date()
    wraps = epochs.wraps_for(talk.pk, epochs.VISITOR)
    found: dict[str, Any] = {
        "day": day.isoformat(),
        "wraps": [{"epoch": wrap.epoch, "sealed": to_text(wrap.sealed)} for wrap in wraps],
        "today": epochs.epoch_of_day(talk, day),
    }
    if found["today"] is None:
        found["next"] = epochs.next_number(talk, day)
        found["readers"] = _readers(talk)
    return found


def _readers(talk: Conversation) -> list[tuple[str, int, str]]:
    try:
        return [(reader, number, to_text(key)) for reader, number, key in epochs.readers(talk)]
    except NoTeamKey as wrong:
        raise Cannot(422, "not_ready") from wrong


def read_wraps(text: str) -> Wraps:
    """Return wraps by reader. Raises Cannot(400)."""
    try:
        rows = json.loads(text)
        if len(rows) > MOST_WRAPS:
            raise Cannot(400, "unfit")
        return {
            (str(reader), int(number)): from_text(str(sealed)) for reader, number, sealed in rows
        }
    except (ValueError, TypeError, TextUnreadable, RecursionError) as wrong:
        raise Cannot(400, "unfit") from wrong
