"""What every live handler needs, in one hand: hub, threads, heartbeat, presence, who follows."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol
from uuid import UUID

from leeward.line.live.answers import Cannot
from leeward.line.live.beats import Beats
from leeward.line.live.hub import Event, Hub
from leeward.line.live.presence import Presence
from leeward.line.live.visitors import Visitors
from leeward.line.live.workers import Workers
from leeward.line.live.writing import Writer

MOST_STREAMS = 18_000  # of 20 KB: 360 MB; beyond it the pages without streams still work


class Follows(Protocol):
    """Whoever follows a conversation, as `looking` sees it."""

    id: UUID
    place: int
    state: str

    def hear(self, channel: str, event: Event, /) -> None:
        """Take an event."""

    def catch_up(self) -> None:
        """Read what was missed."""


class Room:
    """The parts of the live half that its handlers share."""

    def __init__(self) -> None:
        self.workers = Workers()
        self.writer = Writer()
        self.hub = Hub()
        self.beats = Beats()
        self.presence = Presence(self.writer)
        self.visitors = Visitors(self.workers)
        self.followers: set[Follows] = set()
        self._streams = 0

    @contextmanager
    def place_for_one(self) -> Iterator[None]:
        """Count one open stream. Raises Cannot(503) when there are too many."""
        if self._streams >= MOST_STREAMS:
            raise Cannot(503, "later")
        self._streams += 1
        try:
            yield
        finally:
            self._streams -= 1
