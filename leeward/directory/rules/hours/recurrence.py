"""The days of a rule: weekdays, or a recurrence rule of RFC 5545, checked before it is kept."""

from __future__ import annotations

import re
from datetime import date, datetime
from itertools import islice
from typing import NamedTuple

from dateutil.rrule import rrulestr

from leeward.directory.rules.hours.rule import ScheduleRule

DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
EVERY_DAY = 0b1111111
MOST_COUNTED = 3000
COUNTED_YEARS = 40
_LAST_YEAR = 9990
_BYDAY = re.compile(r"([+-]?[1-5])?(MO|TU|WE|TH|FR|SA|SU)")
_NUMBERS = re.compile(r"-?[1-9]\d{0,2}(?:,-?[1-9]\d{0,2})*")
_MOST = {"BYMONTHDAY": 31, "BYWEEKNO": 53, "BYYEARDAY": 366}
_FREQUENCIES = {"", "DAILY", "WEEKLY", "MONTHLY", "YEARLY"}


class Unreadable(Exception):
    """On which days a rule holds can't be told."""


class Days(NamedTuple):
    """Weekday bits, Monday first, or a recurrence rule and the ordinal day it counts from.

    first, last: ordinal days that bound it, 0 for no bound.
    """

    bits: int
    first: int
    last: int
    rule: str = ""
    anchor: int = 0


def days_of(rule: ScheduleRule) -> Days:
    """Return the days on which a rule's stretch begins. Raises Unreadable."""
    byday = _byday(rule.byday)
    filters = _filters(rule)
    freq = _frequency(rule, byday, filters)
    first = max((day.toordinal() for day in (rule.valid_from, rule.dtstart) if day), default=0)
    last = min((day.toordinal() for day in (rule.valid_to, rule.until) if day), default=0)
    if not (rule.freq.strip() or byday or filters):
        return _one_day(rule)
    interval = rule.interval or 1
    if freq in {"DAILY", "WEEKLY"} and not filters and interval == 1 and not rule.count:
        return Days(_bits(rule, freq, byday), first, last)
    written = _written(rule, freq, byday, filters)
    anchor = _anchor(rule, is_needed=interval > 1 or bool(rule.count))
    if rule.count:
        counted = _last_counted(written, anchor, rule.count)
        last = min(last, counted) if last else counted
    return Days(0, first, last, written, anchor)


def _byday(text: str) -> list[str]:
    parts = sorted({part.strip().upper() for part in text.split(",") if part.strip()})
    if any(not _BYDAY.fullmatch(part) for part in parts):
        raise Unreadable("byday")
    return parts


def _filters(rule: ScheduleRule) -> list[str]:
    """Return what a rule says by number, as RFC 5545 writes it."""
    found = []
    for name, value in (
        ("BYWEEKNO", rule.byweekno),
        ("BYMONTHDAY", rule.bymonthday),
        ("BYYEARDAY", rule.byyearday),
    ):
        numbers = value.replace(" ", "").strip(",")
        if not numbers:
            continue
        if not _NUMBERS.fullmatch(numbers):
            raise Unreadable(name)
        if any(abs(int(number)) > _MOST[name] for number in numbers.split(",")):
            raise Unreadable(name)
        found.append(f"{name}={numbers}")
    return found


def _frequency(rule: ScheduleRule, byday: list[str], filters: list[str]) -> str:
    """Return how often. "2MO" has a sense in a month only, whatever is written beside it."""
    freq = rule.freq.strip().upper()
    if freq not in _FREQUENCIES:
        raise Unreadable("freq")
    is_numbered = any(len(part) > 2 for part in byday)  # noqa: PLR2004  -- more than "MO"
    if is_numbered and freq != "YEARLY":
        return "MONTHLY"
    return freq or ("MONTHLY" if filters else "WEEKLY")


def _one_day(rule: ScheduleRule) -> Days:
    """Return the one day of a rule that names no days: a special opening, or a closure."""
    if rule.valid_from and rule.valid_to:
        return Days(EVERY_DAY, rule.valid_from.toordinal(), rule.valid_to.toordinal())
    if rule.dtstart:
        return Days(EVERY_DAY, rule.dtstart.toordinal(), rule.dtstart.toordinal())
    raise Unreadable("no days")


def _bits(rule: ScheduleRule, freq: str, byday: list[str]) -> int:
    if not byday and freq == "WEEKLY":
        if not rule.dtstart:
            raise Unreadable("no days")
        byday = [DAYS[rule.dtstart.weekday()]]
    return sum(1 << DAYS.index(part) for part in byday) or EVERY_DAY


def _written(rule: ScheduleRule, freq: str, byday: list[str], filters: list[str]) -> str:
    if not (byday or filters) and freq != "DAILY":
        byday, filters = _days_of_start(rule.dtstart, freq)
    parts = [f"FREQ={freq}", f"INTERVAL={rule.interval or 1}", *filters]
    if byday:
        parts.append("BYDAY=" + ",".join(_all_numbered(byday, freq)))
    if rule.wkst.strip().upper() in DAYS:
        parts.append(f"WKST={rule.wkst.strip().upper()}")
    return ";".join(parts)


def _all_numbered(byday: list[str], freq: str) -> list[str]:
    """Return the days, "MO" as 1MO to 5MO beside numbered ones: dateutil reads a mix as "both"."""
    plain = [part for part in byday if part in DAYS]
    if len(plain) in {0, len(byday)}:
        return byday
    if freq == "YEARLY":
        raise Unreadable("byday")
    spread = {f"{number}{day}" for day in plain for number in range(1, 6)}
    return sorted(spread | (set(byday) - set(plain)))


def _days_of_start(start: date | None, freq: str) -> tuple[list[str], list[str]]:
    if start is None:
        raise Unreadable("no days")
    if freq == "WEEKLY":
        return [DAYS[start.weekday()]], []
    month = [f"BYMONTH={start.month}"] if freq == "YEARLY" else []
    return [], [*month, f"BYMONTHDAY={start.day}"]


def _anchor(rule: ScheduleRule, *, is_needed: bool) -> int:
    start = rule.dtstart or rule.valid_from
    if start is None:
        if is_needed:
            raise Unreadable("no day to count from")
        return 0
    if start.year > _LAST_YEAR:
        raise Unreadable("dtstart")
    return start.toordinal()


def _last_counted(written: str, anchor: int, count: int) -> int:
    """Return the ordinal day of the last of `count` times; within 40 years."""
    if count > MOST_COUNTED:
        raise Unreadable("count")
    start = datetime.fromordinal(anchor)
    until = start.replace(year=min(start.year + COUNTED_YEARS, _LAST_YEAR), day=1)
    times = rrulestr(f"{written};UNTIL={until:%Y%m%d}T000000", dtstart=start)
    last = anchor
    for last_time in islice(times, count):
        last = last_time.toordinal()
    return last
