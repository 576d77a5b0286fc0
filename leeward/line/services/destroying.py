"""Destroying conversations: the keys first, in their own store, then the rows.

Once the wraps are gone no message opens, whoever holds an older copy of the rows.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from datetime import date

from django.db import transaction

from leeward.line.models import Conversation
from leeward.line.wraps.models import EpochWrap, WordsWrap
from leeward.line.wraps.routing import STORE


def destroy(conversations: Iterable[uuid.UUID]) -> int:
    """Destroy these conversations, keys first; return how many there were. Safe to repeat."""
    ids = list(conversations)
    with transaction.atomic(using=STORE):
        WordsWrap.objects.filter(conversation_id__in=ids).delete()
        EpochWrap.objects.filter(conversation_id__in=ids).delete()
    with transaction.atomic():
        _rows, by_model = Conversation.objects.filter(id__in=ids).delete()
    return by_model.get(Conversation._meta.label, 0)


def destroy_overdue(today: date) -> int:
    """Destroy the conversations whose last day is over; return how many."""
    overdue = Conversation.objects.filter(delete_on__lt=today)
    return destroy(overdue.values_list("id", flat=True))
