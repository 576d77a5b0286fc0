"""Making a whole index: aside, in the order of the map, then served at one stroke."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from pathlib import Path

from leeward.directory.search import files
from leeward.directory.search.rows import Row, Small, row_of
from leeward.directory.search.schema import TABLES
from leeward.directory.search.types import Document

AT_ONCE = 2_000
_CACHE_KB = 32_000

Progress = Callable[[int], None]

# A table of our own disk space holds the rows in the order they come, to be read out in the order
# of the map: a B-tree filled in order is packed and quick to scan.
_SPOOL = """
CREATE TABLE spool.row (
    id INTEGER, x REAL, y REAL, z REAL, needs, yes, no, languages, boys, hours, beds, due,
    tokens TEXT, card BLOB
)
"""
_SORTED = """
INSERT INTO entry SELECT id, x, y, z, needs, yes, no, languages, boys, hours, beds, due
FROM spool.row ORDER BY id;
INSERT INTO told SELECT id, tokens, card FROM spool.row ORDER BY id;
INSERT INTO word_of (word_of, rank) VALUES ('automerge', 0);
INSERT INTO word_of (word_of, rank) VALUES ('hashsize', 33554432);
INSERT INTO word_of (rowid, tokens) SELECT id, tokens FROM told ORDER BY id;
INSERT INTO word_of (word_of) VALUES ('optimize');
INSERT INTO word_of (word_of, rank) VALUES ('automerge', 4);
INSERT INTO word_of (word_of, rank) VALUES ('hashsize', 1048576);
"""


def build(
    path: Path,
    documents: Iterable[Document],
    sequence: int,
    progress: Progress | None = None,
) -> None:
    """Make a new index from all documents and serve it.

    sequence: the last of the change log that the documents show. progress: told how many are in.
    The index that is served meanwhile stays as it is, also when this is killed. One process
    builds at a time; a second one waits. Raises ValueError for two documents of one number.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    with files.locked(path, "build"):
        files.remove_others(path, but=path.resolve())
        made = files.next_file(path)
        try:
            _make(made, documents, sequence, progress or (lambda _count: None))
        except BaseException:
            files.remove(made)
            raise
        finally:
            files.remove(_spool_of(made))
        files.serve(path, made)


def _spool_of(made: Path) -> Path:
    return Path(f"{made}-spool")


def _make(made: Path, documents: Iterable[Document], sequence: int, progress: Progress) -> None:
    files.remove(_spool_of(made))
    connection = sqlite3.connect(made, isolation_level=None)
    try:
        connection.execute(f"PRAGMA cache_size = -{_CACHE_KB}")
        connection.execute("PRAGMA journal_mode = OFF")
        connection.execute("PRAGMA synchronous = OFF")
        connection.executescript(TABLES)
        connection.execute("ATTACH ? AS spool", [str(_spool_of(made))])
        connection.execute("PRAGMA spool.journal_mode = OFF")
        connection.execute("PRAGMA spool.synchronous = OFF")
        connection.execute(_SPOOL)
        total, counts = _fill(connection, documents, progress)
        _sort(connection, counts)
        _finish(connection, total, sequence)
    finally:
        connection.close()


def _fill(
    connection: sqlite3.Connection, documents: Iterable[Document], progress: Progress
) -> tuple[int, Counter[str]]:
    """Write the rows in the order they come; return how many, and the words' counts."""
    small, counts, total = Small.of(connection), Counter[str](), 0
    connection.execute("BEGIN")
    for rows in _batches(row_of(document, small) for document in documents):
        _spool(connection, rows)
        for row in rows:
            counts.update(row.tokens.split())
        total += len(rows)
        progress(total)
    connection.execute("COMMIT")
    return total, counts


def _batches(rows: Iterator[Row]) -> Iterator[list[Row]]:
    while batch := list(islice(rows, AT_ONCE)):
        yield batch


def _spool(connection: sqlite3.Connection, rows: list[Row]) -> None:
    marks = ",".join("?" * 14)
    connection.executemany(
        f"INSERT INTO spool.row VALUES ({marks})",  # noqa: S608  -- question marks
        [(*row.entry, row.tokens, row.card) for row in rows],
    )
    try:
        connection.executemany(
            "INSERT INTO number VALUES (?, ?)", [(row.number, row.id) for row in rows]
        )
    except sqlite3.IntegrityError as wrong:
        raise ValueError("two documents have the same number") from wrong


def _sort(connection: sqlite3.Connection, counts: Counter[str]) -> None:
    """Write the tables in the order of the map."""
    connection.execute("BEGIN")
    for statement in _SORTED.split(";"):
        connection.execute(statement)
    connection.executemany("INSERT INTO word VALUES (?, ?)", sorted(counts.items()))
    connection.execute("COMMIT")


def _finish(connection: sqlite3.Connection, total: int, sequence: int) -> None:
    """Mark the file as whole, on the disk, and ready to be read while it is written."""
    connection.execute("DETACH spool")
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute(
        "UPDATE state SET is_whole = 1, sequence = ?, total = ?, codes_stamp = 1, words_stamp = 1",
        [sequence, total],
    )
