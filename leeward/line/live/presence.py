"""Who is there: visitors by their open streams, advocates by their open desks.

Written in one batch for all. When a visitor's stream ends her last time is written once more, and
from there her grace runs: `services.ending.end_away` ends what stays silent for longer.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from functools import partial
from typing import TypeVar
from uuid import UUID

from django.db import DatabaseError, InterfaceError
from django.utils import timezone

from leeward.line.live.writing import NotStored, Writer
from leeward.line.services.endings import watching
from leeward.line.services.shifts import roster
from leeward.line.services.talks import signs
from leeward.safety import log

WRITE_EVERY_S = 30.0
AT_ONCE = 100
Key = TypeVar("Key", UUID, int)


class Presence:
    """Counts open streams and writes the times."""

    def __init__(self, writer: Writer) -> None:
        self._writer = writer
        self._talks: Counter[UUID] = Counter()
        self._left: set[UUID] = set()
        self._desks: Counter[int] = Counter()

    def visitor_came(self, talk_id: UUID) -> None:
        """Count a stream of hers."""
        self._talks[talk_id] += 1

    def visitor_went(self, talk_id: UUID) -> None:
        """Count it no more; her grace runs from now."""
        _count_down(self._talks, talk_id)
        self._left.add(talk_id)

    def visitor_was_here(self, talk_id: UUID) -> None:
        """Note a sign of life from somebody who has no stream."""
        self._left.add(talk_id)

    def desk_opened(self, account_id: int) -> None:
        """Count an advocate's open desk."""
        self._desks[account_id] += 1

    def desk_shut(self, account_id: int) -> None:
        """Count it no more."""
        _count_down(self._desks, account_id)

    async def run(self) -> None:
        """Write until cancelled."""
        while True:
            await asyncio.sleep(WRITE_EVERY_S)
            await self.write()

    async def write(self) -> None:
        """Write the times of all that are there, or went since the last time; a few at once."""
        talks = [*{*self._talks, *self._left}]
        self._left.clear()
        now = timezone.now()
        try:
            for start in range(0, len(talks), AT_ONCE):
                some = talks[start : start + AT_ONCE]
                await self._writer.between(partial(signs.visitors_seen, some, now=now))
            await self._writer.between(partial(roster.sign_of_life, list(self._desks), now=now))
        except (DatabaseError, InterfaceError, NotStored) as wrong:
            self._left.update(talks)
            watching.begins(now)  # she is here, and it could not be written down
            log.error("line.presence_failed", kind=type(wrong).__name__)


def _count_down(counts: Counter[Key], key: Key) -> None:
    counts[key] -= 1
    if not counts[key]:
        del counts[key]
