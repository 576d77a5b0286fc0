"""Who may see a record when two say different things: the more hidden one wins."""

from __future__ import annotations

PUBLIC, PARTNER, STAFF = "public", "partner", "staff"
# From open to hidden.
ORDER = (PUBLIC, PARTNER, STAFF)


def hidden_wins(first: str, second: str) -> str:
    """Return the more hidden of two visibilities; a word that is not one counts as staff only."""
    return max(first, second, key=_rank) if {first, second} <= set(ORDER) else STAFF


def is_hidden(visibility: str) -> bool:
    """Return whether visitors may not see a record with this visibility."""
    return visibility != PUBLIC


def _rank(visibility: str) -> int:
    return ORDER.index(visibility)
