"""Dates and clock times as people write them. Plain Python; what is not sure is None."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime

FIRST_YEAR, LAST_YEAR = 1800, 2200
_FORMS = ("%Y-%m-%d", "%Y/%m/%d", "%m/%d/%Y", "%m/%d/%y", "%B %d, %Y", "%b %d, %Y", "%d %B %Y",
          "%d.%m.%Y", "%Y%m%d")  # fmt: skip
_CLOCK = re.compile(
    r"^(\d{1,2})(?:[:.h]?(\d{2}))?(?::\d{2}(?:\.\d+)?)?\s*([ap])?\.?\s*(?:m\.?)?\s*(z|[+-]\d{2}:?\d{2})?$"
)
_WORDS = {"noon": "12:00", "midday": "12:00", "midnight": "00:00"}
_HALF_DAY = 12
_DAY_HOURS, _HOUR_MINUTES = 24, 60


def day(text: str) -> date | None:
    """Return the day that `text` names, between 1800 and 2200; None when it names none.

    `0000-00-00` and days in the year 1 (some programs' "every year") name none. Of 03/04/2020 the
    month comes first, as in the United States.
    """
    cleaned = text.strip()
    if re.match(r"^\d{4}-\d{2}-\d{2}[T ]", cleaned):
        cleaned = cleaned[:10]
    for form in _FORMS:
        try:
            found = datetime.strptime(cleaned, form).replace(tzinfo=UTC).date()
        except ValueError:
            continue
        return found if FIRST_YEAR <= found.year <= LAST_YEAR else None
    return None


def clock(text: str) -> str | None:
    """Return a time of day as HH:MM, with its UTC offset when one is told; None when unsure.

    24:00 is kept: the end of a day.
    """
    cleaned = _WORDS.get(text.strip().lower(), text.strip().lower())
    found = _CLOCK.match(cleaned)
    if found is None:
        return None
    hour, minute, half = int(found[1]), int(found[2] or 0), found[3]
    if half:
        if not 1 <= hour <= _HALF_DAY:
            return None
        hour = hour % _HALF_DAY + (_HALF_DAY if half == "p" else 0)
    if minute >= _HOUR_MINUTES or hour * _HOUR_MINUTES + minute > _DAY_HOURS * _HOUR_MINUTES:
        return None
    return f"{hour:02}:{minute:02}{(found[4] or '').upper()}"


def moment(text: str) -> datetime | None:
    """Return an aware moment from ISO 8601; without an offset it is UTC. None when unsure."""
    try:
        found = datetime.fromisoformat(text.strip())
    except ValueError:
        return None
    if not FIRST_YEAR <= found.year <= LAST_YEAR:
        return None
    return found if found.tzinfo else found.replace(tzinfo=UTC)
