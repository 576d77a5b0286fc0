"""The embedded engine: one SQLite file, many readers in threads and processes, one writer."""

from __future__ import annotations

import heapq
import sqlite3
import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from math import isfinite
from pathlib import Path

from leeward.directory.rules import hours
from leeward.directory.search import files
from leeward.directory.search.areas import Areas
from leeward.directory.search.asking import Asking, Found
from leeward.directory.search.building import build
from leeward.directory.search.conditions import minute_of
from leeward.directory.search.geometry import clean
from leeward.directory.search.morton import middle_of
from leeward.directory.search.plan import plan_of
from leeward.directory.search.reader import IsOpen, Reader
from leeward.directory.search.rings import find_around, find_in_order
from leeward.directory.search.types import (
    MOST_RADIUS_KM,
    MOST_RESULTS,
    Document,
    Hit,
    IndexUnfit,
    Point,
    Query,
    Results,
)
from leeward.directory.search.use import Use
from leeward.directory.search.words import read
from leeward.directory.search.writing import write

__all__ = ["SqliteIndex", "build"]

WRITER_CACHE_KB = 8_000
# The disk's or a neighbour's fault, not the file's: trying again later may work.
_PASSING = {
    sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_BUSY,
    sqlite3.SQLITE_LOCKED,
    sqlite3.SQLITE_READONLY,
}
_OLDEST = 150


class SqliteIndex:
    """The index at `path`: each thread has its own connection.

    A rebuilt file is taken up by the next search; nothing is opened before it is needed, and what
    `close` closed is opened again by the next use.
    """

    def __init__(self, path: Path, is_open: IsOpen = hours.is_open) -> None:
        self._path = path
        self._is_open = is_open
        self._own = threading.local()
        self._use = Use(path)

    def search(self, query: Query) -> Results:
        """Return what fits `query`. Raises IndexUnfit."""
        asked = tidy(query)
        with self._reading() as reader:
            reader.begin()
            try:
                return _answer(asked, reader)
            finally:
                reader.end()

    def apply(self, put: Iterable[Document], remove: Sequence[int], *, sequence: int) -> None:
        """Write and remove documents, all or nothing.

        A `sequence` behind the file's own changes nothing. Raises IndexUnfit, or sqlite3's
        OperationalError for a full disk; the file then stays as it was.
        """
        with files.locked(self._path, "write"), _faults():
            writer = self._writer()
            write(writer, put, remove, sequence=sequence)

    def sequence(self) -> int:
        """Return the last sequence of the change log that was applied. Raises IndexUnfit."""
        with self._reading() as reader:
            found = reader.connection.execute("SELECT sequence FROM state").fetchone()
        return int(found[0])

    def close(self) -> None:
        """Close this thread's connections; with the last of all threads' the lock of their use."""
        self._let_go("reader")
        self._let_go("writer")

    @contextmanager
    def _reading(self) -> Iterator[Reader]:
        """Give this thread's reader of the file that is served now."""
        with _faults():
            yield self._reader()

    def _reader(self) -> Reader:
        served = files.identity(self._path)
        reader: Reader | None = getattr(self._own, "reader", None)
        if reader is None or reader.identity != served:
            self._let_go("reader")
            with self._use.begun(served):
                reader = self._own.reader = Reader(self._path, self._is_open)
        return reader

    def _writer(self) -> sqlite3.Connection:
        """Return this thread's connection for writing; the lock must be held."""
        served = files.identity(self._path)
        writer: sqlite3.Connection | None = getattr(self._own, "writer", None)
        if writer is None or self._own.written != served:
            self._let_go("writer")
            with self._use.begun(served):
                writer = files.connect(self._path, cache_kb=WRITER_CACHE_KB)
                try:
                    files.check(writer, self._path)
                except BaseException:
                    writer.close()
                    raise
            self._own.writer, self._own.written = writer, served
        return writer

    def _let_go(self, name: str) -> None:
        held = self._own.__dict__.pop(name, None)
        if held is not None:
            held.close()
            self._use.ended()


@contextmanager
def _faults() -> Iterator[None]:
    """Turn SQLite's word for a damaged file into IndexUnfit."""
    try:
        yield
    except sqlite3.DatabaseError as wrong:
        if getattr(wrong, "sqlite_errorcode", None) in _PASSING:
            raise
        raise IndexUnfit(type(wrong).__name__) from wrong


def tidy(query: Query) -> Query:
    """Return the question within its limits, whatever was asked."""
    radius = query.radius_km if isfinite(query.radius_km) else MOST_RADIUS_KM
    age = query.oldest_boy_age
    return replace(
        query,
        point=clean(query.point),
        radius_km=min(MOST_RADIUS_KM, max(0.0, radius)),
        oldest_boy_age=None if age is None else min(_OLDEST, max(0, age)),
        offset=min(MOST_RESULTS, max(0, query.offset)),
        limit=max(0, query.limit),
    )


def _answer(query: Query, reader: Reader) -> Results:
    reading = read(query.words, reader)
    end = min(query.offset + query.limit, MOST_RESULTS)
    if reading.is_hopeless or end <= query.offset:
        return Results((), has_more=False, read_as=reading.read_as)
    plan = plan_of(query, reading, reader.count, reader.state.total)
    asking = Asking(query, reader, plan, wanted=min(end + 1, MOST_RESULTS))
    if query.open_at is not None:
        reader.openings.at(minute_of(query.open_at))
    areas = Areas(asking, query.areas)
    if query.point is not None:
        find_around(asking, areas, query.point, query.radius_km)
    areas.take_needed()
    if query.point is None:
        find_in_order(asking)
    best = heapq.nsmallest(asking.wanted, asking.found)
    hits = _hits(best[query.offset : end], asking)
    return Results(hits, has_more=len(best) > end, read_as=reading.read_as)


def _hits(best: Sequence[Found], asking: Asking) -> tuple[Hit, ...]:
    marks = ",".join("?" * len(best))
    ask = f"SELECT id, card FROM told WHERE id IN ({marks})"  # noqa: S608  -- question marks
    cards = dict(asking.reader.connection.execute(ask, [one[2] for one in best]))
    return tuple(
        Hit(
            number,
            km,
            key,
            bool(stale),
            _named(unknown, asking.wishes),
            cards[rowid],
            _near(rowid),
        )
        for key, number, rowid, km, stale, unknown in best
    )


def _near(rowid: int) -> Point | None:
    middle = middle_of(rowid)
    return None if middle is None else Point(*middle)


def _named(unknown: int, wishes: Sequence[str]) -> frozenset[str]:
    return frozenset(wish for bit, wish in enumerate(wishes) if unknown >> bit & 1)
