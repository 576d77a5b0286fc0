"""The days of a conversation, each with a key of its own, and who holds it sealed.

The row comes first and the wraps last: a day without wraps is harmless, wraps without a
conversation are swept away (`destroying`). Exactly the allowed readers get a wrap.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import IntegrityError, transaction

from leeward.line.models import Conversation, Epoch, MemberKey, Seat
from leeward.line.services import announcing
from leeward.line.services.team_keys import team_key
from leeward.line.wraps.models import EpochWrap
from leeward.line.wraps.routing import STORE

VISITOR = EpochWrap.Reader.VISITOR.value
MEMBER = EpochWrap.Reader.MEMBER.value
TEAM = EpochWrap.Reader.TEAM.value
WRAP_BYTES = 81  # suite 1, encapsulated key 32, key 32, tag 16

Reader = tuple[str, int]
Wraps = Mapping[Reader, bytes]


class WrapsMismatched(Exception):
    """The wraps are not for exactly those who may read, or no wrap has that size."""


class EpochTaken(Exception):
    """That day or number has its key already: read the wraps that are there, and use it."""


class TalkEnded(Exception):
    """The conversation ended meanwhile."""


@dataclass(frozen=True, slots=True)
class Wrap:
    """One epoch's key, sealed to one reader."""

    epoch: int
    sealed: bytes


def readers(conversation: Conversation) -> list[tuple[str, int, bytes]]:
    """Return who may read from now on: (reader, reader id, public key), the visitor first.

    Then the team under its key's generation, then each advocate who is there and has a key.
    Raises NoTeamKey. Three queries.
    """
    team = team_key(conversation.team_id)
    keys = MemberKey.objects.filter(account_id__in=_accounts_here(conversation.pk))
    members = keys.order_by("account_id").values_list("account_id", "public_key")
    return [
        (VISITOR, 0, bytes(conversation.public_key)),
        (TEAM, team.generation, team.public_key),
        *((MEMBER, account_id, bytes(public)) for account_id, public in members),
    ]


def epoch_of_day(conversation: Conversation, day: date) -> int | None:
    """Return the number of the day's epoch, None while nobody has made its key."""
    number = _number_of(conversation, day)
    if number is None:
        return None
    made = EpochWrap.objects.filter(conversation_id=conversation.pk, epoch=number)
    return number if made.exists() else None


def next_number(conversation: Conversation, day: date) -> int:
    """Return the number that the day's epoch will have: what its wraps are sealed for."""
    last = Epoch.objects.filter(conversation=conversation).order_by("-number")
    # A day may have its row and no key: its maker was cut off between the two.
    return _number_of(conversation, day) or 1 + (last.values_list("number", flat=True).first() or 0)


def new_epoch(conversation: Conversation, day: date, wraps: Wraps, *, number: int) -> int:
    """Store a day's wraps, sealed for `number`; tell the talk; return the number.

    Raises EpochTaken when somebody was quicker, WrapsMismatched unless the wraps are for exactly
    those whom `readers` names, TalkEnded.
    """
    must_fit(wraps, {(reader, reader_id) for reader, reader_id, _key in readers(conversation)})
    if number != next_number(conversation, day):
        raise EpochTaken
    try:
        with transaction.atomic():
            Epoch.objects.get_or_create(conversation=conversation, day=day, number=number)
    except IntegrityError as wrong:
        raise (EpochTaken if _is_there(conversation.pk) else TalkEnded) from wrong
    put_wraps(conversation.pk, number, wraps)
    channel = announcing.talk_channel(conversation.pk)
    announcing.announce(channel, {"e": "epoch", "number": number})
    return number


def _number_of(conversation: Conversation, day: date) -> int | None:
    days = Epoch.objects.filter(conversation=conversation, day=day)
    return days.values_list("number", flat=True).first()


def wraps_for(conversation_id: UUID, reader: str, reader_id: int = 0) -> list[Wrap]:
    """Return one reader's wraps of a conversation, the first day first. One query."""
    rows = EpochWrap.objects.filter(
        conversation_id=conversation_id, reader=reader, reader_id=reader_id
    )
    return [Wrap(row.epoch, bytes(row.sealed)) for row in rows.order_by("epoch")]


def add_wraps(conversation: Conversation, account_id: int, sealed: Mapping[int, bytes]) -> int:
    """Store the earlier days' keys, sealed to an advocate who has come in; return how many are new.

    sealed: by epoch. Her own browser opened them with the team's key. Raises WrapsMismatched when
    she has no seat here or an epoch is not there.
    """
    numbers = set(Epoch.objects.filter(conversation=conversation).values_list("number", flat=True))
    has_key = MemberKey.objects.filter(account_id=account_id).exists()
    if account_id not in _accounts_here(conversation.pk) or not has_key:
        raise WrapsMismatched
    if not set(sealed) <= numbers or any(len(wrap) != WRAP_BYTES for wrap in sealed.values()):
        raise WrapsMismatched
    had = {wrap.epoch for wrap in wraps_for(conversation.pk, MEMBER, account_id)}
    fresh = {epoch: wrap for epoch, wrap in sealed.items() if epoch not in had}
    for epoch, wrap in fresh.items():
        put_wraps(conversation.pk, epoch, {(MEMBER, account_id): wrap})
    return len(fresh)


def take_wraps_away(conversation_id: UUID, account_id: int) -> None:
    """Delete an advocate's wraps of a conversation that she has left."""
    EpochWrap.objects.filter(
        conversation_id=conversation_id, reader=MEMBER, reader_id=account_id
    ).delete()


def must_fit(wraps: Wraps, allowed: set[Reader]) -> None:
    """Raise WrapsMismatched unless the wraps are for exactly the allowed readers."""
    if set(wraps) != allowed or any(len(sealed) != WRAP_BYTES for sealed in wraps.values()):
        raise WrapsMismatched


def put_wraps(conversation_id: UUID, epoch: int, wraps: Wraps) -> None:
    """Store one epoch's wraps, all or none; none stays when the conversation ended meanwhile.

    Raises EpochTaken when one of the readers has a wrap of this epoch already, TalkEnded.
    """
    rows = [
        EpochWrap(
            conversation_id=conversation_id,
            epoch=epoch,
            reader=reader,
            reader_id=reader_id,
            sealed=sealed,
        )
        for (reader, reader_id), sealed in wraps.items()
    ]
    try:
        with transaction.atomic(using=STORE):
            EpochWrap.objects.bulk_create(rows)
    except IntegrityError as wrong:
        raise EpochTaken from wrong
    if not _is_there(conversation_id):
        EpochWrap.objects.filter(conversation_id=conversation_id).delete()
        raise TalkEnded


def _is_there(conversation_id: UUID) -> bool:
    return Conversation.objects.filter(pk=conversation_id).exists()


def _accounts_here(conversation_id: UUID) -> set[int]:
    seats = Seat.objects.filter(conversation_id=conversation_id, is_here=True)
    return set(seats.values_list("account_id", flat=True))
