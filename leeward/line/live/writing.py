"""The group commit: one thread stores what waits, many messages in one transaction.

While one commit waits for the disk, the next messages gather; so the busier the line, the fewer
commits a message costs. A message is answered only after its commit. Other writing of many rows is
done here in short pieces: SQLite lets one write at a time, and who finds it locked sleeps for long.
"""

from __future__ import annotations

import asyncio
import threading
from collections import deque
from collections.abc import Callable, Sequence

from django.db import DatabaseError, InterfaceError, connections

from leeward.line.live.log_back import Log
from leeward.line.live.workers import close_broken
from leeward.line.services.endings.database_log import leave_log_alone
from leeward.line.services.talks import storing
from leeward.line.services.talks.storing import Answer, Incoming
from leeward.safety import log

MOST_IN_ONE = 200
MOST_WAITING = 5_000
PIECE_GROWS_BY = 20  # messages that write as much as one piece of other writing


class NotStored(Exception):
    """The database would not take it: try again. is_disk_full: no room is left."""

    def __init__(self, *, is_disk_full: bool) -> None:
        super().__init__(is_disk_full)
        self.is_disk_full = is_disk_full


Outcome = Answer | NotStored
_Job = tuple[Incoming, "asyncio.Future[Answer]"]
_Piece = tuple[Callable[[], object], "asyncio.Future[None]"]


class Writer(threading.Thread):
    """The one thread that stores what visitors with scripts send."""

    def __init__(self) -> None:
        super().__init__(name="line-writer", daemon=True)
        self._loop = asyncio.get_running_loop()
        self._has_work = threading.Condition()
        self._waiting: list[_Job] = []
        self._between: deque[_Piece] = deque()
        self._log = Log()
        self._is_over = False

    async def between(self, work: Callable[[], object]) -> None:
        """Do a short piece of writing between two groups, when no message waits for a lock.

        Raises what it raises, and NotStored when the writer is over.
        """
        done: asyncio.Future[None] = self._loop.create_future()
        with self._has_work:
            if self._is_over:
                raise NotStored(is_disk_full=False)
            self._between.append((work, done))
            self._has_work.notify()
        await done

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
        self._log.start()
        leave_log_alone()
        try:
            while self._wait():
                self._store_next()
                self._do_piece()
        finally:
            self._log.stop()
            connections.close_all()

    def _wait(self) -> bool:
        """Wait for work; return whether there is any. Once it is over: whether any is left."""
        with self._has_work:
            self._has_work.wait_for(lambda: self._waiting or self._between or self._is_over)
            return bool(self._waiting or self._between)

    def _store_next(self) -> None:
        """Store what waits, in its order."""
        with self._has_work:
            jobs, self._waiting = self._waiting[:MOST_IN_ONE], self._waiting[MOST_IN_ONE:]
        if jobs:
            outcomes = _store([incoming for incoming, _done in jobs])
            self._loop.call_soon_threadsafe(_settle, jobs, outcomes)
            self._log.grew(len(jobs))

    def _do_piece(self) -> None:
        if not self._between:
            return
        work, done = self._between.popleft()
        try:
            work()
        except Exception as wrong:  # noqa: BLE001  -- raised again where it is waited for
            close_broken()
            self._loop.call_soon_threadsafe(_settle_piece, done, wrong)
        else:
            self._loop.call_soon_threadsafe(_settle_piece, done, None)
            self._log.grew(PIECE_GROWS_BY)


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


def _settle_piece(done: asyncio.Future[None], wrong: Exception | None) -> None:
    if done.done():
        return
    if wrong is None:
        done.set_result(None)
    else:
        done.set_exception(wrong)
