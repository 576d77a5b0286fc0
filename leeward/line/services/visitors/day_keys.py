"""The keys of a conversation's days, opened or made here for a visitor without scripts."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from leeward.line.models import Conversation
from leeward.line.services.talks import epochs
from leeward.sealing import visits
from leeward.sealing.box import SealBroken
from leeward.sealing.epochs import new_epoch_key, open_epoch_key, seal_epoch_key
from leeward.sealing.visits import Ticket


class DayKeys:
    """The keys of a conversation's days, opened when first needed, gone with the answer."""

    __slots__ = ("_open", "_ticket", "_wraps")

    def __init__(self, ticket: Ticket) -> None:
        self._ticket = ticket
        self._wraps = {
            wrap.epoch: wrap.sealed
            for wrap in epochs.wraps_for(ticket.conversation, epochs.VISITOR)
        }
        self._open: dict[int, bytes] = {}

    def has(self, epoch: int) -> bool:
        """Return whether she had a wrap of that day's key when they were read."""
        return epoch in self._wraps

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


def key_of_today(ticket: Ticket, talk: Conversation, now: datetime) -> tuple[int, bytes]:
    """Return today's epoch and its key, made and sealed to each reader if nobody has yet."""
    epoch = epochs.epoch_of_day(talk, now.date())
    if epoch is None:
        try:
            return _new_key(talk, now)
        except epochs.EpochTaken:
            epoch = epochs.next_number(talk, now.date())
    return epoch, DayKeys(ticket).of(epoch)


def _new_key(talk: Conversation, now: datetime) -> tuple[int, bytes]:
    key = new_epoch_key()
    number = epochs.next_number(talk, now.date())
    allowed = {(reader, reader_id): public for reader, reader_id, public in epochs.readers(talk)}
    wraps = sealed_to(allowed, key, talk.pk, number)
    epochs.new_epoch(talk, now.date(), wraps, number=number)
    return number, key


def sealed_to(
    allowed: Mapping[epochs.Reader, bytes], key: bytes, conversation: UUID, number: int
) -> dict[epochs.Reader, bytes]:
    """Return one day's key sealed to the public key of each reader."""
    return {
        reader: seal_epoch_key(key, to=public, conversation=conversation, epoch=number)
        for reader, public in allowed.items()
    }
