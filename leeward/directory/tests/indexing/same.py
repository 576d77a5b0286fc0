"""Whether an index file holds just what a fresh one would."""

from __future__ import annotations

import sqlite3
import tempfile
from contextlib import closing
from pathlib import Path
from typing import Any

from leeward.directory.search.index import build
from leeward.directory.services import indexing

# Bits that stand for codes, numbered in the order in which the codes came; the card tells them.
_NUMBERED = {"needs", "yes", "no", "languages", "hours"}
_REST = (
    "SELECT word, count FROM word ORDER BY word",
    "SELECT count(*) FROM entry",
    "SELECT count(*) FROM told",
    "SELECT total FROM state",
)


def contents(file: Path) -> list[Any]:
    """Return all that an index file tells, but for how its codes are numbered."""
    with closing(sqlite3.connect(file)) as database:
        assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        database.execute("INSERT INTO word_of (word_of) VALUES ('integrity-check')")
        columns = [row[1] for row in database.execute("PRAGMA table_info(entry)")]
        same = ", ".join(f"e.{name}" for name in columns if name not in _NUMBERED)
        rows = database.execute(
            f"SELECT n.number, {same}, h.compiled, t.card, t.tokens FROM number n "
            "JOIN entry e ON e.id = n.id JOIN told t ON t.id = n.id "
            "LEFT JOIN hours h ON h.id = e.hours ORDER BY n.number"
        )
        entries = [(*row[:-1], *sorted(row[-1].split())) for row in rows]
        return [entries, *(database.execute(ask).fetchall() for ask in _REST)]


def fresh_contents() -> list[Any]:
    """Return the same of an index made just now from all records."""
    with tempfile.TemporaryDirectory() as folder:
        build(Path(folder) / "fresh", indexing.documents(), 0)
        return contents(Path(folder) / "fresh")
