"""Where nobody is planned."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

Stretch = tuple[datetime, datetime]


def gaps(shifts: Iterable[Stretch], start: datetime, end: datetime) -> list[Stretch]:
    """Return the stretches from `start` to `end` that no shift covers, the earliest first."""
    found: list[Stretch] = []
    covered_until = start
    for begins, ends in sorted(shifts):
        if begins >= end:
            break
        if begins > covered_until:
            found.append((covered_until, begins))
        covered_until = max(covered_until, ends)
    if covered_until < end:
        found.append((covered_until, end))
    return found
