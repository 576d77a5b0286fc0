"""One thread's connection to an index file, and what it remembers of the small tables."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import NamedTuple

from leeward.directory.search import files
from leeward.directory.search.conditions import Codes
from leeward.directory.search.rows import read_codes
from leeward.directory.search.words import MOST_BEGUN

CACHE_KB = 8_000
MOST_COUNTS = 5_000
IsOpen = Callable[[bytes, datetime], bool | None]
_1970 = datetime(1970, 1, 1, tzinfo=UTC)


class State(NamedTuple):
    """The one row of `state`."""

    is_whole: int
    sequence: int
    total: int
    codes_stamp: int
    words_stamp: int


class Reader:
    """Reads one index file. For one thread; `codes` and the words follow the file's stamps."""

    def __init__(self, path: Path, is_open: IsOpen) -> None:
        self.identity = files.identity(path)
        self.connection = files.connect(path, cache_kb=CACHE_KB)
        try:
            files.check(self.connection, path)
        except BaseException:
            self.connection.close()
            raise
        self.connection.execute("PRAGMA query_only = ON")
        self.openings = Openings(self.connection, is_open)
        self.connection.create_function("opened", 1, self.openings.state_of)
        self.state = State(0, 0, 0, -1, -1)
        self.codes: Codes = {}
        self._counts: dict[str, int] = {}
        self._lengths: dict[int, list[tuple[str, int]]] = {}

    def begin(self) -> None:
        """Begin to read the file as it is at this moment."""
        self.connection.execute("BEGIN")
        known = self.state
        ask = "SELECT is_whole, sequence, total, codes_stamp, words_stamp FROM state"
        self.state = State(*self.connection.execute(ask).fetchone())
        if self.state.codes_stamp != known.codes_stamp:
            self.codes = read_codes(self.connection)
        if self.state[1:] != known[1:] or len(self._counts) > MOST_COUNTS:
            self._counts = {}
        if self.state.words_stamp != known.words_stamp:
            self._lengths = {}

    def end(self) -> None:
        """Let go of that moment."""
        if self.connection.in_transaction:
            self.connection.execute("COMMIT")

    def close(self) -> None:
        """Close the file."""
        self.connection.close()

    # -- the words, as `words.Lexicon` asks for them --

    def count(self, word: str) -> int:
        """Return how many entries hold a token."""
        if word not in self._counts:
            ask = "SELECT count FROM word WHERE word = ?"
            found = self.connection.execute(ask, [word]).fetchone()
            self._counts[word] = found[0] if found else 0
        return self._counts[word]

    def begun_by(self, prefix: str) -> list[str]:
        """Return the commonest words that begin so."""
        ask = "SELECT word FROM word WHERE word >= ? AND word < ? ORDER BY count DESC, word LIMIT ?"
        values = (prefix, prefix + "\U0010ffff", MOST_BEGUN)
        return [word for (word,) in self.connection.execute(ask, values)]

    def words_of_length(self, least: int, most: int) -> Iterable[tuple[str, int]]:
        """Return the words of so many letters and their counts."""
        ask = "SELECT word, count FROM word WHERE length(word) = ? AND word < '·'"
        for length in range(least, most + 1):
            if length not in self._lengths:
                self._lengths[length] = self.connection.execute(ask, [length]).fetchall()
            yield from self._lengths[length]


@dataclass(slots=True)
class Openings:
    """Which opening hours are open at one minute: each kind is asked once."""

    connection: sqlite3.Connection
    is_open: IsOpen
    minute: int = -1
    known: dict[int, int | None] = field(default_factory=dict)

    def at(self, minute: int) -> None:
        """Ask about this minute from now on."""
        if minute != self.minute:
            self.minute, self.known = minute, {0: None}

    def state_of(self, hours: int) -> int | None:
        """Return 1 for open, 0 for closed, None for not known."""
        try:
            return self.known[hours]
        except KeyError:
            self.known[hours] = state = self._ask(hours)
            return state

    def _ask(self, hours: int) -> int | None:
        ask = "SELECT compiled FROM hours WHERE id = ?"
        found = self.connection.execute(ask, [hours]).fetchone()
        state = self.is_open(found[0], _1970 + timedelta(minutes=self.minute)) if found else None
        return None if state is None else int(state)
