"""Storing sealed messages: many in one transaction, each once, at places without gaps.

The last place of a conversation moves under the lock on its row, so places stand in the order in
which they were stored, and whoever has seen place 7 misses nothing by asking for what comes after.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from django.db import transaction

from leeward.line.rules import life
from leeward.line.rules.times import minute
from leeward.line.services import announcing
from leeward.line.services.talks import storing_rows
from leeward.line.services.talks.replaying import StoredMessage
from leeward.line.services.talks.storing_rows import Talk

VISITOR_SEAT = 0
# leeward.sealing.messages: the longest sealed message.
BOX_MAX_BYTES = 32_797
BOX_MIN_BYTES = 285
NUMBER_MAX = 1_000_000
MESSAGES_MAX = 5_000  # of one conversation: a flood ends there


class Why(StrEnum):
    """Why a message was not stored."""

    ENDED = "ended"  # over, or never there
    TAKEN = "taken"  # the number holds another box
    NO_EPOCH = "no_epoch"  # its day has no key yet
    UNFIT = "unfit"  # no sealed message has that size or number
    FULL = "full"  # the conversation holds as many as it may


@dataclass(frozen=True, slots=True)
class Incoming:
    """One sealed message to store. The caller has made sure that the seat is the sender's own."""

    conversation_id: UUID
    seat: int
    number: int
    epoch: int
    box: bytes = field(repr=False)
    at: datetime


@dataclass(frozen=True, slots=True)
class Stored:
    """Stored, now or before; is_new tells listeners' work from a repeated request."""

    message: StoredMessage
    is_new: bool


@dataclass(frozen=True, slots=True)
class Refusal:
    """Not stored, and why."""

    why: Why


Answer = Stored | Refusal
_Slot = tuple[UUID, int, int]


@storing_rows.few_trips()
@transaction.atomic
def store(incoming: Sequence[Incoming]) -> list[Answer]:
    """Store many messages in one transaction; return an answer for each, in the same order.

    The same message again gets the same answer. Five statements for all of them. Tells nobody but
    the desks of a team whose resting conversation waits again: see `announce_stored`.
    """
    ids = sorted({message.conversation_id for message in incoming})
    before = storing_rows.before(ids, sorted({message.number for message in incoming}))
    talks, there = before.talks, {_slot(message): message for message in before.messages}
    answers: list[Answer] = []
    fresh: list[StoredMessage] = []
    for message in incoming:
        answer = _answer(message, talks.get(message.conversation_id), before.epochs, there)
        answers.append(answer)
        if isinstance(answer, Stored) and answer.is_new:
            fresh.append(answer.message)
    _write(fresh, [talks[talk_id] for talk_id in sorted({new.conversation_id for new in fresh})])
    return answers


def announce_stored(answers: Iterable[Answer]) -> None:
    """Tell each conversation's listeners of the messages that are new, after the commit."""
    for answer in answers:
        if isinstance(answer, Stored) and answer.is_new:
            channel = announcing.talk_channel(answer.message.conversation_id)
            announcing.announce(channel, answer.message.event())


def _slot(message: Incoming | StoredMessage) -> _Slot:
    return message.conversation_id, message.seat, message.number


def _answer(
    message: Incoming,
    talk: Talk | None,
    epochs: set[tuple[UUID, int]],
    there: dict[_Slot, StoredMessage],
) -> Answer:
    """Decide on one message; a new one moves its conversation's last place on."""
    if talk is None:
        return Refusal(Why.ENDED)
    before = there.get(_slot(message))
    if before is not None:
        is_same = before.box == message.box and before.epoch == message.epoch
        return Stored(before, is_new=False) if is_same else Refusal(Why.TAKEN)
    why = _unfit(message, talk, epochs)
    if why is not None:
        return Refusal(why)
    stored = _placed(message, talk)
    there[_slot(message)] = stored
    return Stored(stored, is_new=True)


def _unfit(message: Incoming, talk: Talk, epochs: set[tuple[UUID, int]]) -> Why | None:
    is_sized = BOX_MIN_BYTES <= len(message.box) <= BOX_MAX_BYTES
    if not (is_sized and 1 <= message.number <= NUMBER_MAX):
        return Why.UNFIT
    if (talk.id, message.epoch) not in epochs:
        return Why.NO_EPOCH
    return Why.FULL if talk.last_place >= MESSAGES_MAX else None


def _placed(message: Incoming, talk: Talk) -> StoredMessage:
    """Give the message the next place; what she keeps is kept anew from its last message on."""
    talk.last_place += 1
    by_visitor = message.seat == VISITOR_SEAT
    state = life.after_writing(life.State(talk.state), by_visitor=by_visitor)
    talk.becomes(state, on=message.at.date())
    return StoredMessage(
        conversation_id=talk.id,
        place=talk.last_place,
        seat=message.seat,
        number=message.number,
        epoch=message.epoch,
        at=minute(message.at),
        box=message.box,
    )


def _write(fresh: Sequence[StoredMessage], talks: Sequence[Talk]) -> None:
    if not fresh:
        return
    storing_rows.write(fresh, talks)
    for team_id in {talk.team_id for talk in talks if talk.state == life.State.WAITING}:
        announcing.queue_moved(team_id)
