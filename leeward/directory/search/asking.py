"""One question being answered: its SQL, and what it has found so far."""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from leeward.directory.search.conditions import LANGUAGES, NEEDS, YES, conditions_of
from leeward.directory.search.morton import number_of
from leeward.directory.search.order import key_of, reach_km
from leeward.directory.search.reader import Reader
from leeward.directory.search.types import Query
from leeward.directory.search.words import BEDS, Reading, Wanted, hidden_token

# A filter rarer than one entry in so many is asked of the token index, others of the columns.
RARE = 12
LOWEST = -(1 << 25)
_MATCHED = "word_of f CROSS JOIN entry e ON e.id = f.rowid WHERE f.word_of MATCH ? AND f.rowid"
_SELECT = "SELECT e.id, e.latitude, e.longitude, e.due < ?, "
_ALL = "entry e WHERE e.id"

# Rowid, latitude, longitude, whether it is stale, and a bit for each wish that is not known.
Row = tuple[int, float, float, int, int]


class Found(NamedTuple):
    """Something found. Found things sort in the order of the results."""

    key: float
    number: int
    id: int
    distance_km: float | None
    is_stale: bool
    unknown: int


class Asking:
    """A question with its SQL. `wanted`: how many results must be certain."""

    def __init__(self, query: Query, reader: Reader, reading: Reading, *, wanted: int) -> None:
        self.query, self.reader, self.wanted = query, reader, wanted
        self.found: list[Found] = []
        self.today = query.today.toordinal()
        self._asked = conditions_of(query, reader.codes)
        self.match, self.matches = self._plan(reading)
        self._select = _SELECT + self._asked.mask() + " FROM "
        self._where = self._asked.where()

    @property
    def wishes(self) -> Sequence[str]:
        """Return what the bits of `Found.unknown` stand for."""
        return self._asked.wishes

    def rows(
        self, first: int, last: int, more: str = "", values: Iterable[object] = ()
    ) -> list[Row]:
        """Return what fits, by id, of what has a place.

        first, last: rowids, both ends included. more: further SQL with its values.
        """
        return self._rows(self.match, first, last, more, values)

    def unplaced_rows(self, tokens: Iterable[str]) -> list[Row]:
        """Return what fits, by id, of help without a place that has any of `tokens`."""
        match = _either(sorted(tokens)) + (f" AND {self.match}" if self.match else "")
        return self._rows(match, LOWEST, -1, "", ())

    def _rows(
        self, match: str, first: int, last: int, more: str, values: Iterable[object]
    ) -> list[Row]:
        asked = self._asked
        sql = f"{self._select}{_MATCHED if match else _ALL} BETWEEN ? AND ?{self._where}{more}"
        bound = [self.today, *asked.unknown_values, *([match] if match else []), first, last]
        return self.reader.connection.execute(sql, [*bound, *asked.values, *values]).fetchall()

    def add(self, rowid: int, km: float, stale: int, unknown: int, *, nominal: bool) -> None:
        """Count one thing as found. nominal: `km` stands for an area, and is not shown."""
        key = key_of(
            km, unknown=unknown.bit_count(), is_stale=bool(stale), by_fit=self.query.by_fit
        )
        shown = None if nominal else km
        self.found.append(Found(key, number_of(rowid), rowid, shown, bool(stale), unknown))

    def reach_km(self) -> float | None:
        """Return how far out a wanted result may still lie; None while there are too few."""
        if len(self.found) < self.wanted:
            return None
        last = heapq.nsmallest(self.wanted, self.found)[-1]
        return reach_km(last.key, by_fit=self.query.by_fit)

    def share(self) -> float:
        """Return a guess of which share of all entries fits."""
        return max(self.matches, 1.0) / max(self.reader.state.total, 1)

    def _plan(self, reading: Reading) -> tuple[str, float]:
        """Return what to ask of the token index, "" for nothing, and how many fit, at most."""
        parts = [(self._expression(one), self._count(one)) for one in reading.wanted]
        total = float(self.reader.state.total)
        fits = min([total, *(count for _sql, count in parts)])
        rare = min(self._filters(), key=lambda one: one[1], default=("", total))
        if rare[1] < total / RARE or (parts and rare[1] < fits):
            parts.append(rare)
        return " AND ".join(sql for sql, _count in parts), min(fits, rare[1])

    def _filters(self) -> list[tuple[str, float]]:
        """Return the filters that the token index can answer, with their counts."""
        query = self.query
        found = [_tokens(NEEDS, query.needs)] if query.needs else []
        found += [[BEDS]] if query.beds_at is not None else []
        if not query.include_unknown:
            found += [_tokens(YES, [code]) for code in query.people]
            found += [_tokens(LANGUAGES, query.languages)] if query.languages else []
        return [(_either(tokens), self._sum(tokens)) for tokens in found]

    def _expression(self, wanted: Wanted) -> str:
        sides = [" AND ".join(map(_either, wanted.groups))] if wanted.groups else []
        sides += [f'"{hidden_token(NEEDS, need)}"' for need in sorted(wanted.needs)]
        return f"({' OR '.join(f'({side})' for side in sides)})"

    def _count(self, wanted: Wanted) -> float:
        needs = self._sum(hidden_token(NEEDS, need) for need in wanted.needs)
        return needs + min(map(self._sum, wanted.groups), default=0.0)

    def _sum(self, tokens: Iterable[str]) -> float:
        return float(sum(map(self.reader.count, tokens)))


def _tokens(kind: str, codes: Iterable[str]) -> list[str]:
    return [hidden_token(kind, code) for code in sorted(codes)]


def _either(tokens: Sequence[str]) -> str:
    return "(" + " OR ".join(f'"{token}"' for token in tokens) + ")"
