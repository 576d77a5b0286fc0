"""This node's copy of what may be found: one index file, fed by the change log.

Every process of the node shares the file. Whoever sees that the log moved brings the file up to
it, under a lock: after a commit, each second (`following.py`, or a search where no server runs),
and each minute. A file that is missing, damaged, made by another version, or from another database
is made anew in the background, beside the old one, and comes into use when it is whole.
"""

from __future__ import annotations

import sqlite3
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from datetime import date

from django.db import Error as DatabaseTrouble
from django.db import connections

from leeward.directory.models import ServiceAtLocation
from leeward.directory.search import files
from leeward.directory.search.index import SqliteIndex, build
from leeward.directory.search.types import Engine, IndexUnfit
from leeward.directory.services import changes, public
from leeward.directory.services.indexing import reading
from leeward.directory.services.indexing.compiling import documents_of
from leeward.directory.services.indexing.folder import Folder, is_whole
from leeward.directory.services.indexing.watching import Counted, Progress, Watched
from leeward.safety import log

LOOK_EVERY_S = 1.0
LOOKS_MISSED = 2  # by the thread that looks ahead; then searches look themselves
WAIT_S = 1.0  # for another process that writes; the next look comes soon
WAIT_FOR_REBUILD_S = 600.0
RETRY_S = 30.0
STEP = 500
INLINE = 200  # more changes than that are not made while somebody waits for a page
REBUILD_FROM = 2000
REBUILD_SHARE = 0.5  # of all offers: writing half of them one by one takes longer than all anew

TROUBLE = (OSError, sqlite3.Error, DatabaseTrouble)
UNFIT = (IndexUnfit, changes.LogBroken)


class Replica:
    """The index in `folder`, as this process reads and writes it."""

    def __init__(self, folder: Folder) -> None:
        self.folder = folder
        self.index = SqliteIndex(folder.file)
        self.look_every_s = LOOK_EVERY_S
        self.retry_s = RETRY_S
        self.work_apart: Callable[[Callable[[], None]], None] = self._in_a_thread
        self._next_look = self._next_try = 0.0
        self._day: date | None = None
        self._working = threading.Lock()

    # -- for those who search --

    def engine(self) -> Engine:
        """Return the engine. Raises IndexUnfit while there is none to search with."""
        now = time.monotonic()
        if now >= self._next_look:
            self._next_look = now + self.look_every_s
            self.follow()
        self.index.sequence()
        return Watched(self.index, self.mend)

    # -- for those who write --

    def look_ahead(self) -> bool:
        """Follow the log, so that no search of the next two seconds has to.

        Returns whether all went well. To be called each second, apart from any search.
        """
        self._next_look = time.monotonic() + LOOKS_MISSED * self.look_every_s
        return self.follow()

    def follow(self) -> bool:
        """Apply a few changes at once, many in the background. Never raises for a fault.

        Returns whether there was none.
        """
        try:
            self._look_at_the_calendar()
            waiting = self._waiting()
            if waiting > INLINE:
                self.work_apart(self.catch_up)
            elif waiting:
                self._apply_changes()
        except UNFIT:
            self.mend()
        except TROUBLE as wrong:
            _tell("directory.index_not_followed", wrong)
        else:
            return True
        return False

    def catch_up(self) -> None:
        """Bring the index up to the log now, or make it anew where that is quicker or needed.

        Raises what the disk or the database raise.
        """
        try:
            if self._is_far_behind():
                self.rebuild()
            self._apply_changes()
        except UNFIT:
            self.rebuild()

    def rebuild(self, progress: Progress | None = None) -> None:
        """Make a new index and bring it into use when it is whole; the old one serves on.

        progress: told how many are written, of how many. Raises what disk or database raise.
        """
        with self.folder.rebuilding(wait_s=WAIT_FOR_REBUILD_S):
            self._build(progress)

    def make_ready(self, progress: Progress | None = None) -> bool:
        """Make the index if it is unfit, and return whether it was; else only catch up.

        A fault is logged: whoever starts the site goes on without search.
        """
        try:
            with self.folder.rebuilding(wait_s=WAIT_FOR_REBUILD_S):
                if self._is_unfit():
                    self._build(progress)
                    return True
            self.catch_up()
        except (*TROUBLE, *UNFIT) as wrong:
            _tell("directory.index_not_built", wrong)
        return False

    def check(self) -> None:
        """Read the whole file; make it anew when it is damaged where no search has been yet."""
        if not is_whole(self.folder.file):
            self.mend()

    def mend(self) -> None:
        """Make the index anew in the background, if that was not tried just now."""
        now = time.monotonic()
        if now < self._next_try:
            return
        self._next_try = now + self.retry_s
        log.warning("directory.index_unfit")
        damaged = self._identity()
        self.work_apart(lambda: self._mend(damaged))

    # -- inside --

    def _mend(self, damaged: files.Identity | None) -> None:
        """Make the index anew unless another process did since it was seen to be damaged."""
        with self.folder.rebuilding(wait_s=WAIT_FOR_REBUILD_S):
            if self._identity() == damaged or self._is_unfit():
                self._build(None)

    def _build(self, progress: Progress | None) -> None:
        began, place, counted = time.monotonic(), changes.position(), Counted(progress)
        build(self.folder.file, counted.documents(), place)
        self.folder.tidy()
        seconds = round(time.monotonic() - began, 1)
        log.info("directory.index_built", count=counted.done, seconds=seconds)
        self._apply_changes()

    def _identity(self) -> files.Identity | None:
        with suppress(IndexUnfit):
            return files.identity(self.folder.file)
        return None

    def _is_unfit(self) -> bool:
        """Return whether nothing can be built upon the file in use."""
        try:
            changes.since(self.index.sequence(), most=1)
        except UNFIT:
            return True
        return False

    def _look_at_the_calendar(self) -> None:
        """Once a day, have offers leave whose approval ended; the day they end nobody writes."""
        today = public.today()
        if self._day != today:
            changes.touch_expired()
            self._day = today

    def _waiting(self) -> int:
        """Return how many changes are not applied. Raises IndexUnfit, LogBroken."""
        here, there = self.index.sequence(), changes.position()
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
            while is_mine:
                place = self.index.sequence()
                found = changes.since(place, most=STEP)
                if not found.numbers:
                    return
                self._apply(found, place)

    def _apply(self, found: changes.Changes, place: int) -> None:
        """Write what changed. Raises IndexUnfit when the file must go; what it told is out then."""
        numbers = [number for number in found.numbers if number != changes.FORGET]
        must_go = len(numbers) < len(found.numbers)
        put = [each for batch in reading.by_number(numbers) for each in documents_of(batch)]
        gone = set(numbers) - {each.number for each in put}
        self.index.apply(put, sorted(gone), sequence=place if must_go else found.position)
        if must_go:
            raise IndexUnfit("something in it must be forgotten")

    def _in_a_thread(self, work: Callable[[], None]) -> None:
        """Do `work` in a thread of its own, unless this process does such work already."""
        if self._working.acquire(blocking=False):
            threading.Thread(target=self._work, args=(work,), name="index", daemon=True).start()

    def _work(self, work: Callable[[], None]) -> None:
        try:
            work()
        except (*TROUBLE, *UNFIT) as wrong:
            _tell("directory.index_not_built", wrong)
        finally:
            self.index.close()
            connections.close_all()
            self._working.release()


def _tell(event: str, wrong: BaseException) -> None:
    log.error(event, kind=type(wrong).__name__)
