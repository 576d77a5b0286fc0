"""What compiled hours answer."""

from __future__ import annotations

from datetime import date, datetime

LOOK_AHEAD_DAYS = 62


def is_open(hours: bytes, at: datetime) -> bool | None:
    """Return whether a place with these compiled hours is open at `at` (aware); None: not known."""
    return None


def changes_at(hours: bytes, at: datetime) -> datetime | None:
    """Return when the answer of is_open next changes, on the place's own clock.

    None when it doesn't within LOOK_AHEAD_DAYS days.
    """
    return None


def week(hours: bytes, *, on: date | None = None) -> list[tuple[int, list[tuple[int, int]]]]:
    """Return seven (weekday, [(start, end), ...]); 0 is Monday, minutes since the day's midnight.

    An end beyond 1440 lies in the next day. on: a day of the week that is meant, with its dated
    rules and holidays; without it only what holds every week.
    """
    return []
