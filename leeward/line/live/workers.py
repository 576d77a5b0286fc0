"""Threads that ask the database for the live half, each with a connection that lasts.

The loop waits for no disk and no database. A connection that broke is closed, and its next use
opens another.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import ParamSpec, TypeVar

from django.db import DatabaseError, InterfaceError, connections

THREADS = 4
STOP_WITHIN_S = 5

Given = ParamSpec("Given")
Result = TypeVar("Result")


def close_broken() -> None:
    """Close this thread's database connections that had an error."""
    for connection in connections.all(initialized_only=True):
        if connection.errors_occurred:
            connection.close()


class Workers:
    """A few lasting threads."""

    def __init__(self, threads: int = THREADS) -> None:
        self._threads = threads
        self._pool = ThreadPoolExecutor(threads, thread_name_prefix="line")

    async def do(
        self, work: Callable[Given, Result], *args: Given.args, **kwargs: Given.kwargs
    ) -> Result:
        """Return what `work` returns, done in one of the threads. Its errors are raised here.

        Reading only: work that met a broken connection is done once more.
        """

        def done() -> Result:
            try:
                return work(*args, **kwargs)
            except (DatabaseError, InterfaceError):
                if not _is_any_broken():
                    raise
                close_broken()
                return work(*args, **kwargs)
            finally:
                close_broken()

        return await asyncio.get_running_loop().run_in_executor(self._pool, done)

    def stop(self) -> None:
        """End the threads and close their connections. Blocks for a moment."""
        meeting = threading.Barrier(self._threads)
        for _thread in range(self._threads):
            self._pool.submit(_close_all, meeting)
        self._pool.shutdown(wait=True)


def _is_any_broken() -> bool:
    return any(each.errors_occurred for each in connections.all(initialized_only=True))


def _close_all(meeting: threading.Barrier) -> None:
    """Close this thread's connections; wait for the others, so that each thread does it once."""
    connections.close_all()
    try:
        meeting.wait(STOP_WITHIN_S)
    except threading.BrokenBarrierError:
        pass
