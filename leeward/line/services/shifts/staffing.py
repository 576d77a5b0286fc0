"""How many people are there, counted by the minute: coordinators compare it with the roster."""

from __future__ import annotations

from datetime import datetime

from leeward.line.models import Tally, Team
from leeward.line.rules.times import hour
from leeward.line.services import tallies
from leeward.line.services.shifts import roster

STAFFED = "staffed"


def count_minute(now: datetime) -> None:
    """Add this minute to each team's hour: its people who are on and not away.

    Where two machines run the jobs, an hour still holds no more minutes than went by.
    """
    for team in Team.objects.filter(present__isnull=False).distinct():
        people = sum(1 for row in roster.present(team, now) if not row.is_away)
        if people and not _is_counted(team, now):
            tallies.count(team.pk, STAFFED, minutes=people, at=now)


def _is_counted(team: Team, now: datetime) -> bool:
    row = Tally.objects.filter(team=team, hour=hour(now), event=STAFFED).first()
    return row is not None and row.count > now.minute
