"""Ids of records: a UUID that a file brings is kept; any other id makes the same UUID each time."""

from __future__ import annotations

import re
import uuid
from functools import lru_cache

# Of our own making, for all imports of all sites; never to be changed.
NAMESPACE = uuid.UUID("0a5f1d0e-6f5e-5c0e-8f0e-2b8f1c9d7a31")
MOST_OUTSIDE = 200
_UUID = re.compile(r"^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$", re.IGNORECASE)


@lru_cache(maxsize=50_000)
def record_id(source: str, table: str, outside_id: str) -> uuid.UUID:
    """Return the id of the record that a source calls `outside_id` in an HSDS table."""
    if is_uuid(outside_id):
        return uuid.UUID(outside_id)
    return uuid.uuid5(NAMESPACE, f"{source}\x1f{table}\x1f{outside_id}")


def further_id(first: uuid.UUID, what: str) -> uuid.UUID:
    """Return the id of a record that was made beside another, such as a cell's second number."""
    return uuid.uuid5(first, what)


def is_uuid(text: str) -> bool:
    """Return whether a text is a UUID in its usual form."""
    return _UUID.match(text) is not None
