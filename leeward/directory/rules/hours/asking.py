"""What compiled hours answer. Quick: what was decoded once is kept in memory."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta, tzinfo

from leeward.directory.rules.hours.clock import DAY_MINUTES, standard_offset
from leeward.directory.rules.hours.table import ASK, CLOSED, OPEN, Span, Table, decode, holidays_of

LOOK_AHEAD_DAYS = 62
_MINUTE = timedelta(minutes=1)

Stretches = list[tuple[int, int]]


def is_open(hours: bytes, at: datetime) -> bool | None:
    """Return whether a place with these compiled hours is open at `at` (aware); None: not known.

    The clock on the wall decides: in the hour that comes twice when summer time ends, twice; the
    hour that is left out in spring is nowhere. Raises ValueError for a moment without a zone.
    """
    if at.tzinfo is None:
        raise ValueError("is_open needs a moment with a zone")
    table = decode(hours)
    return None if table is None else _answer(table, at)


def _answer(table: Table, at: datetime) -> bool | None:
    if table.is_always_open:
        return True
    is_known = True
    for clock, spans in table.clocks:
        local = at.astimezone(clock)
        today, minute = local.toordinal(), local.hour * 60 + local.minute
        for span in spans:
            said = _says(table, span, today, minute)
            if said == ASK:
                is_known = False
            elif said is not None:
                return said == OPEN
    return False if is_known else None


def _says(table: Table, span: Span, today: int, minute: int) -> int | None:
    """Return what a span says of this minute, None for nothing: begun today, or yesterday."""
    said = None
    for begun, since in ((today, minute), (today - 1, minute + DAY_MINUTES)):
        if span.start <= since < span.end and span.begins_on(begun):
            found = _kind_on(table, span, begun)
            if found == OPEN or said is None:
                said = found
    return said


def _kind_on(table: Table, span: Span, day: int) -> int | None:
    """Return the span's kind on a day of its own; None when a holiday takes it away."""
    if span.kind in {CLOSED, span.on_holiday} or not _is_holiday(table.country, day):
        return span.kind
    return None if span.on_holiday == CLOSED else span.on_holiday


def _is_holiday(country: str, day: int) -> bool:
    return bool(country) and day in holidays_of(country, date.fromordinal(day).year)


def changes_at(hours: bytes, at: datetime) -> datetime | None:
    """Return when the answer of is_open next changes, on the place's own clock.

    None when it doesn't within LOOK_AHEAD_DAYS days, or nothing is known.
    Raises ValueError for a moment without a zone.
    """
    now = is_open(hours, at)
    table = decode(hours)
    if table is None or table.is_always_open:
        return None
    today = at.astimezone(table.zone).toordinal()
    for day in range(today, today + LOOK_AHEAD_DAYS + 1):
        for moment in sorted(_moments(table, day)):
            if moment > at and _answer(table, moment) != now:
                return moment.astimezone(table.zone)
    return None


def _moments(table: Table, day: int) -> set[datetime]:
    """Return the moments (UTC) of one of the place's days at which the answer may change."""
    begin, end = _midnight(day, table.zone), _midnight(day + 1, table.zone)
    found = {begin, *_clock_jumps(table.zone, begin, end)}
    for clock, spans in table.clocks:
        for near in (day - 1, day, day + 1):
            found.update(_edges(spans, near, clock))
    return {moment for moment in found if begin <= moment < end}


def _edges(spans: tuple[Span, ...], day: int, clock: tzinfo) -> Iterator[datetime]:
    for span in spans:
        if span.begins_on(day):
            for minute in (span.start, span.end):
                wall = datetime.fromordinal(day) + timedelta(minutes=minute)
                for fold in (0, 1):
                    yield wall.replace(tzinfo=clock, fold=fold).astimezone(UTC)


def _midnight(day: int, clock: tzinfo) -> datetime:
    return datetime.combine(date.fromordinal(day), time(), tzinfo=clock).astimezone(UTC)


def _clock_jumps(clock: tzinfo, begin: datetime, end: datetime) -> Iterator[datetime]:
    """Yield the moment in [begin, end) at which the clock is set forward or back, if any."""
    before = begin.astimezone(clock).utcoffset()
    if before == end.astimezone(clock).utcoffset():
        return
    while end - begin > _MINUTE:
        middle = begin + _MINUTE * ((end - begin) // _MINUTE // 2)
        if middle.astimezone(clock).utcoffset() == before:
            begin = middle
        else:
            end = middle
    yield end


def week(hours: bytes, *, on: date | None = None) -> list[tuple[int, Stretches]]:
    """Return seven (weekday, [(start, end), ...]); 0 is Monday, minutes since the day's midnight.

    An end beyond 1440 lies in the next day. on: a day of the week that is meant, with its dated
    rules; days whose hours are not known that week, such as holidays, are empty. Without it only
    what holds every week. Hours told on another clock are turned to the place's winter clock.
    [] when nothing is known.
    """
    table = decode(hours)
    if table is None:
        return []
    monday = None if on is None else on.toordinal() - on.weekday()
    days: list[Stretches] = [[] for _ in range(7)]
    for span in table.spans:
        for weekday in range(7):
            if _is_shown(table, span, weekday, monday):
                shift, start, end = _on_own_clock(table, span)
                days[(weekday + shift) % 7].append((start, end))
    return [(weekday, _merged(found)) for weekday, found in enumerate(days)]


def _is_shown(table: Table, span: Span, weekday: int, monday: int | None) -> bool:
    if span.kind != OPEN:
        return False
    if monday is None:
        return span.is_weekly and span.begins_on(weekday + 1)
    day = monday + weekday
    shut = any(each.kind == CLOSED and each.begins_on(day) for each in table.spans)
    return not shut and span.begins_on(day) and _kind_on(table, span, day) == OPEN


def _on_own_clock(table: Table, span: Span) -> tuple[int, int, int]:
    """Return (days to move by, start, end) of a span on the place's own clock."""
    if span.offset is None:
        return 0, span.start, span.end
    shift, start = divmod(span.start - span.offset + standard_offset(table.zone), DAY_MINUTES)
    return shift, start, start + span.end - span.start


def _merged(found: Stretches) -> Stretches:
    merged: Stretches = []
    for start, end in sorted(found):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged
