"""Documents as rows of the index, and the small tables that rows point into."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass, field

from leeward.directory.search.conditions import AREAS, BITS, KINDS, LANGUAGES, NEEDS, NO, YES, Codes
from leeward.directory.search.geometry import Vector, clean, vector
from leeward.directory.search.morton import MOST_NUMBER, placed_id, unplaced_id
from leeward.directory.search.types import Document
from leeward.directory.search.words import BEDS, hidden_token, tokens_of

ENTRY = "INSERT INTO entry VALUES (?,?,?,?,?,?,?,?,?,?,?,?)"
TOLD = "INSERT INTO told VALUES (?,?,?)"
_MOST_MINUTES = 2**40


@dataclass(frozen=True, slots=True)
class Row:
    """A document as the index keeps it. `tokens`: distinct, sorted, one space between."""

    id: int
    number: int
    entry: tuple[object, ...]
    tokens: str
    card: bytes


@dataclass(slots=True)
class Small:
    """The codes and hours of one index file, to add to while writing it."""

    connection: sqlite3.Connection
    codes: Codes = field(default_factory=dict)
    hours: dict[bytes, int] = field(default_factory=dict)
    has_new_codes: bool = False

    @classmethod
    def of(cls, connection: sqlite3.Connection) -> Small:
        """Return them as they stand in the file; hours are looked up as they come."""
        return cls(connection, codes=read_codes(connection))

    def mask(self, kind: str, wanted: Iterable[str]) -> int:
        """Return the column's value for these codes. Codes past the last bit share one more."""
        known = self.codes.setdefault(kind, {})
        mask = 0
        for code in sorted(wanted):
            if code not in known:
                known[code] = len(known)
                self.connection.execute(
                    "INSERT INTO code VALUES (?, ?, ?)", (kind, code, known[code])
                )
                self.has_new_codes = True
            mask |= 1 << min(known[code], BITS)
        return mask

    def hours_id(self, compiled: bytes) -> int:
        """Return the id of these opening hours; 0 for not known."""
        if not compiled:
            return 0
        if compiled not in self.hours:
            ask = "SELECT id FROM hours WHERE compiled = ?"
            self.connection.execute("INSERT OR IGNORE INTO hours (compiled) VALUES (?)", [compiled])
            self.hours[compiled] = self.connection.execute(ask, [compiled]).fetchone()[0]
        return self.hours[compiled]


def read_codes(connection: sqlite3.Connection) -> Codes:
    """Return which bit stands for which code, by kind."""
    codes: Codes = {kind: {} for kind in KINDS}
    for kind, code, bit in connection.execute("SELECT kind, code, bit FROM code"):
        codes[kind][code] = bit
    return codes


def row_of(document: Document, small: Small) -> Row:
    """Return the row of a document. Raises ValueError for a number the index cannot hold."""
    if not 0 <= document.number <= MOST_NUMBER:
        raise ValueError(f"{document.number} is no number of a service at a location")
    point = clean(document.point)
    place: Vector | tuple[None, None, None] = (None, None, None)
    if point is None:
        rowid = unplaced_id(document.number)
    else:
        rowid = placed_id(point.latitude, point.longitude, document.number)
        place = vector(point)
    entry = (
        rowid,
        *place,
        small.mask(NEEDS, document.needs),
        small.mask(YES, document.yes),
        small.mask(NO, document.no),
        small.mask(LANGUAGES, document.languages),
        document.boys_to_age,
        small.hours_id(document.hours),
        min(max(document.beds_until, 0), _MOST_MINUTES),
        document.due_on,
    )
    tokens = _tokens(document, document.areas if point is None else ())
    return Row(rowid, document.number, entry, tokens, document.card)


def _tokens(document: Document, areas: Iterable[str]) -> str:
    found = {*tokens_of(document.name), *tokens_of(document.text)}
    for kind, codes in (
        (NEEDS, document.needs),
        (YES, document.yes),
        (NO, document.no),
        (LANGUAGES, document.languages),
        (AREAS, areas),
    ):
        found.update(hidden_token(kind, code) for code in codes)
    if document.beds_until > 0:
        found.add(BEDS)
    return " ".join(sorted(found))
