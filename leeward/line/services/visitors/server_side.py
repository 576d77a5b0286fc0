"""For visitors without scripts: the one place where the server seals and opens for somebody.

Her ticket comes in a form, what it opens lives in memory until the answer is made, and nothing of
either is stored or logged. Her page says that it works this way.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django.utils import timezone

from leeward.line.models import Conversation, Message
from leeward.line.rules import speaking
from leeward.line.services.proving import NoSuchTalk
from leeward.line.services.talks import epochs, replaying, storing
from leeward.line.services.team_keys import team_key
from leeward.line.services.visitors import opening
from leeward.line.services.visitors.day_keys import DayKeys, key_of_today, sealed_to
from leeward.line.services.visitors.six_words import come_back, draw_words, keep_under
from leeward.line.services.visitors.tickets import conversation_of
from leeward.sealing import visits
from leeward.sealing.box import SealBroken
from leeward.sealing.contexts import MessagePlace
from leeward.sealing.epochs import new_epoch_key
from leeward.sealing.messages import open_message, seal_message
from leeward.sealing.visits import Ticket, TicketUnreadable, read_ticket, write_ticket

SEAT = storing.VISITOR_SEAT
TRIES = 5

__all__ = [
    "NoSuchTalk",
    "Plain",
    "SealBroken",
    "Ticket",
    "TicketUnreadable",
    "come_back",
    "conversation_of",
    "draw_words",
    "keep_under",
    "open_for",
    "opened",
    "read",
    "read_ticket",
    "seal_and_store",
    "write_ticket",
]


@dataclass(frozen=True, slots=True)
class Plain:
    """One message, open. data is None where it can't be opened; seat 0 is hers."""

    place: int
    seat: int
    number: int
    at: datetime
    data: dict[str, Any] | None = field(repr=False)


class NotStored(Exception):
    """The message was not stored; `why` is one of storing.Why."""

    def __init__(self, why: storing.Why) -> None:
        super().__init__(why.value)
        self.why = why


def open_for(
    *,
    team_id: UUID,
    kind: str,
    language: str,
    grace_minutes: int = 5,
    wants_interpreter: bool = False,
    ticket: Ticket | None = None,
) -> Ticket:
    """Open a conversation with a secret made here, or the given one; return her form's ticket.

    Raises what `opening.open_talk` raises.
    """
    ticket = ticket or Ticket(conversation=uuid4(), secret=visits.new_secret())
    team = team_key(team_id)
    key = new_epoch_key()
    public = visits.visit_public_key(ticket.secret)
    allowed = {(epochs.VISITOR, 0): public, (epochs.TEAM, team.generation): team.public_key}
    opening.open_talk(
        opening.Opening(
            id=ticket.conversation,
            team_id=team_id,
            kind=kind,
            language=language,
            has_scripts=False,
            proof_hash=visits.kept_proof(visits.visit_proof(ticket.secret)),
            public_key=public,
            wraps=sealed_to(allowed, key, ticket.conversation, 1),
            grace_minutes=grace_minutes,
            wants_interpreter=wants_interpreter,
        )
    )
    return ticket


def next_number(ticket: Ticket) -> int:
    """Return the number that her next message will have: it stands in her form."""
    hers = Message.objects.filter(conversation_id=ticket.conversation, seat=SEAT)
    return 1 + (hers.order_by("-number").values_list("number", flat=True).first() or 0)


def seal_and_store(
    ticket: Ticket, data: Mapping[str, Any], *, number: int | None = None
) -> storing.Stored:
    """Seal what she sent and store it; tell the talk.

    number: from her form. The same text under the same number, sent twice, is stored once; another
    text gets the next number. Raises NoSuchTalk, NotStored, DataUnfit, TextEmpty, TextTooLong.
    """
    talk = conversation_of(ticket)
    spelled = speaking.write(data)
    number = number or next_number(ticket)
    for _try in range(TRIES):
        answer = _store(ticket, talk, spelled, number)
        if isinstance(answer, storing.Stored):
            storing.announce_stored([answer])
            return answer
        if answer.why is not storing.Why.TAKEN:
            raise NotStored(answer.why)
        before = _said_before(ticket, number, spelled)
        if before is not None:
            return before
        number = next_number(ticket)
    raise NotStored(storing.Why.TAKEN)


def read(ticket: Ticket, after: int = 0, most: int = replaying.MOST) -> list[Plain]:
    """Return the messages after a place, open and safe to show. Raises NoSuchTalk."""
    talk = conversation_of(ticket)
    keys = DayKeys(ticket)
    return [opened(message, keys) for message in replaying.since(talk.pk, after, most)]


def opened(message: replaying.StoredMessage, keys: DayKeys) -> Plain:
    """Return a message, open and safe to show; without data when it can't be opened."""
    try:
        data = speaking.show(
            open_message(message.box, key=keys.of(message.epoch), place=_place(message))
        )
    except (SealBroken, speaking.DataUnfit):
        data = None
    return Plain(message.place, message.seat, message.number, message.at, data)


def _place(message: replaying.StoredMessage) -> MessagePlace:
    return MessagePlace(
        conversation=message.conversation_id,
        epoch=message.epoch,
        seat=message.seat,
        number=message.number,
    )


def _said_before(ticket: Ticket, number: int, spelled: bytes) -> storing.Stored | None:
    """Return the stored message when this very one stands under its number already."""
    row = Message.objects.filter(
        conversation_id=ticket.conversation, seat=SEAT, number=number
    ).first()
    if row is None:
        return None
    stored = replaying.since(ticket.conversation, row.place - 1, 1)[0]
    plain = opened(stored, DayKeys(ticket))
    is_same = plain.data is not None and speaking.write(plain.data) == spelled
    return storing.Stored(stored, is_new=False) if is_same else None


def _store(ticket: Ticket, talk: Conversation, spelled: bytes, number: int) -> storing.Answer:
    now = timezone.now()
    epoch, key = key_of_today(ticket, talk, now)
    place = MessagePlace(conversation=talk.pk, epoch=epoch, seat=SEAT, number=number)
    incoming = storing.Incoming(
        conversation_id=talk.pk,
        seat=SEAT,
        number=number,
        epoch=epoch,
        box=seal_message(spelled, key=key, place=place),
        at=now,
    )
    return storing.store([incoming])[0]
