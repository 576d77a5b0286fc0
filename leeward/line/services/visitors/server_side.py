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
from leeward.line.services import pepper, proving
from leeward.line.services.endings import keeping
from leeward.line.services.proving import NoSuchTalk
from leeward.line.services.talks import epochs, replaying, storing
from leeward.line.services.team_keys import team_key
from leeward.line.services.visitors import opening
from leeward.sealing import unlocking, visits, words
from leeward.sealing.box import SealBroken
from leeward.sealing.boxes import open_box, seal_box
from leeward.sealing.contexts import MessagePlace, words_data
from leeward.sealing.epochs import new_epoch_key, open_epoch_key, seal_epoch_key
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
            wraps=_sealed_to(allowed, key, ticket.conversation, 1),
            grace_minutes=grace_minutes,
            wants_interpreter=wants_interpreter,
        )
    )
    return ticket


def conversation_of(ticket: Ticket) -> Conversation:
    """Return the ticket's conversation. Raises NoSuchTalk."""
    return proving.visitor_of(ticket.conversation, visits.visit_proof(ticket.secret))


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
    keys = _Keys(ticket)
    return [_plain(message, keys) for message in replaying.since(talk.pk, after, most)]


# -- six words --


def draw_words() -> str:
    """Return six fresh words, with single blanks between."""
    return words.draw_words()


def keep_under(ticket: Ticket, code_words: str) -> None:
    """Keep her conversation under six words. Raises NoSuchTalk, StretchingBusy, NoLongerThere."""
    talk = conversation_of(ticket)
    keeping.keep(talk, *_locked(ticket, _stretched(code_words)))


def come_back(code_words: str) -> Ticket:
    """Return the ticket of the conversation kept under six words.

    Raises NoSuchTalk for words of nobody, StretchingBusy. The words are stretched either way.
    """
    both = _stretched(code_words)
    claim = keeping.claimed(both.claim)
    kept = keeping.found(claim.lookup)
    if kept is None:
        raise proving.NoSuchTalk
    key = unlocking.unlock_key(both.half, claim.share)
    try:
        secret = open_box(kept.sealed, key=key, place=words_data(kept.conversation_id))
    except SealBroken as wrong:
        raise proving.NoSuchTalk from wrong
    ticket = Ticket(conversation=kept.conversation_id, secret=secret)
    talk = conversation_of(ticket)
    if claim != keeping.to_keep(both.claim):  # kept under an older pepper
        keeping.move_words(talk, *_locked(ticket, both))
    keeping.come_back(talk)
    return ticket


def _stretched(code_words: str) -> unlocking.Stretched:
    return unlocking.stretch_words(words.normalise(code_words), site_salt=pepper.site_salt())


def _locked(ticket: Ticket, both: unlocking.Stretched) -> tuple[bytes, bytes]:
    """Return the lookup id, and her secret locked under her words."""
    claim = keeping.to_keep(both.claim)
    key = unlocking.unlock_key(both.half, claim.share)
    sealed = seal_box(ticket.secret, key=key, place=words_data(ticket.conversation))
    return claim.lookup, sealed


# -- sealing and opening --


class _Keys:
    """The keys of a conversation's days, opened when first needed, gone with the answer."""

    def __init__(self, ticket: Ticket) -> None:
        self._ticket = ticket
        self._wraps = {
            wrap.epoch: wrap.sealed
            for wrap in epochs.wraps_for(ticket.conversation, epochs.VISITOR)
        }
        self._open: dict[int, bytes] = {}

    def of(self, epoch: int) -> bytes:
        """Return one day's key. Raises SealBroken when she has no wrap of it."""
        if epoch not in self._open:
            sealed = self._wraps.get(epoch)
            if sealed is None:
                raise SealBroken
            self._open[epoch] = open_epoch_key(
                sealed,
                private=visits.visit_private_key(self._ticket.secret),
                conversation=self._ticket.conversation,
                epoch=epoch,
            )
        return self._open[epoch]


def _plain(message: replaying.StoredMessage, keys: _Keys) -> Plain:
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
    plain = _plain(stored, _Keys(ticket))
    is_same = plain.data is not None and speaking.write(plain.data) == spelled
    return storing.Stored(stored, is_new=False) if is_same else None


def _store(ticket: Ticket, talk: Conversation, spelled: bytes, number: int) -> storing.Answer:
    now = timezone.now()
    epoch, key = _key_of_today(ticket, talk, now)
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


def _key_of_today(ticket: Ticket, talk: Conversation, now: datetime) -> tuple[int, bytes]:
    """Return today's epoch and its key, made and sealed to each reader if nobody has yet."""
    epoch = epochs.epoch_of_day(talk, now.date())
    if epoch is None:
        try:
            return _new_key(talk, now)
        except epochs.EpochTaken:
            epoch = epochs.next_number(talk, now.date())
    return epoch, _Keys(ticket).of(epoch)


def _new_key(talk: Conversation, now: datetime) -> tuple[int, bytes]:
    key = new_epoch_key()
    number = epochs.next_number(talk, now.date())
    allowed = {(reader, reader_id): public for reader, reader_id, public in epochs.readers(talk)}
    wraps = _sealed_to(allowed, key, talk.pk, number)
    epochs.new_epoch(talk, now.date(), wraps, number=number)
    return number, key


def _sealed_to(
    allowed: Mapping[epochs.Reader, bytes], key: bytes, conversation: UUID, number: int
) -> dict[epochs.Reader, bytes]:
    return {
        reader: seal_epoch_key(key, to=public, conversation=conversation, epoch=number)
        for reader, public in allowed.items()
    }
