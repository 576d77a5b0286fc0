"""Who listens to what in this process, and the way of an event to them.

`announce` may be called in any thread; everything else belongs to the loop. An event is a wake and
never the truth: whoever misses one reads the database.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from typing import Any

from leeward.safety import log

Event = dict[str, Any]
Listener = Callable[[str, Event], None]


class Hub:
    """Channels and their listeners in one process."""

    def __init__(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._listeners: dict[str, tuple[Listener, ...]] = {}
        self._lock = threading.Lock()
        self._inbox: list[tuple[str, Event]] = []
        self._passing_on: Listener | None = None

    def passes_on(self, listener: Listener) -> None:
        """Have each event of this process passed on to the others by `listener`."""
        self._passing_on = listener

    def follow(self, channel: str, listener: Listener) -> None:
        """Call `listener(channel, event)` in the loop for each event of `channel`."""
        self._listeners[channel] = (*self._listeners.get(channel, ()), listener)

    def unfollow(self, channel: str, listener: Listener) -> None:
        """Call it no more."""
        left = tuple(each for each in self._listeners.get(channel, ()) if each != listener)
        if left:
            self._listeners[channel] = left
        else:
            self._listeners.pop(channel, None)

    def announce(self, channel: str, event: Event) -> None:
        """Take an event, in any thread; listeners hear it soon, in the order of the calls."""
        with self._lock:
            self._inbox.append((channel, event))
            is_first = len(self._inbox) == 1
        if is_first and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._deliver_all)

    def deliver(self, channel: str, event: Event) -> None:
        """Call the listeners of `channel`. One that fails is logged and stops no other."""
        for listener in self._listeners.get(channel, ()):
            try:
                listener(channel, event)
            except Exception as wrong:  # noqa: BLE001  -- the others must still hear it
                log.error("line.listener_failed", kind=type(wrong).__name__)

    def _deliver_all(self) -> None:
        with self._lock:
            events, self._inbox = self._inbox, []
        for channel, event in events:
            self.deliver(channel, event)
            if self._passing_on is not None:
                self._passing_on(channel, event)
