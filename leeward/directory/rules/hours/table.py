"""Compiled hours: what the bytes hold, and on which days a span of theirs begins.

The bytes are a version and JSON: the place's zone, its country for holidays, and spans. A span is
a stretch that begins on certain days of a clock: weekdays, or a recurrence rule (RFC 5545) kept as
such, so compiled hours never run out. The place's own clock, or a fixed one if times say so.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo
from functools import lru_cache
from itertools import groupby
from typing import NamedTuple
from zoneinfo import ZoneInfo

from dateutil.relativedelta import relativedelta
from dateutil.rrule import rrulestr

from leeward.directory.rules.hours.clock import DAY_MINUTES, fixed_clock, zone_named
from leeward.directory.rules.hours.recurrence import EVERY_DAY

VERSION = b"1"
_RULE = re.compile(
    r"(?:FREQ=(?:DAI|WEEK|MONTH|YEAR)LY;INTERVAL=[1-9]\d*(?:;BY[A-Z]+=[-+\w,]+)*(?:;WKST=[A-Z]{2})?)?"
)
CLOSED, OPEN, ASK = 0, 1, 2


class Span(NamedTuple):
    """A stretch of minutes that begins on certain days.

    kind: OPEN, ASK (not known) or CLOSED (wins over all). on_holiday: the same three, for days
    that are public holidays. offset: minutes east of UTC of the clock it is told in, or None for
    the place's own. start: minute of the day. end: beyond 1440 in the next day.
    days: bits, Monday first; 0 when `rule` says. first, last: ordinal days, 0 for no bound.
    rule: RFC 5545 without DTSTART; anchor: the ordinal day that its intervals count from.
    """

    kind: int
    on_holiday: int
    offset: int | None
    start: int
    end: int
    days: int
    first: int = 0
    last: int = 0
    rule: str = ""
    anchor: int = 0

    @property
    def is_weekly(self) -> bool:
        """Whether it holds every week, with no date to it."""
        return not (self.first or self.last or self.rule)

    def begins_on(self, ordinal: int) -> bool:
        """Return whether it begins on this day of its clock."""
        if (self.first and ordinal < self.first) or (self.last and ordinal > self.last):
            return False
        if self.rule:
            day = date.fromordinal(ordinal)
            return ordinal in days_of_rule(self.rule, self.anchor, day.year, day.month)
        return bool(self.days >> ((ordinal - 1) % 7) & 1)


@dataclass(frozen=True, slots=True)
class Table:
    """Decoded hours. `clocks`: spans by the clock they are told in, the place's own first."""

    zone: ZoneInfo
    country: str
    spans: tuple[Span, ...]
    clocks: tuple[tuple[tzinfo, tuple[Span, ...]], ...]
    is_always_open: bool


def encode(zone: str, country: str, spans: list[Span]) -> bytes:
    """Return the bytes; the same spans in any order give the same bytes."""
    rows = [_trim(list(span)) for span in sorted(set(spans), key=_order)]
    return VERSION + json.dumps([zone, country, rows], separators=(",", ":")).encode()


def _order(span: Span) -> tuple[object, ...]:
    return (span.offset is not None, *(field or 0 for field in span[:-2]), span.rule, span.anchor)


def _trim(row: list[object]) -> list[object]:
    while row[-1] in (0, ""):
        row.pop()
    return row


@lru_cache(maxsize=8192)
def decode(hours: bytes) -> Table | None:
    """Return what compiled hours hold; None when there is nothing, or it can't be read."""
    if not hours.startswith(VERSION):
        return None
    try:
        name, country, rows = json.loads(hours[len(VERSION) :])
        spans = tuple(Span(*row) for row in rows)
        zone = zone_named(name)
    except (ValueError, TypeError):
        return None
    if zone is None or not isinstance(country, str) or not all(map(_is_sound, spans)):
        return None
    return Table(zone, country, spans, _by_clock(zone, spans), is_always_open(spans))


def _is_sound(span: Span) -> bool:
    """Return whether the fields are what `encode` writes, so that asking can't fail."""
    *numbers, rule, anchor = span._replace(offset=span.offset or 0)
    if not (isinstance(rule, str) and all(isinstance(each, int) for each in (*numbers, anchor))):
        return False
    is_in_time = max(span.first, span.last, anchor) <= date.max.toordinal()
    return is_in_time and abs(span.offset or 0) < DAY_MINUTES and bool(_RULE.fullmatch(rule))


def _by_clock(
    zone: ZoneInfo, spans: tuple[Span, ...]
) -> tuple[tuple[tzinfo, tuple[Span, ...]], ...]:
    groups = groupby(spans, key=lambda span: span.offset)
    return tuple(
        (zone if offset is None else fixed_clock(offset), tuple(found)) for offset, found in groups
    )


def is_always_open(spans: tuple[Span, ...]) -> bool:
    """Return whether the place is open around the clock every day, holidays too."""
    whole = 0
    for span in spans:
        if span.kind == CLOSED:
            return False
        is_whole = span.start == 0 and span.end == DAY_MINUTES and span.offset is None
        if span.is_weekly and span.kind == span.on_holiday == OPEN and is_whole:
            whole |= span.days
    return whole == EVERY_DAY


@lru_cache(maxsize=4096)
def days_of_rule(rule: str, anchor: int, year: int, month: int) -> frozenset[int]:
    """Return the ordinal days of one month on which a recurrence falls (RFC 5545)."""
    first = datetime(year, month, 1)  # noqa: DTZ001  -- a day of the calendar, in no zone
    after = first + relativedelta(months=1)
    start = _near(rule, datetime.fromordinal(anchor) if anchor else first, first)
    if start >= after:
        return frozenset()
    found = rrulestr(f"{rule};UNTIL={after:%Y%m%d}T000000", dtstart=start)
    return frozenset(day.toordinal() for day in found if first <= day < after)


def _near(rule: str, anchor: datetime, month: datetime) -> datetime:
    """Return a start near `month` that gives the same days as `anchor`, to count from quickly."""
    parts = dict(part.split("=") for part in rule.split(";"))
    every = int(parts["INTERVAL"])
    if anchor >= month:
        return anchor
    if parts["FREQ"] == "MONTHLY":
        months = (month.year - anchor.year) * 12 + month.month - anchor.month
        return anchor.replace(day=1) + relativedelta(months=months // every * every)
    if parts["FREQ"] == "YEARLY":
        return anchor
    unit = every * (7 if parts["FREQ"] == "WEEKLY" else 1)
    return anchor + timedelta(days=(month - anchor).days // unit * unit)


@lru_cache(maxsize=512)
def holidays_of(country: str, year: int) -> frozenset[int]:
    """Return the ordinal days that are public holidays; empty for a country not known.

    country: ISO 3166-1, "US", or with a part, "US-NY" (the part's own holidays too).
    Source: the `holidays` library's public holidays, days off in lieu included.
    """
    import holidays

    nation, _, part = country.partition("-")
    try:
        found = holidays.country_holidays(nation, subdiv=part or None, years=year)
    except (RuntimeError, KeyError, AttributeError):
        return holidays_of(nation, year) if part else frozenset()
    return frozenset(day.toordinal() for day in found)
