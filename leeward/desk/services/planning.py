"""A week of the roster as it is shown: days, shifts, and where nobody is planned."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from django.utils import timezone

from leeward.desk.rules import cover
from leeward.line.services.shifts import roster, weeks

if TYPE_CHECKING:
    from leeward.line.models import Team

WEEK = 7
LOOK_AHEAD = timedelta(hours=48)
DAY_MINUTES = 24 * 60


@dataclass(frozen=True, slots=True)
class ShownShift:
    """A shift under the working name; `begins_before`: it began on another day."""

    id: int
    name: str
    start: datetime
    end: datetime
    begins_before: bool


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of a day: when, and its place on the day's strip in minutes since midnight."""

    start: datetime
    end: datetime
    from_minute: int
    minutes: int


@dataclass(frozen=True, slots=True)
class Day:
    """One day of the roster."""

    date: date
    is_today: bool
    shifts: list[ShownShift]
    gaps: list[Part]
    covered: list[Part]


def week(team: Team, monday: date) -> list[Day]:
    """Return a week's seven days. Two queries."""
    rows = weeks.in_week(team, monday)
    names = names_of(team)
    planned = [(row.starts_at, row.ends_at) for row in rows if row.account_id in names]
    shown = [
        ShownShift(
            row.pk,
            names.get(row.account_id, row.account.display_name),
            timezone.localtime(row.starts_at),
            timezone.localtime(row.ends_at),
            begins_before=False,
        )
        for row in rows
    ]
    return [_day(monday + timedelta(days=place), shown, planned) for place in range(WEEK)]


def names_of(team: Team) -> dict[int, str]:
    """Return the working names of a team's members, by account."""
    return {member.account_id: member.working_name for member in roster.members(team)}


def coming_gaps(team: Team, now: datetime) -> list[cover.Stretch]:
    """Return where nobody is planned in the next two days; nothing for a closed line."""
    if not team.is_open:
        return []
    end = now + LOOK_AHEAD
    return cover.gaps(weeks.stretches(team, now, end), now, end)


def _day(day: date, shown: list[ShownShift], planned: list[cover.Stretch]) -> Day:
    start, end = weeks.begins(day), weeks.begins(day + timedelta(days=1))
    gaps = cover.gaps(planned, start, end)
    return Day(
        date=day,
        is_today=day == timezone.localdate(),
        shifts=[_on(shift, start) for shift in shown if shift.start < end and shift.end > start],
        gaps=[_part(gap, start) for gap in gaps],
        covered=[_part(each, start) for each in cover.gaps(gaps, start, end)],
    )


def _on(shift: ShownShift, start: datetime) -> ShownShift:
    return ShownShift(shift.id, shift.name, shift.start, shift.end, shift.start < start)


def _part(stretch: cover.Stretch, midnight: datetime) -> Part:
    """Return a stretch of one day. A day of 23 or 25 hours is drawn as long as it is."""
    start, end = stretch
    return Part(
        timezone.localtime(start),
        timezone.localtime(end),
        int((start - midnight).total_seconds() // 60),
        int((end - start).total_seconds() // 60),
    )
