"""Made-up figures for the demonstration line: the four weeks that were over last."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from django.utils import timezone

from leeward.line.models import Tally, Team
from leeward.line.rules.blocks import DAYS, Block

# Chats opened in an hour, over seven days; evenings and the school morning are the busy times.
A_WEEK = (0, 0, 0, 0, 0, 0, 1, 3, 6, 9, 8, 7, 6, 7, 6, 5, 6, 8, 10, 12, 13, 11, 7, 3)
WAIT_MINUTES = 4
STAFFED = range(8, 22)


def load(team: Team, block: Block) -> None:
    """Write the figures of a block; the same each time."""
    Tally.objects.bulk_create(
        Tally(team=team, hour=_begins(day, hour), event=event, count=count, minutes=minutes)
        for day, hour, event, count, minutes in _events(block)
    )


def _events(block: Block) -> Iterator[tuple[date, int, str, int, int]]:
    """Yield day, hour, event, how often, and minutes summed; a week's chats spread over it."""
    for number in range(DAYS):
        day = block.start + timedelta(days=number)
        for hour, in_a_week in enumerate(A_WEEK):
            opened = (in_a_week + (number * 3 + hour) % 7) // 7
            if not opened:
                continue
            taken = opened if hour in STAFFED else 0
            yield day, hour, "chat_opened", opened, 0
            if taken:
                yield day, hour, "chat_taken", taken, taken * (WAIT_MINUTES + hour % 3)
            else:
                yield day, hour, "chat_missed", opened, opened * WAIT_MINUTES
        yield day, 21, "message_left", 1 + number % 2, 0
        yield day, 17, "call_asked", number % 2 + number % 3 // 2, 0


def _begins(day: date, hour: int) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(hour)))
