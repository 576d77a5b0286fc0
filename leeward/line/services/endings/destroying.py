"""Destroying conversations: the keys first, in their own store, then the rows.

Once the wraps are gone no message opens, whoever holds an older copy of the rows.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from datetime import date

from django.db import connections, transaction

from leeward.line.models import CallRequest, Conversation
from leeward.line.wraps.models import EpochWrap, Head, WordsWrap
from leeward.line.wraps.routing import STORE

AT_ONCE = 500


def destroy(conversations: Iterable[uuid.UUID]) -> int:
    """Destroy these conversations, keys first; return how many there were. Safe to repeat."""
    ids = list(conversations)
    parts = [ids[start : start + AT_ONCE] for start in range(0, len(ids), AT_ONCE)]
    return sum(_destroy(part) for part in parts)


def destroy_overdue(today: date) -> int:
    """Destroy the conversations whose last day is over; return how many."""
    overdue = Conversation.objects.filter(delete_on__lt=today)
    return destroy(overdue.values_list("id", flat=True))


def destroy_orphans() -> int:
    """Delete wraps whose conversation is gone: left by a stop in the midst; return how many."""
    wrapped = set(EpochWrap.objects.values_list("conversation_id", flat=True).distinct())
    wrapped |= set(WordsWrap.objects.values_list("conversation_id", flat=True))
    wrapped |= set(Head.objects.values_list("owner_id", flat=True))
    # Rows are made before wraps and read after them here, so nothing young is taken for lost.
    there = set(Conversation.objects.values_list("id", flat=True))
    there |= set(CallRequest.objects.values_list("id", flat=True))
    lost = list(wrapped - there)
    for start in range(0, len(lost), AT_ONCE):
        _destroy_wraps(lost[start : start + AT_ONCE])
    return len(lost)


def empty_logs() -> None:
    """Have SQLite write its logs back and cut them to nothing: they hold what was deleted.

    While somebody else reads or writes, SQLite leaves it for the next time: the minute's job.
    """
    for connection in connections.all():
        if connection.vendor == "sqlite" and not connection.in_atomic_block:
            with connection.cursor() as cursor:
                cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _destroy(ids: list[uuid.UUID]) -> int:
    with transaction.atomic():
        # Locked first: nobody stores a message or a wrap in between.
        rows = Conversation.objects.select_for_update().filter(id__in=ids).order_by("id")
        there = list(rows.values_list("id", flat=True))
        _destroy_wraps(ids)
        Conversation.objects.filter(id__in=there).delete()
    return len(there)


def _destroy_wraps(ids: list[uuid.UUID]) -> None:
    with transaction.atomic(using=STORE):
        WordsWrap.objects.filter(conversation_id__in=ids).delete()
        EpochWrap.objects.filter(conversation_id__in=ids).delete()
        Head.objects.filter(owner_id__in=ids).delete()
