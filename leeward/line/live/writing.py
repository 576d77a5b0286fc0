"""The group commit: one thread stores what waits, many messages in one transaction.

While one commit waits for the disk, the next messages gather; so the busier the line, the fewer
commits a message costs. A message is answered only after its commit.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Sequence

from django.db import DatabaseError, InterfaceError, connections

from leeward.line.live.workers import close_broken
from leeward.line.services import storing
from leeward.line.services.storing import Answer, Incoming
from leeward.safety import log

MOST_IN_ONE = 200
MOST_WAITING = 5_000


class NotStored(Exception):
    """The database would not take it: try again. is_disk_full: no room is left."""

    def __init__(self, *, is_disk_full: bool) -> None:
        super().__init__(is_disk_full)
        self.is_disk_full = is_disk_full


Outcome = Answer | NotStored
_Job = tuple[Incoming, "asyncio.Future[Answer]"]


class Writer(threading.Thread):
    """The one thread that stores what visitors with scripts send."""

    def __init__(self) -> None:
        super().__init__(name="line-writer", daemon=True)
        self._loop = asyncio.get_running_loop()
        self._has_work = threading.Condition()
        self._waiting: list[_Job] = []
        self._is_over = False

    async def store(self, incoming: Incoming) -> Answer:
        """Return what became of a message, once it is committed. Raises NotStored."""
        done: asyncio.Future[Answer] = self._loop.create_future()
        with self._has_work:
            if len(self._waiting) >= MOST_WAITING or self._is_over:
                raise NotStored(is_disk_full=False)
            self._waiting.append((incoming, done))
            self._has_work.notify()
        return await done

    def stop(self) -> None:
        """Store what waits, then end. Blocks for a moment."""
        with self._has_work:
            self._is_over = True
            self._has_work.notify()
        self.join()

    def run(self) -> None:
        """Store until told to stop."""
        try:
            while jobs := self._next():
                outcomes = _store([incoming for incoming, _done in jobs])
                self._loop.call_soon_threadsafe(_settle, jobs, outcomes)
        finally:
            connections.close_all()

    def _next(self) -> list[_Job]:
        """Return what waits, in its order; nothing once it is over."""
        with self._has_work:
            self._has_work.wait_for(lambda: self._waiting or self._is_over)
            jobs, self._waiting = self._waiting[:MOST_IN_ONE], self._waiting[MOST_IN_ONE:]
            return jobs


def _store(messages: Sequence[Incoming]) -> list[Outcome]:
    """Store all at once; if that fails, one by one, so that one bad message stops no other."""
    try:
        answers = storing.store(messages)
    except (DatabaseError, InterfaceError) as wrong:
        close_broken()
        if len(messages) == 1:
            return [_not_stored(wrong)]
        return [outcome for message in messages for outcome in _store([message])]
    except Exception as wrong:  # noqa: BLE001  -- this thread serves everybody and must go on
        log.error("line.storing_failed", kind=type(wrong).__name__)
        return [NotStored(is_disk_full=False) for _message in messages]
    storing.announce_stored(answers)
    return list(answers)


def _not_stored(wrong: Exception) -> NotStored:
    is_disk_full = "full" in str(wrong) or "No space left" in str(wrong)
    log.error("line.not_stored", kind=type(wrong).__name__, disk_full=is_disk_full)
    return NotStored(is_disk_full=is_disk_full)


def _settle(jobs: Sequence[_Job], outcomes: Sequence[Outcome]) -> None:
    for (_incoming, done), outcome in zip(jobs, outcomes, strict=True):
        if done.done():  # she went; it is stored all the same
            continue
        if isinstance(outcome, NotStored):
            done.set_exception(outcome)
        else:
            done.set_result(outcome)
