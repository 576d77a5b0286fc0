"""Times of day and zones as people and programs write them."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone
from functools import lru_cache
from zoneinfo import ZoneInfo

DAY_MINUTES = 1440
NOON_HOUR = 12
_LAST_MINUTE = DAY_MINUTES - 1
_TIME = re.compile(
    r"(?P<hour>\d{1,2})(?::?(?P<minute>\d{2})(?::\d{2}(?:\.\d+)?)?)?\s*(?P<half>[ap]\.?m\.?)?"
    r"\s*(?P<zone>z|[+-]\d{1,2}(?::?\d{2})?)?",
    re.IGNORECASE,
)


def minute_of(text: str) -> tuple[int, int | None] | None:
    """Return (minute of the day, minutes east of UTC or None) of a time; None when it is none.

    Reads "09:00", "9:00 AM", "09:00:00", "09:00-05:00", "09:00Z"; 24:00 is 1440.
    """
    found = _TIME.fullmatch(text.strip())
    if not found or not (found["minute"] or found["half"]):
        return None
    hour, minute = int(found["hour"]), int(found["minute"] or 0)
    if found["half"]:
        if not 1 <= hour <= NOON_HOUR:
            return None
        hour = hour % NOON_HOUR + (NOON_HOUR if found["half"][0] in "pP" else 0)
    whole = hour * 60 + minute
    if minute > 59 or whole > DAY_MINUTES:  # noqa: PLR2004  -- minutes of an hour
        return None
    return whole, _offset(found["zone"])


def _offset(text: str | None) -> int | None:
    if not text:
        return None
    if text in "zZ":
        return 0
    digits = text[1:].replace(":", "")
    hours, minutes = (int(digits[:-2]), int(digits[-2:])) if len(digits) > 2 else (int(digits), 0)  # noqa: PLR2004
    return (hours * 60 + minutes) * (-1 if text[0] == "-" else 1)


def length_minutes(opens: int, closes: int) -> int | None:
    """Return how long a place is open; overnight when it closes at or before it opens.

    00:00-00:00 and 00:00-24:00 are 24 hours; one minute to midnight means midnight. None for
    equal times that are not midnight: they may mean never or always.
    """
    closes = DAY_MINUTES if closes == _LAST_MINUTE else closes
    if opens == DAY_MINUTES or (opens == closes and opens):
        return None
    return closes - opens if closes > opens else closes + DAY_MINUTES - opens


@lru_cache(maxsize=1024)
def zone_named(name: str) -> ZoneInfo | None:
    """Return the IANA zone, or None when there is no such zone."""
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        return None


@lru_cache(maxsize=1024)
def fixed_clock(offset_minutes: int) -> timezone:
    """Return a clock that is always this many minutes east of UTC."""
    return timezone(timedelta(minutes=offset_minutes))


@lru_cache(maxsize=1024)
def offsets_of(zone: ZoneInfo) -> frozenset[int]:
    """Return the minutes east of UTC that a zone's clock shows in the course of 2026."""
    moments = (datetime(2026, month, 1, 12, tzinfo=UTC) for month in range(1, 13))
    return frozenset(_minutes(moment.astimezone(zone).utcoffset()) for moment in moments)


def standard_offset(zone: ZoneInfo) -> int:
    """Return the minutes east of UTC of a zone's winter clock."""
    return min(offsets_of(zone))


def _minutes(offset: timedelta | None) -> int:
    return int((offset or timedelta()).total_seconds() // 60)
