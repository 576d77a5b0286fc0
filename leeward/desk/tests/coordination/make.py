"""Builders: a team with members, planned shifts, counts of past weeks."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from django.utils import timezone

from leeward.line.models import Member, Shift, Tally, Team
from leeward.line.tests import make as make_line
from leeward.people.models import Account
from leeward.people.tests import make as make_people


def coordinator(name: str = "cora") -> Account:
    """Return an account that coordinates and answers."""
    return make_people.account(name, "coordinator")


def advocate(name: str = "avi") -> Account:
    """Return an account that answers."""
    return make_people.account(name, "advocate")


def member(team: Team, account: Account, name: str = "Sam") -> Member:
    """Return a stored membership."""
    return Member.objects.create(team=team, account=account, working_name=name, languages="en")


def team() -> Team:
    """Return a stored team."""
    return make_line.team(slug="main")


def at(day: date, hour: int, minute: int = 0) -> datetime:
    """Return a time by the site's clock."""
    return timezone.make_aware(datetime.combine(day, time(hour, minute)))


def shift(team: Team, account: Account, start: datetime, hours: float) -> Shift:
    """Return a stored shift."""
    return Shift.objects.create(
        team=team, account=account, starts_at=start, ends_at=start + timedelta(hours=hours)
    )


def tally(team: Team, hour: datetime, event: str, count: int, minutes: int = 0) -> None:
    """Store a count."""
    Tally.objects.create(team=team, hour=hour, event=event, count=count, minutes=minutes)
