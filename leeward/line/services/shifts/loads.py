"""Figures for coordinators: loads, waits, missed chats and staffing by hour of the day.

Small counts are hidden here, before anything leaves the line, also from whoever adds and subtracts
(`rules.tables`). Only blocks that are over are told: looking twice while one runs would tell what
came between. Hours and weeks are those of the site's time zone.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Max, Min
from django.utils import timezone

from leeward.line.models import Shift, Tally, Team
from leeward.line.rules.blocks import DAYS, WEEKS, Block, block_of, last_finished
from leeward.line.rules.counting import average_shown
from leeward.line.rules.tables import Row, safe_row
from leeward.line.services.shifts.roster import SHIFT_KEPT_DAYS
from leeward.line.services.shifts.staffing import STAFFED

HOURS = 24
BY_WEEK = ("chat_opened", "chat_missed", "message_left", "call_asked")
COUNTED = (*BY_WEEK, "chat_taken")
ADDED_UP = (*COUNTED, STAFFED)
BLOCKS_SHOWN = 13  # a year


@dataclass(frozen=True, slots=True)
class Loads:
    """A team's figures for one block.

    opened, missed: chats by hour of the day. wait_minutes: the average wait of those taken in that
    hour; None: fewer than five. people_tenths: planned, on average, in tenths; None once shifts of
    that time are deleted. there_tenths: the same of those who were on. weeks: each event of BY_WEEK
    over the four weeks.
    """

    block: Block
    opened: Row
    missed: Row
    wait_minutes: tuple[int | None, ...]
    people_tenths: tuple[int, ...] | None
    there_tenths: tuple[int, ...]
    weeks: dict[str, Row]


@dataclass(slots=True)
class _Sums:
    """What is added up before anything is hidden."""

    by_hour: list[int]
    by_week: list[int]
    minutes: list[int]


def blocks(team: Team, today: date) -> list[Block]:
    """Return the blocks that are over and hold figures, the latest first; a year at most."""
    found = Tally.objects.filter(team=team, event__in=COUNTED).aggregate(
        a=Min("hour"), b=Max("hour")
    )
    if found["a"] is None:
        return []
    first = block_of(timezone.localtime(found["a"]).date()).number
    last = min(block_of(timezone.localtime(found["b"]).date()).number, last_finished(today).number)
    return [Block(number) for number in range(last, first - 1, -1)][:BLOCKS_SHOWN]


def next_day(today: date) -> date:
    """Return the day on which the block that runs now is over and told."""
    return block_of(today).end


def loads(team: Team, block: Block, today: date) -> Loads:
    """Return a team's figures for a block, small counts hidden. Two queries.

    Raises ValueError for a block that is not over.
    """
    if block.number > last_finished(today).number:
        raise ValueError(block.number)
    sums = _sums(team, block)
    taken = sums["chat_taken"]
    return Loads(
        block=block,
        opened=safe_row(sums["chat_opened"].by_hour),
        missed=safe_row(sums["chat_missed"].by_hour),
        wait_minutes=tuple(
            average_shown(minutes, count)
            for minutes, count in zip(taken.minutes, taken.by_hour, strict=True)
        ),
        people_tenths=_people(team, block, today),
        there_tenths=_in_tenths(sums[STAFFED].minutes),
        weeks={event: safe_row(sums[event].by_week) for event in BY_WEEK},
    )


def _sums(team: Team, block: Block) -> dict[str, _Sums]:
    sums = {event: _Sums([0] * HOURS, [0] * WEEKS, [0] * HOURS) for event in ADDED_UP}
    rows = Tally.objects.filter(
        team=team, event__in=ADDED_UP, hour__gte=_begins(block.start), hour__lt=_begins(block.end)
    )
    for event, hour, count, minutes in rows.values_list("event", "hour", "count", "minutes"):
        local = timezone.localtime(hour)
        sums[event].by_hour[local.hour] += count
        sums[event].minutes[local.hour] += minutes
        sums[event].by_week[block.week_of(local.date())] += count
    return sums


def _people(team: Team, block: Block, today: date) -> tuple[int, ...] | None:
    """Return how many were planned in each hour of the day, on average, in tenths."""
    if block.start < today - timedelta(days=SHIFT_KEPT_DAYS):
        return None
    start, end = _begins(block.start), _begins(block.end)
    minutes = [0] * HOURS
    shifts = Shift.objects.filter(team=team, starts_at__lt=end, ends_at__gt=start)
    for starts_at, ends_at in shifts.values_list("starts_at", "ends_at"):
        for hour, part in _hours_of(max(starts_at, start), min(ends_at, end)):
            minutes[hour] += part
    return _in_tenths(minutes)


def _in_tenths(minutes: list[int]) -> tuple[int, ...]:
    """Return minutes of an hour of the day, over a block, as people on average, in tenths."""
    return tuple(round(10 * each / (60 * DAYS)) for each in minutes)


def _hours_of(start: datetime, end: datetime) -> Iterator[tuple[int, int]]:
    """Yield (hour of the day, minutes in it) from `start` to `end`."""
    while start < end:
        on_the_hour = start.replace(minute=0, second=0, microsecond=0)
        until = min(end, on_the_hour + timedelta(hours=1))
        yield timezone.localtime(start).hour, int((until - start).total_seconds() // 60)
        start = until


def _begins(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time()))
