"""Made-up figures for the demonstration line: the four weeks that were over last."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from django.utils import timezone

from leeward.line.models import Tally, Team
from leeward.line.rules.blocks import DAYS, Block
from leeward.line.services.shifts.staffing import STAFFED

# Chats opened in an hour, over seven days; evenings and the school morning are the busy times.
A_WEEK = (0, 0, 0, 0, 0, 0, 1, 3, 6, 9, 8, 7, 6, 7, 6, 5, 6, 8, 10, 12, 13, 11, 7, 3)
WAIT_MINUTES = 4
OPEN = range(8, 22)
BUSY = range(18, 21)
HOUR_MINUTES = 60
LATE_MINUTES = 20

Event = tuple[date, int, str, int, int]
"""Day, hour, what, how often, and minutes summed."""


def load(team: Team, block: Block) -> None:
    """Write the figures of a block; the same each time."""
    Tally.objects.bulk_create(
        Tally(team=team, hour=_begins(day, hour), event=event, count=count, minutes=minutes)
        for day, hour, event, count, minutes in _events(block)
        if count
    )


def _events(block: Block) -> Iterator[Event]:
    for number in range(DAYS):
        day = block.start + timedelta(days=number)
        yield from _chats(day, number)
        yield from _people(day, number)
        yield day, 21, "message_left", 1 + number % 2, 0
        yield day, 17, "call_asked", number % 2 + number % 3 // 2, 0


def _chats(day: date, number: int) -> Iterator[Event]:
    """Yield a day's chats: a week's, spread over it."""
    for hour, in_a_week in enumerate(A_WEEK):
        opened = (in_a_week + (number * 3 + hour) % 7) // 7
        taken = opened if hour in OPEN else 0
        missed = opened - taken
        yield day, hour, "chat_opened", opened, 0
        yield day, hour, "chat_taken", taken, taken * (WAIT_MINUTES + hour % 3)
        yield day, hour, "chat_missed", missed, missed * WAIT_MINUTES


def _people(day: date, number: int) -> Iterator[Event]:
    """Yield who was there: one, two on most busy evenings; every third morning begins late."""
    for hour in OPEN:
        is_late = hour == OPEN.start and number % 3 == 0
        there = HOUR_MINUTES - LATE_MINUTES if is_late else HOUR_MINUTES
        people = 2 if hour in BUSY and number % 4 else 1
        yield day, hour, STAFFED, there, there * people


def _begins(day: date, hour: int) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(hour)))
