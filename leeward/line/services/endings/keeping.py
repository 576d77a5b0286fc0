"""Keeping a conversation under six words, coming back to it, and deleting everything.

The words never come here: a claim made of them does, and with the pepper it becomes the lookup id
under which her sealed secret lies, and the server's share of the key that opens it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone

from leeward.line.models import Consent, Conversation, Message, Note
from leeward.line.rules.times import minute
from leeward.line.services import announcing, tallies
from leeward.line.services.endings import ending
from leeward.line.services.pepper import older, pepper
from leeward.line.wraps.models import EpochWrap, WordsWrap
from leeward.line.wraps.routing import STORE
from leeward.sealing.unlocking import lookup_id, server_share

CLAIM_BYTES = 32
SEALED_BYTES = 61  # suite 1, nonce 12, secret 32, tag 16
KEEP_DAYS = (7, 90)


class KeepingUnfit(ValueError):
    """What came is no claim, no lookup id, no sealed secret, or not 7 to 90 days."""


@dataclass(frozen=True, slots=True)
class Claimed:
    """What a claim leads to: the lookup id, and the server's share of the unlock key."""

    lookup: bytes
    share: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Found:
    """A kept conversation, and her secret sealed under her words."""

    conversation_id: UUID
    sealed: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Destroyed:
    """What *delete everything now* destroyed, for the screen that says so."""

    messages: int
    keys: int
    notes: int
    consents: int
    had_words: bool


def claimed(claim: bytes) -> Claimed:
    """Return what a claim leads to, whether or not anything is kept there. Raises KeepingUnfit.

    What was kept under an older pepper is found under that one. One query while there is an older.
    """
    now = to_keep(claim)
    before = older()
    if before is not None:
        found_before = _claimed(claim, before)
        if WordsWrap.objects.filter(lookup=found_before.lookup).exists():
            return found_before
    return now


def to_keep(claim: bytes) -> Claimed:
    """Return under what a claim is to be kept: the pepper of today. Raises KeepingUnfit."""
    if len(claim) != CLAIM_BYTES:
        raise KeepingUnfit
    return _claimed(claim, pepper())


def _claimed(claim: bytes, secret: bytes) -> Claimed:
    return Claimed(lookup_id(claim, pepper=secret), server_share(claim, pepper=secret))


def found(lookup: bytes) -> Found | None:
    """Return what is kept under a lookup id, None for nothing. One query either way."""
    row = WordsWrap.objects.filter(lookup=lookup).first()
    return Found(row.conversation_id, bytes(row.sealed)) if row else None


def keep(conversation: Conversation, lookup: bytes, sealed: bytes) -> None:
    """Keep a conversation under her words; new words take the place of older ones.

    The words are stored last: until then it ends like any other. Raises KeepingUnfit,
    NoLongerThere.
    """
    _must_be_fit(lookup, sealed)
    with transaction.atomic():
        talk = _locked(conversation.pk)
        is_first = not talk.is_kept
        talk.is_kept = True
        talk.delete_on = timezone.now().date() + timedelta(days=talk.keep_days)
        talk.save(update_fields=("is_kept", "delete_on"))
        if is_first:
            tallies.count(talk.team_id, "kept")
        _put_words(talk.pk, lookup, sealed)
        announcing.queue_moved(talk.team_id)
    conversation.is_kept, conversation.delete_on = talk.is_kept, talk.delete_on


def move_words(conversation: Conversation, lookup: bytes, sealed: bytes) -> None:
    """Put what is kept under her words under the pepper of today; nothing else changes.

    Raises KeepingUnfit, NoLongerThere.
    """
    _must_be_fit(lookup, sealed)
    with transaction.atomic():
        if not _locked(conversation.pk).is_kept:
            raise KeepingUnfit
        _put_words(conversation.pk, lookup, sealed)


class NoLongerThere(Exception):
    """The conversation ended meanwhile."""


def set_days(conversation: Conversation, days: int) -> None:
    """Keep it for so many days after today, and after each message. Raises KeepingUnfit."""
    least, most = KEEP_DAYS
    if not least <= days <= most or not conversation.is_kept:
        raise KeepingUnfit
    with transaction.atomic():
        talk = _locked(conversation.pk)
        talk.keep_days = days
        talk.delete_on = timezone.now().date() + timedelta(days=days)
        talk.save(update_fields=("keep_days", "delete_on"))
    conversation.keep_days, conversation.delete_on = talk.keep_days, talk.delete_on


def come_back(conversation: Conversation) -> None:
    """Note that she came back with her words, to the minute."""
    Conversation.objects.filter(pk=conversation.pk).update(seen_at=minute(timezone.now()))
    tallies.count(conversation.team_id, "came_back")


def delete_everything(conversation: Conversation) -> Destroyed:
    """Destroy a conversation with all that belongs to it, now; return what was destroyed."""
    gone = Destroyed(
        messages=Message.objects.filter(conversation=conversation).count(),
        keys=EpochWrap.objects.filter(conversation_id=conversation.pk).count(),
        notes=Note.objects.filter(conversation=conversation).count(),
        consents=Consent.objects.filter(conversation=conversation).count(),
        had_words=WordsWrap.objects.filter(conversation_id=conversation.pk).exists(),
    )
    ending.end(conversation.pk, ending.How.DELETED)
    return gone


def _must_be_fit(lookup: bytes, sealed: bytes) -> None:
    if len(lookup) != CLAIM_BYTES or len(sealed) != SEALED_BYTES:
        raise KeepingUnfit


def _locked(conversation_id: UUID) -> Conversation:
    talk = Conversation.objects.select_for_update().filter(pk=conversation_id).first()
    if talk is None:
        raise NoLongerThere
    return talk


def _put_words(conversation_id: UUID, lookup: bytes, sealed: bytes) -> None:
    try:
        with transaction.atomic(using=STORE):
            WordsWrap.objects.filter(conversation_id=conversation_id).delete()
            WordsWrap.objects.create(conversation_id=conversation_id, lookup=lookup, sealed=sealed)
    except IntegrityError as wrong:  # the same six words twice: 77 bits, or somebody's trick
        raise KeepingUnfit from wrong
