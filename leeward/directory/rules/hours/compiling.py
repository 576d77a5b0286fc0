"""Rules into bytes. What can't be read surely becomes "not known": never "open", never an error."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from zoneinfo import ZoneInfo

from leeward.directory.rules.hours.clock import (
    DAY_MINUTES,
    length_minutes,
    minute_of,
    offsets_of,
    zone_named,
)
from leeward.directory.rules.hours.prose import from_prose
from leeward.directory.rules.hours.recurrence import EVERY_DAY, Unreadable, days_of
from leeward.directory.rules.hours.rule import ScheduleRule
from leeward.directory.rules.hours.table import ASK, CLOSED, OPEN, Span, encode

_SHUT = re.compile(r"\W*(?:temporarily |we are |is )?closed\b", re.IGNORECASE)
_ON_HOLIDAYS = re.compile(
    r"\b(?:(?P<shut>closed|not available|not open|unavailable|except|excluding|no)"
    r"|(?P<open>open|available|includ\w+|even|also))\b(?=[^.;]*\bholidays?\b)",
    re.IGNORECASE,
)
_ALL_YEAR = re.compile(r"\b365 days\b|\bevery day of the year\b", re.IGNORECASE)
_ALL_DAY = (0, DAY_MINUTES)
_EMPTY = ScheduleRule()


def compile_hours(rules: Iterable[ScheduleRule], time_zone: str, country: str) -> bytes:
    """Return compiled hours; b"" when nothing is known. The same rules give the same bytes.

    time_zone: IANA name of the place's own zone. country: "US", or with a part that has holidays
    of its own, "US-NY"; "" for none. Never raises: what can't be read is "not known".
    On a public holiday hours are not known, unless the place is open around the clock all week, the
    rule names holidays, or it is for that one date.
    The bytes do not run out: rules are kept as rules, not as a list of coming days.
    """
    zone = zone_named(time_zone)
    spans = [span for rule in _told(rules) for span in _spans(rule, zone)]
    spans = _open_on_holidays_too(spans)
    if not any(span.kind == OPEN for span in spans):
        closures = [span for span in spans if span.kind == CLOSED]
        spans = [*closures, Span(ASK, ASK, None, *_ALL_DAY, EVERY_DAY)] if closures else []
    if zone is None:
        time_zone, spans = "UTC", spans if _is_always(spans) else []
    return encode(time_zone, country, _joined(spans)) if spans else b""


def _told(rules: Iterable[ScheduleRule]) -> Iterator[ScheduleRule]:
    """Yield the rules, those that are prose only read as prose."""
    for rule in rules:
        if replace(rule, description="", notes="") != _EMPTY:
            yield rule
        elif rule.description or rule.notes:
            yield from from_prose(rule.description or rule.notes) or [rule]


def _spans(rule: ScheduleRule, zone: ZoneInfo | None) -> Iterator[Span]:
    """Yield what one rule says: its stretch, or "not known" on its days, or on all days."""
    try:
        days = days_of(rule)
    except Unreadable:
        yield Span(ASK, ASK, None, *_ALL_DAY, EVERY_DAY)
        return
    base = Span(
        kind=ASK,
        on_holiday=ASK,
        offset=None,
        start=0,
        end=DAY_MINUTES,
        days=days.bits,
        first=days.first,
        last=days.last,
        rule=days.rule,
        anchor=days.anchor,
    )
    yield from _filled(rule, base, zone)


def _filled(rule: ScheduleRule, base: Span, zone: ZoneInfo | None) -> Iterator[Span]:
    if not rule.opens_at and not rule.closes_at:
        is_shut = bool(_SHUT.match(rule.description) or _SHUT.match(rule.notes))
        if not is_shut:
            yield base
        elif not base.is_weekly:
            yield base._replace(kind=CLOSED, on_holiday=CLOSED)
        return
    times = _times(rule, zone)
    if times is None:
        yield base
        return
    start, end, offset = times
    is_one_day = bool(base.first) and base.first == base.last
    holiday = OPEN if is_one_day else _on_holidays(f"{rule.description}. {rule.notes}")
    yield base._replace(kind=OPEN, on_holiday=holiday, start=start, end=end, offset=offset)


def _times(rule: ScheduleRule, zone: ZoneInfo | None) -> tuple[int, int, int | None] | None:
    """Return (start, end, offset) of a rule's times; None when they can't be read."""
    opens, closes = minute_of(rule.opens_at), minute_of(rule.closes_at)
    if opens is None or closes is None or opens[1] != closes[1]:
        return None
    length = length_minutes(opens[0], closes[0])
    offset = opens[1]
    if offset is None and rule.timezone is not None:
        offset = round(rule.timezone * 60)
    if length is None or abs(offset or 0) >= DAY_MINUTES:
        return None
    # An offset that the place's own clock shows is that clock: 09:00-05:00 in New York is nine
    # on the wall, in summer too.
    is_own = offset is None or (zone is not None and offset in offsets_of(zone))
    return opens[0], opens[0] + length, None if is_own else offset


def _on_holidays(text: str) -> int:
    """Return OPEN, CLOSED or ASK: what the word nearest before "holidays" says."""
    found = _ON_HOLIDAYS.findall(text)
    if found:
        return CLOSED if found[-1][0] else OPEN
    return OPEN if _ALL_YEAR.search(text) else ASK


def _open_on_holidays_too(spans: list[Span]) -> list[Span]:
    """Return the spans, open on holidays when they leave no minute of the week."""
    if not _is_always(spans):
        return spans
    return [s._replace(on_holiday=OPEN) if _is_whole_day(s) else s for s in spans]


def _is_always(spans: list[Span]) -> bool:
    bits = 0
    for span in spans:
        if _is_whole_day(span):
            bits |= span.days
    return bits == EVERY_DAY


def _is_whole_day(span: Span) -> bool:
    return (
        span.is_weekly
        and (span.kind, span.start, span.end) == (OPEN, *_ALL_DAY)
        and span.on_holiday != CLOSED
    )


def _joined(spans: list[Span]) -> list[Span]:
    """Return the spans, those that differ by their weekdays only made one."""
    joined: dict[Span, int] = {}
    for span in spans:
        key = span._replace(days=0)
        joined[key] = joined.get(key, 0) | span.days
    return [key._replace(days=bits) for key, bits in joined.items()]
