"""Putting and removing documents in a file that is being read."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterable, Sequence

from leeward.directory.search.rows import ENTRY, TOLD, Row, Small, row_of
from leeward.directory.search.types import Document

_STATE = """
UPDATE state SET sequence = :sequence, total = total + :more,
codes_stamp = codes_stamp + :codes, words_stamp = words_stamp + :words
"""


def write(
    connection: sqlite3.Connection,
    put: Iterable[Document],
    remove: Sequence[int],
    *,
    sequence: int,
) -> None:
    """Write and remove documents, all or nothing.

    A `sequence` behind the file's own is passed over: somebody else has written what it knows,
    and later things too.
    """
    connection.execute("BEGIN IMMEDIATE")
    try:
        (known,) = connection.execute("SELECT sequence FROM state").fetchone()
        if sequence >= known:
            _write(connection, put, remove, sequence)
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


def _write(
    connection: sqlite3.Connection,
    put: Iterable[Document],
    remove: Sequence[int],
    sequence: int,
) -> None:
    small, counts, more = Small.of(connection), Counter[str](), 0
    for number in remove:
        more -= _take_out(connection, number, counts)
    for document in put:
        row = row_of(document, small)
        more += 1 - _take_out(connection, row.number, counts)
        _put_in(connection, row, counts)
    has_new_words = _write_counts(connection, counts)
    connection.execute(
        _STATE,
        {
            "sequence": sequence,
            "more": more,
            "codes": int(small.has_new_codes),
            "words": int(has_new_words),
        },
    )


def _take_out(connection: sqlite3.Connection, number: int, counts: Counter[str]) -> int:
    """Remove an entry; return how many there were, 0 or 1."""
    ask = "SELECT n.id, t.tokens FROM number n JOIN told t ON t.id = n.id WHERE n.number = ?"
    found = connection.execute(ask, [number]).fetchone()
    if found is None:
        return 0
    rowid, tokens = found
    counts.subtract(tokens.split())
    connection.execute(
        "INSERT INTO word_of (word_of, rowid, tokens) VALUES ('delete', ?, ?)", [rowid, tokens]
    )
    connection.execute("DELETE FROM entry WHERE id = ?", [rowid])
    connection.execute("DELETE FROM told WHERE id = ?", [rowid])
    connection.execute("DELETE FROM number WHERE number = ?", [number])
    return 1


def _put_in(connection: sqlite3.Connection, row: Row, counts: Counter[str]) -> None:
    counts.update(row.tokens.split())
    connection.execute(ENTRY, row.entry)
    connection.execute(TOLD, (row.id, row.tokens, row.card))
    connection.execute("INSERT INTO number VALUES (?, ?)", (row.number, row.id))
    connection.execute("INSERT INTO word_of (rowid, tokens) VALUES (?, ?)", (row.id, row.tokens))


def _write_counts(connection: sqlite3.Connection, counts: Counter[str]) -> bool:
    """Bring the words' counts up to date; return whether a word came or went."""
    is_new = False
    for word, more in counts.items():
        if more == 0:
            continue
        moved = connection.execute(
            "UPDATE word SET count = count + ? WHERE word = ? RETURNING count", (more, word)
        ).fetchall()
        if not moved:
            connection.execute("INSERT INTO word VALUES (?, ?)", (word, more))
        elif moved[0][0] == 0:
            connection.execute("DELETE FROM word WHERE word = ?", [word])
        is_new = is_new or not moved or moved[0][0] == 0
    return is_new
