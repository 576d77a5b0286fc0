"""The beginnings of what is sealed to a team's key: notes, and requests for a call.

That key lives on, so it would open an older copy of such a row. But an envelope begins with the key
that it encapsulates, and without that nobody opens it, whoever holds the private half (RFC 9180,
4.1). So the beginnings lie with the wraps, whose copies live for a day, and go first.
"""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from leeward.line.wraps.models import Head

HEAD_BYTES = 33  # suite 1, encapsulated key 32

Name = tuple[UUID, int]


def cut(box: bytes) -> tuple[bytes, bytes]:
    """Return an envelope's beginning and its rest."""
    return box[:HEAD_BYTES], box[HEAD_BYTES:]


def put(owner_id: UUID, head: bytes, *, number: int = 0) -> None:
    """Store a beginning. Safe to repeat."""
    Head.objects.get_or_create(owner_id=owner_id, number=number, defaults={"head": head})


def of(owners: Collection[UUID]) -> dict[Name, bytes]:
    """Return the beginnings of these conversations' notes, or of these requests. One query."""
    rows = Head.objects.filter(owner_id__in=owners)
    return {(row.owner_id, row.number): bytes(row.head) for row in rows}


def forget(owner_id: UUID, *, number: int = 0) -> None:
    """Delete a beginning: from now on nothing opens the rest."""
    Head.objects.filter(owner_id=owner_id, number=number).delete()
