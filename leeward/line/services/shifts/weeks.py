"""The roster by weeks: a week's shifts, and one week copied into another."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db import transaction
from django.utils import timezone

from leeward.line.models import Shift, Team
from leeward.line.services.shifts import roster
from leeward.line.services.shifts.roster import NotAMember, ShiftUnfit
from leeward.people.models import Account

__all__ = [
    "Copied",
    "NotAMember",
    "ShiftUnfit",
    "begins",
    "copy_week",
    "in_week",
    "monday_of",
    "stretches",
    "take_off",
]


@dataclass(frozen=True, slots=True)
class Copied:
    """How many shifts were planned anew; how many overlap others or belong to nobody now."""

    planned: int
    left_out: int


def monday_of(day: date) -> date:
    """Return the Monday of a day's week."""
    return day - timedelta(days=day.weekday())


def begins(day: date) -> datetime:
    """Return the moment at which a day begins in the site's time zone."""
    return timezone.make_aware(datetime.combine(day, time()))


def in_week(team: Team, monday: date) -> list[Shift]:
    """Return the shifts that touch a week, the earliest first, with their accounts."""
    return list(roster.shifts(team, start=begins(monday), end=begins(monday + timedelta(days=7))))


def take_off(team: Team, shift_id: int, *, by: Account) -> bool:
    """Take a planned shift off; return whether there was one of that team."""
    shift = Shift.objects.filter(team=team, pk=shift_id).first()
    if shift is None:
        return False
    roster.unplan(shift, by=by)
    return True


def stretches(team: Team, start: datetime, end: datetime) -> list[tuple[datetime, datetime]]:
    """Return when somebody is planned, from `start` to `end`, whoever it is."""
    rows = roster.shifts(team, start=start, end=end).filter(account__is_active=True)
    return list(rows.values_list("starts_at", "ends_at"))


def copy_week(team: Team, monday: date, *, into: date, by: Account) -> Copied:
    """Plan the shifts that begin in one week again in another, at the same times by the clock.

    monday, into: Mondays. What overlaps, or belongs to somebody who left, is left out.
    """
    planned = left_out = 0
    days = into - monday
    with transaction.atomic():
        for shift in in_week(team, monday):
            if shift.starts_at < begins(monday):
                continue
            try:
                start, end = _moved(shift.starts_at, days), _moved(shift.ends_at, days)
                roster.plan(team, shift.account, start=start, end=end, by=by)
                planned += 1
            except (ShiftUnfit, NotAMember):
                left_out += 1
    return Copied(planned, left_out)


def _moved(moment: datetime, days: timedelta) -> datetime:
    """Return the same time by the clock, some days on, whether or not the clocks change between."""
    naive = timezone.make_naive(moment) + days
    return timezone.make_aware(naive)
