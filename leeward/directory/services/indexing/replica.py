"""This node's copy of what may be found: one index file, fed by the change log.

Every process of the node shares the file. Whoever sees that the log moved brings the file up to
it, under a lock: after a commit, before a search (a look each second), and each minute. A file
that is missing, damaged, made by another version, or from another database is made anew in the
background, beside the old one, and comes into use when it is whole.
"""

from __future__ import annotations

import sqlite3
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Protocol

from django.db import Error as DatabaseTrouble
from django.db import connections

from leeward.directory.models import ServiceAtLocation
from leeward.directory.search.types import Document, Engine, IndexUnfit, Query, Results
from leeward.directory.services import changes, public
from leeward.directory.services.indexing import reading
from leeward.directory.services.indexing.compiling import documents_of
from leeward.directory.services.indexing.folder import Folder
from leeward.safety import log

LOOK_EVERY_S = 1.0
WAIT_S = 1.0  # for another process that writes; the next look comes soon
WAIT_FOR_REBUILD_S = 600.0
RETRY_S = 30.0
STEP = 500
INLINE = 200  # more changes than that are not made while somebody waits for a page
REBUILD_FROM = 2000
REBUILD_SHARE = 0.5  # of all offers: writing half of them one by one takes longer than all anew

Progress = Callable[[int, int], None]
TROUBLE = (OSError, sqlite3.Error, DatabaseTrouble)


class Build(Protocol):
    """Makes an index file at a path that no file bears."""

    def __call__(self, path: Path, documents: Iterable[Document], *, sequence: int) -> object:
        """Write all `documents`, in no order, and the place in the log that they are true for."""


class Replica:
    """The index in `folder`; `open_index` and `build_index` are the engine's."""

    def __init__(
        self, folder: Folder, open_index: Callable[[Path], Engine], build_index: Build
    ) -> None:
        self.folder = folder
        self._open_index = open_index
        self._build_index = build_index
        self._opened: tuple[tuple[int, int], Engine] | None = None
        self._opening = threading.Lock()
        self._next_look = 0.0
        self._next_try = 0.0
        self._day: date | None = None
        self._working = threading.Lock()
        self.look_every_s = LOOK_EVERY_S
        self.retry_s = RETRY_S
        self.work_apart: Callable[[Callable[[], None]], None] = self._in_a_thread

    # -- for those who search --

    def engine(self) -> Engine:
        """Return the engine over the file in use. Raises IndexUnfit while there is none."""
        self.look()
        try:
            return Watched(self, self._open())
        except IndexUnfit:
            self.mend()
            return Watched(self, self._open())

    def look(self) -> None:
        """Bring the index up to the log, at most once a second; trouble leaves it as it is."""
        now = time.monotonic()
        if now < self._next_look:
            return
        self._next_look = now + self.look_every_s
        self.follow()

    # -- for those who write --

    def follow(self) -> None:
        """Apply a few changes at once, many in the background. Never raises for a fault."""
        try:
            self._look_at_the_calendar()
            waiting = self._waiting()
            if waiting > INLINE:
                self.work_apart(self.catch_up)
            elif waiting:
                self._apply_changes()
        except (IndexUnfit, changes.LogBroken):
            self.mend()
        except TROUBLE as wrong:
            _tell("directory.index_not_followed", wrong)

    def catch_up(self) -> None:
        """Bring the index up to the log now, or make it anew where that is quicker or needed.

        Raises what the disk or the database raise.
        """
        try:
            if self._is_far_behind():
                self.rebuild()
            self._apply_changes()
        except (IndexUnfit, changes.LogBroken):
            self.rebuild()

    def rebuild(self, progress: Progress | None = None, *, is_forced: bool = True) -> bool:
        """Make a new index file and bring it into use when it is whole; the old one serves on.

        progress: told how many are written, of how many. is_forced: also when the present one is
        good. Returns False when another process made one meanwhile. Raises what disk or database
        raise.
        """
        with self.folder.rebuilding(wait_s=WAIT_FOR_REBUILD_S) as is_mine:
            if not is_mine or not (is_forced or self._is_unfit()):
                return False
            self.folder.tidy()
            began, place, file = time.monotonic(), changes.position(), self.folder.fresh_file()
            counted = _Counted(progress)
            self._build_index(file, counted.documents(), sequence=place)
            with self.folder.writing(wait_s=WAIT_FOR_REBUILD_S):
                self.folder.switch_to(file)
            self.folder.tidy()
        seconds = round(time.monotonic() - began, 1)
        log.info("directory.index_built", count=counted.done, seconds=seconds)
        self._apply_changes()
        return True

    def mend(self) -> None:
        """Make the index anew in the background, if that was not tried just now."""
        now = time.monotonic()
        if now < self._next_try:
            return
        self._next_try = now + self.retry_s
        log.warning("directory.index_unfit")
        self.work_apart(self._rebuild_if_unfit)

    def make_ready(self, progress: Progress | None = None) -> bool:
        """Make the index if it is unfit, and return whether it was; else only catch up."""
        if self._is_unfit():
            return self.rebuild(progress, is_forced=False)
        self.catch_up()
        return False

    def reopen(self, damaged: Engine) -> Engine:
        """Return the engine over another file than `damaged`'s. Raises IndexUnfit, and mends."""
        if self._open() is damaged:
            self._throw_away(damaged)
            self.mend()
        return self._open()

    # -- inside --

    def _open(self) -> Engine:
        stamp = self.folder.stamp()
        opened = self._opened
        if opened and opened[0] == stamp:
            return opened[1]
        with self._opening:
            index = self._open_index(self.folder.current())
            index.sequence()
            self._opened = stamp, index
        return index

    def _throw_away(self, damaged: Engine) -> None:
        """Take a damaged file out of use, for every process, unless another did already."""
        with self.folder.writing(wait_s=WAIT_S) as is_mine:
            if is_mine and self._opened and self._opened[1] is damaged:
                if self._opened[0] == self.folder.stamp():
                    (self.folder.path / "current").unlink(missing_ok=True)
                self._opened = None

    def _rebuild_if_unfit(self) -> None:
        self.rebuild(is_forced=False)

    def _is_unfit(self) -> bool:
        """Return whether nothing can be built upon the file in use."""
        try:
            changes.since(self._open().sequence(), most=1)
        except (IndexUnfit, changes.LogBroken):
            return True
        return False

    def _look_at_the_calendar(self) -> None:
        """Once a day, have offers leave whose approval ended; the day they end nobody writes."""
        today = public.today()
        if self._day != today:
            changes.touch_expired()
            self._day = today

    def _waiting(self) -> int:
        """Return how many changes are not applied. Raises IndexUnfit."""
        here, there = self._open().sequence(), changes.position()
        waiting = (there >> changes.MARK_BITS) - (here >> changes.MARK_BITS)
        if waiting < 0 or (waiting == 0 and here != there):
            raise changes.LogBroken
        return waiting

    def _is_far_behind(self) -> bool:
        waiting = self._waiting()
        if waiting < REBUILD_FROM:
            return False
        return waiting > ServiceAtLocation.objects.count() * REBUILD_SHARE

    def _apply_changes(self) -> None:
        with self.folder.writing(wait_s=WAIT_S) as is_mine:
            if not is_mine:
                return
            index = self._open()
            while True:
                found = changes.since(index.sequence(), most=STEP)
                if not found.numbers:
                    return
                put = [each for batch in _batches(found.numbers) for each in documents_of(batch)]
                gone = set(found.numbers) - {each.number for each in put}
                index.apply(put, sorted(gone), sequence=found.position)

    def _in_a_thread(self, work: Callable[[], None]) -> None:
        """Do `work` in a thread of its own, unless this process does such work already."""
        if not self._working.acquire(blocking=False):
            return
        threading.Thread(target=self._work, args=(work,), name="index", daemon=True).start()

    def _work(self, work: Callable[[], None]) -> None:
        try:
            work()
        except (*TROUBLE, IndexUnfit, changes.LogBroken) as wrong:
            _tell("directory.index_not_built", wrong)
        finally:
            connections.close_all()
            self._working.release()


class Watched:
    """An engine that has its replica made anew when a search finds it damaged."""

    def __init__(self, replica: Replica, index: Engine) -> None:
        self._replica = replica
        self._index = index

    def search(self, query: Query) -> Results:
        """Return what fits `query`. Raises IndexUnfit; the index is then being made anew."""
        try:
            return self._index.search(query)
        except IndexUnfit:
            self._index = self._replica.reopen(self._index)
            return self._index.search(query)

    def apply(self, put: Iterable[Document], remove: Iterable[int], *, sequence: int) -> None:
        """Refuse: only the change log writes here."""
        raise NotImplementedError

    def sequence(self) -> int:
        """Return the place in the change log that the index stands at."""
        return self._index.sequence()


class _Counted:
    """All documents, counted as they go by."""

    def __init__(self, progress: Progress | None) -> None:
        self.done = 0
        self._progress = progress

    def documents(self) -> Iterator[Document]:
        """Yield the documents of all that is listed."""
        total = public.listed_services_at_locations().count() if self._progress else 0
        for batch in reading.everything():
            yield from documents_of(batch)
            self.done += len(batch.offers)
            if self._progress:
                self._progress(self.done, max(total, self.done))


def _batches(numbers: Iterable[int]) -> Iterator[reading.Batch]:
    return reading.by_number(list(numbers))


def _tell(event: str, wrong: BaseException) -> None:
    log.error(event, kind=type(wrong).__name__)
