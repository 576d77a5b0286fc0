"""What a sealed thing is bound to: a label and the fields that say where it belongs.

Each function returns bytes: an ASCII label, a zero byte, then fixed-width big-endian fields, so two
places never spell the same bytes. A number that does not fit its field raises OverflowError.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID


class MemberLock(StrEnum):
    """What a member's private key can be boxed under."""

    PASSPHRASE = "passphrase"  # noqa: S105 - a name, not a secret
    RECOVERY = "recovery"
    PASSKEY = "passkey"


@dataclass(frozen=True, slots=True)
class MessagePlace:
    """Where a message stands. Nothing else opens there, so replay, swap and gaps show.

    epoch: up to 32 bits. seat: 0 is the visitor, 1 and up are staff of this conversation, up to
    16 bits. number: counts 1, 2, 3… for each seat, up to 32 bits.
    """

    conversation: UUID
    epoch: int
    seat: int
    number: int


def epoch_context(conversation: UUID, epoch: int) -> bytes:
    """Bind an epoch key, sealed to the visitor, a member or the team."""
    return _label("epoch") + conversation.bytes + _u32(epoch)


def team_context(line: UUID, generation: int, account: int) -> bytes:
    """Bind a line's private team key, sealed to one member."""
    return _label("team") + line.bytes + _u32(generation) + _u64(account)


def call_context(call: UUID) -> bytes:
    """Bind a request to be called, sealed to the team."""
    return _label("call") + call.bytes


def note_context(conversation: UUID) -> bytes:
    """Bind a note that staff wrote, sealed to the team."""
    return _label("note") + conversation.bytes


def share_context(line: UUID, generation: int, account: int) -> bytes:
    """Bind a supervisor's recovery share of a line's team key."""
    return _label("share") + line.bytes + _u32(generation) + _u64(account)


def handed_context(line: UUID, generation: int, account: int, asker: int) -> bytes:
    """Bind a supervisor's recovery share that she hands to another, sealed to that one's key.

    account: whose share it is. asker: who asked for it, and alone opens it.
    """
    return _label("handed") + line.bytes + _u32(generation) + _u64(account) + _u64(asker)


def message_data(place: MessagePlace) -> bytes:
    """Bind a message to its place in a conversation."""
    return (
        _label("message")
        + place.conversation.bytes
        + _u32(place.epoch)
        + place.seat.to_bytes(2, "big")
        + _u32(place.number)
    )


def member_data(account: int, lock: MemberLock) -> bytes:
    """Bind a member's private key, boxed under one of her locks."""
    return _label("member") + _u64(account) + lock.value.encode()


def words_data(conversation: UUID) -> bytes:
    """Bind a visitor's secret, boxed under her six words."""
    return _label("words") + conversation.bytes


def _label(name: str) -> bytes:
    return f"leeward {name} v1".encode() + b"\0"


def _u32(number: int) -> bytes:
    return number.to_bytes(4, "big")


def _u64(number: int) -> bytes:
    return number.to_bytes(8, "big")
