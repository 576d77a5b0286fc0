"""Blocks of four whole weeks, for figures. They never overlap: none is another one's remainder."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

FIRST_MONDAY = date(2024, 1, 1)
WEEKS = 4
DAYS = 7 * WEEKS


@dataclass(frozen=True, slots=True)
class Block:
    """Four weeks; number 0 begins on Monday, 1 January 2024."""

    number: int

    @property
    def start(self) -> date:
        """Return its first day, a Monday."""
        return FIRST_MONDAY + timedelta(days=DAYS * self.number)

    @property
    def end(self) -> date:
        """Return the day after its last one."""
        return self.start + timedelta(days=DAYS)

    @property
    def last_day(self) -> date:
        """Return its last day, a Sunday."""
        return self.end - timedelta(days=1)

    def week_of(self, day: date) -> int:
        """Return which of its weeks a day lies in, 0 to 3."""
        return (day - self.start).days // 7


def block_of(day: date) -> Block:
    """Return the block in which a day lies."""
    return Block((day - FIRST_MONDAY).days // DAYS)


def last_finished(today: date) -> Block:
    """Return the latest block that is over."""
    return Block(block_of(today).number - 1)
