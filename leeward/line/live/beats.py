"""One heartbeat for all open streams.

Proxies and phones close what is silent, and a phone that has gone is noticed only by writing to
it. One timer serves every stream: each tick beats a slice of them, so that ten thousand beats
never stand before a message.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable

BEAT_EVERY_S = 15.0
TICK_S = 0.1

Beat = Callable[[], None]


class Beats:
    """Calls what is registered, each once in BEAT_EVERY_S."""

    def __init__(self) -> None:
        self._slices: list[set[Beat]] = [set() for _slice in range(round(BEAT_EVERY_S / TICK_S))]
        self._where: dict[Beat, int] = {}
        self._now = 0

    def add(self, beat: Beat) -> None:
        """Call `beat` from now on, first in BEAT_EVERY_S."""
        self._where[beat] = self._now
        self._slices[self._now].add(beat)

    def remove(self, beat: Beat) -> None:
        """Call it no more."""
        self._slices[self._where.pop(beat)].discard(beat)

    async def run(self) -> None:
        """Beat until cancelled."""
        while True:
            await asyncio.sleep(TICK_S)
            self._now = (self._now + 1) % len(self._slices)
            for beat in tuple(self._slices[self._now]):
                beat()
