"""Measures the index in a process of its own, so that its memory is its own.

    python -m bench.search.measure build|ask|write PATH COUNT

Prints one JSON object.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from bench.search.documents import documents, questions
from leeward.directory.search.asking import EVERYWHERE, Asking
from leeward.directory.search.geometry import chord_km, vector
from leeward.directory.search.index import SqliteIndex, build, tidy
from leeward.directory.search.plan import plan_of
from leeward.directory.search.reader import Reader
from leeward.directory.search.types import Document, Query
from leeward.directory.search.words import read

QUESTIONS = 600
ROUNDS = 3
WRITES = 600
# Without rings a question takes long; so many of the 600 tell enough.
PLAIN_QUESTIONS = 60


@dataclass
class Watch:
    """Hands documents on, and counts the seconds that making them took."""

    made_s: float = 0.0

    def over(self, made: Iterator[Document]) -> Iterator[Document]:
        """Yield what is made."""
        while True:
            began = time.perf_counter()
            document = next(made, None)
            self.made_s += time.perf_counter() - began
            if document is None:
                return
            yield document


@dataclass(frozen=True)
class Asked:
    """Milliseconds of each question, and the process's memory in MB."""

    times_ms: list[float]
    plain_ms: list[float]
    resident_mb: float


def measure_build(path: Path, count: int) -> dict[str, float]:
    """Return seconds of building, without those of making the documents, and the file's size."""
    watch, began = Watch(), time.perf_counter()
    build(path, watch.over(documents(count)), 0)
    seconds = time.perf_counter() - began - watch.made_s
    return {"build_s": seconds, "size_mb": path.stat().st_size / 1e6}


def measure_asking(path: Path) -> Asked:
    """Return what the questions took, after one round that warms the caches."""
    index, asked = SqliteIndex(path), questions(QUESTIONS)
    times = [_time_ms(index, query) for _round in range(ROUNDS + 1) for query in asked]
    resident_mb = _resident_mb()
    index.close()
    reader = Reader(path, is_open=lambda _hours, _at: None)
    worded = [query for query in asked if query.words][:PLAIN_QUESTIONS]
    plain = [_plain_ms(reader, tidy(query)) for query in worded]
    return Asked(times[QUESTIONS:], plain, resident_mb)


def measure_writing(path: Path) -> list[float]:
    """Return the milliseconds of bringing one record at a time up to date, each its own commit."""
    index, times = SqliteIndex(path), []
    for at, document in enumerate(documents(WRITES)):
        changed = replace(document, beds_until=document.beds_until + at)
        began = time.perf_counter()
        index.apply([changed], [], sequence=at + 1)
        times.append((time.perf_counter() - began) * 1000)
    index.close()
    return times


def _time_ms(index: SqliteIndex, query: Query) -> float:
    began = time.perf_counter()
    index.search(query)
    return (time.perf_counter() - began) * 1000


def _plain_ms(reader: Reader, query: Query) -> float:
    """Return what the usual way takes: all that matches, its distances, the nearest of them."""
    began = time.perf_counter()
    reader.begin()
    reading = read(query.words, reader)
    plan = plan_of(query, reading, reader.count, reader.state.total)
    if query.point is not None and plan.match:
        asking = Asking(replace(query, open_at=None), reader, plan, wanted=21)
        here = vector(query.point)
        found = [
            (chord_km(sum((a - b) ** 2 for a, b in zip(place, here, strict=True))), rowid)
            for rowid, *place, _stale, _unknown in asking.rows([EVERYWHERE]) or []
        ]
        sorted(found)
    reader.end()
    return (time.perf_counter() - began) * 1000


def _resident_mb() -> float:
    """Return the memory held at this moment (RSS)."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * 4096 / 1e6


def main() -> None:
    """Measure what the command line names."""
    what, path, count = sys.argv[1], Path(sys.argv[2]), int(sys.argv[3])
    if what == "build":
        print(json.dumps(measure_build(path, count)))
    elif what == "ask":
        print(json.dumps(asdict(measure_asking(path))))
    else:
        print(json.dumps(measure_writing(path)))


if __name__ == "__main__":
    main()
