"""Times cut short: the less exact, the less they tell about anybody."""

from __future__ import annotations

from datetime import datetime, timedelta

QUARTER_MINUTES = 15


def minute(moment: datetime) -> datetime:
    """Return `moment` cut to its minute."""
    return moment.replace(second=0, microsecond=0)


def quarter(moment: datetime) -> datetime:
    """Return `moment` cut to its quarter of an hour."""
    cut = minute(moment)
    return cut - timedelta(minutes=cut.minute % QUARTER_MINUTES)


def hour(moment: datetime) -> datetime:
    """Return `moment` cut to its hour."""
    return minute(moment).replace(minute=0)


def minutes_between(start: datetime, end: datetime) -> int:
    """Return whole minutes from `start` to `end`, 0 when the clock was put back between them."""
    return max(0, int((end - start).total_seconds() // 60))
