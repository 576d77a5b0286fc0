"""A thread of each server process that looks at the change log every second.

Searches then find the index up to date and need not look themselves: a look opens a connection to
the database, and whoever searched at that moment waited for it. The thread's own connection lasts.
"""

from __future__ import annotations

import threading
from collections.abc import Callable

from django.db import connections

from leeward.directory.services.indexing.replicas import LOOK_EVERY_S, RETRY_S, Replica

STOP_WITHIN_S = 5.0


class Follower(threading.Thread):
    """Keeps a node's index up to the change log, from `start` to `stop`."""

    def __init__(self, replica: Callable[[], Replica]) -> None:
        super().__init__(name="follower", daemon=True)
        self._replica = replica
        self._is_over = threading.Event()
        self.look_every_s = LOOK_EVERY_S
        self.retry_s = RETRY_S

    def run(self) -> None:
        """Look, rest, and look again. After trouble it rests longer and takes a new connection."""
        replica = self._replica()
        try:
            pause_s = 0.0
            while not self._is_over.wait(pause_s):
                is_well = replica.look_ahead()
                pause_s = self.look_every_s if is_well else self.retry_s
                if not is_well:
                    connections.close_all()
        finally:
            replica.index.close()
            connections.close_all()

    def stop(self) -> None:
        """End the thread; its connection is closed when this returns. Blocks for a moment."""
        self._is_over.set()
        if self.is_alive():
            self.join(STOP_WITHIN_S)
