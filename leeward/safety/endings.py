"""Endings behind somebody who has left: once for one thing, and not without end."""

from __future__ import annotations

import asyncio
import hashlib

from leeward.safety.apart import run_apart
from leeward.safety.leaving import end_all

MOST_AT_ONCE = 500  # more than leave a full line in one moment; a flood costs no more than these
SIGNAL = "leave"


class Endings:
    """What is being ended now, by what the page said was open."""

    def __init__(self, most: int = MOST_AT_ONCE) -> None:
        self._most = most
        self._running: dict[bytes, asyncio.Task[None]] = {}

    def begin(self, opened: dict[str, str]) -> asyncio.Task[None] | None:
        """End what was open, in the background; return the work, the one that runs already if any.

        None when too many run: then what was open ends by its own grace.
        """
        name = _name(opened)
        running = self._running.get(name)
        if running is None and len(self._running) < self._most:
            running = asyncio.create_task(run_apart(end_all, opened))
            self._running[name] = running
            running.add_done_callback(lambda _done: self._running.pop(name, None))
        return running


def _name(opened: dict[str, str]) -> bytes:
    """Return a short name of what is open; the press itself makes no difference."""
    told = sorted(item for item in opened.items() if item[0] != SIGNAL)
    return hashlib.sha256(repr(told).encode()).digest()
