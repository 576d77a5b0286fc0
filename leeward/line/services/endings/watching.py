"""Since when somebody could hear whether a visitor is there.

While no server runs, or the database takes nothing, no sign of hers is written down. Silence from
that time is not hers, so it ends no chat.
"""

from __future__ import annotations

from datetime import datetime, timedelta

_since: datetime | None = None


def begins(now: datetime) -> None:
    """Count no silence from before `now`: a server starts, or the database refused."""
    global _since  # noqa: PLW0603  -- the process is what watches, so there is one
    _since = now


def ends() -> None:
    """Forget it: the server stops."""
    global _since  # noqa: PLW0603
    _since = None


def has_heard_for(minutes: int, now: datetime) -> bool:
    """Return whether this process could hear for so long; where none serves, the times count."""
    return _since is None or now - timedelta(minutes=minutes) >= _since
