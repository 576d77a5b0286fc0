"""What is said of free beds: yes, no, or call; how long that holds, and how old it is.

Numbers stay with staff. A visitor reads one of three words and when it was told. A "yes" that is no
longer true sends somebody out into the night for nothing, and a "no" that is no longer true keeps
her at home; so both run out, and what ran out says: call.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Literal

Answer = Literal["yes", "no", "call"]
Scale = Literal["now", "minute", "hour", "day"]

# Our own judgement; neither HSDS nor a shelter network we know of sets a figure. Shelters change
# shifts two or three times a day: twelve hours carry what the evening shift told through the
# night, and let the morning's word end before the next night begins.
HOLDS = timedelta(hours=12)
SOON = timedelta(hours=2)
_MINUTE, _HOUR, _DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Age:
    """How long ago something was told: `count` of `scale`, rounded down; 0 for "now"."""

    count: int
    scale: Scale


def holds_until(told_at: datetime) -> datetime:
    """Return the moment from which what was told at `told_at` (aware) counts no more."""
    return told_at + HOLDS


def is_fresh(told_at: datetime | None, now: datetime) -> bool:
    """Return whether what was told at `told_at` still counts at `now`; None was never told."""
    return told_at is not None and now < holds_until(told_at)


def ends_soon(told_at: datetime | None, now: datetime) -> bool:
    """Return whether it still counts, and for at most two hours more."""
    return told_at is not None and is_fresh(told_at, now) and now >= holds_until(told_at) - SOON


def answer(
    available: int | None, told_at: datetime | None, now: datetime, *, restricted: int = 0
) -> Answer:
    """Return what may be said of free units at `now`.

    available: how many are free for everybody whom the service takes; None for not known.
    restricted: how many are free under conditions alone; they make a "no" into "call".
    told_at: aware; None for never told, which is "call", as is everything that ran out.
    """
    if available is None or not is_fresh(told_at, now):
        return "call"
    if available > 0:
        return "yes"
    return "call" if restricted > 0 else "no"


def together(answers: Iterable[Answer]) -> Answer:
    """Return one answer for several kinds of unit: a yes wins, then call; none at all is call."""
    told = set(answers)
    if "yes" in told:
        return "yes"
    return "no" if told == {"no"} else "call"


def until_minute(available: int | None, told_at: datetime | None) -> int:
    """Return the minute since 1970 from which a "yes" counts no more; 0 when it is no "yes".

    For every whole minute m: `answer` at m is "yes" exactly when m < until_minute.
    """
    if not available or told_at is None:
        return 0
    return -((_EPOCH - holds_until(told_at)) // _MINUTE)


def age(told_at: datetime, now: datetime) -> Age:
    """Return how long ago `told_at` was; a moment that is still to come is "now"."""
    passed = now - told_at
    for scale, length in _SCALES:
        if passed >= length:
            return Age(passed // length, scale)
    return Age(0, "now")


_SCALES: tuple[tuple[Scale, timedelta], ...] = (
    ("day", _DAY),
    ("hour", _HOUR),
    ("minute", _MINUTE),
)
