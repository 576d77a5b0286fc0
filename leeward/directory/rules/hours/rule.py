"""One rule of opening hours, as HSDS 3.1's `schedule` has it; a plain mirror of the model."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class ScheduleRule:
    """One HSDS schedule. Every field may be empty; names and meanings are HSDS's.

    timezone: offset from UTC in hours that the times are told in; None for the place's own clock.
    interval: every how many weeks or months, counted from `dtstart`.
    byday: "MO,WE", or with a place in the month: "2MO,-1FR".
    opens_at, closes_at: "09:00", "09:00:00", "09:00-05:00", "09:00Z". A rule with days and without
    times says "ask": on these days it is not known. One that says "closed" closes them.
    """

    valid_from: date | None = None
    valid_to: date | None = None
    dtstart: date | None = None
    timezone: float | None = None
    until: date | None = None
    count: int | None = None
    wkst: str = ""
    freq: str = ""
    interval: int | None = None
    byday: str = ""
    byweekno: str = ""
    bymonthday: str = ""
    byyearday: str = ""
    description: str = ""
    opens_at: str = ""
    closes_at: str = ""
    notes: str = ""
