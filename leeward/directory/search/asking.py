"""One question being answered: its SQL, and what it has found so far."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from leeward.directory.search.conditions import conditions_of
from leeward.directory.search.morton import number_of
from leeward.directory.search.order import key_by_distance, key_by_fit, most_unknown, reach_km
from leeward.directory.search.plan import Plan, either
from leeward.directory.search.reader import Reader
from leeward.directory.search.types import Query

LOWEST = -(1 << 25)
NO_LIMIT = -1
EVERYWHERE = (0, (1 << 63) - 1)
_SELECT = "SELECT e.id, e.x, e.y, e.z, e.due < ?, "
_ALL = "entry e WHERE e.id BETWEEN ? AND ?"
_LISTED = "json_each(?) j CROSS JOIN entry e ON e.id = j.value WHERE true"
_MATCHED = (
    "word_of f CROSS JOIN entry e ON e.id = f.rowid "
    "WHERE f.word_of MATCH ? AND f.rowid BETWEEN ? AND ?"
)
_IDS = "SELECT rowid FROM word_of WHERE word_of MATCH ? AND rowid BETWEEN ? AND ?"

Range = tuple[int, int]
Better = tuple[float, float]

# Rowid, place, whether it is stale, and a bit for each wish that is not known.
Row = tuple[int, float, float, float, int, int]
# Key, number, rowid, distance in km, staleness, unknown wishes: they sort as results do.
Found = tuple[float, int, int, float | None, int, int]


class Asking:
    """A question with its SQL. `wanted`: how many results must be certain."""

    def __init__(self, query: Query, reader: Reader, plan: Plan, *, wanted: int) -> None:
        self.query, self.reader, self.plan, self.wanted = query, reader, plan, wanted
        self.found: list[Found] = []
        self.key_of = key_by_fit if query.by_fit else key_by_distance
        self._asked = conditions_of(query, reader.codes)
        self._today = query.today.toordinal()
        self._select = _SELECT + self._asked.mask() + " FROM "
        self._where = self._asked.where()

    @property
    def wishes(self) -> Sequence[str]:
        """Return what the bits of unknown wishes stand for."""
        return self._asked.wishes

    def rows(
        self, ranges: Sequence[Range], *, most: int = NO_LIMIT, better: Better | None = None
    ) -> list[Row] | None:
        """Return what fits in ranges of rowids; None where that would be more rows than `most`.

        ranges: both ends included, in order, apart. most: of the rows that match the words, or
        that fit where there are no words. better: a key and a distance; only what could have a
        key up to that one at that distance.
        """
        more, values = self._better(*better) if better else ("", [])
        if self.plan.match:
            ids = self._matching(ranges, most)
            return None if ids is None else self._by_id(ids, more, values)
        rows: list[Row] = []
        for between in ranges:
            left = NO_LIMIT if most == NO_LIMIT else most + 1 - len(rows)
            rows += self._ask(_ALL, [*between], more, [*values, left])
            if most != NO_LIMIT and len(rows) > most:
                return None
        return rows

    def first_rows(self, limit: int) -> list[Row]:
        """Return the first rows that fit, of what has a place, in the order of the index."""
        match = [self.plan.match] if self.plan.match else []
        return self._ask(_MATCHED if match else _ALL, [*match, *EVERYWHERE], "", [limit])

    def unplaced_rows(self, tokens: Iterable[str]) -> list[Row]:
        """Return what fits, by id, of help without a place that has any of `tokens`."""
        match = either(sorted(tokens)) + (f" AND {self.plan.match}" if self.plan.match else "")
        return self._ask(_MATCHED, [match, LOWEST, -1], "", [NO_LIMIT])

    def reach_km(self) -> float | None:
        """Return how far out a wanted result may still lie; None while there are too few."""
        key = self.last_key()
        return None if key is None else reach_km(key, by_fit=self.query.by_fit)

    def last_key(self) -> float | None:
        """Return the key of the last wanted result; None while there are too few."""
        if len(self.found) < self.wanted:
            return None
        return sorted([one[0] for one in self.found])[self.wanted - 1]

    def add_unplaced(self, row: Row, km: float) -> None:
        """Count help for an area as found; `km` stands for the area, and is not shown."""
        rowid, _x, _y, _z, stale, unknown = row
        key = self.key_of(km, unknown.bit_count(), stale)
        self.found.append((key, number_of(rowid), rowid, None, stale, unknown))

    def _matching(self, ranges: Sequence[Range], most: int) -> list[int] | None:
        """Return the ids in `ranges` that match the words; None where they are more than `most`.

        FTS5 runs on to the next match, however far, so a match beyond a range tells that all
        ranges before it are empty: words that seldom meet are looked up once or twice, not in
        every range.
        """
        ids: list[int] = []
        at, end = 0, ranges[-1][1] if ranges else 0
        while at < len(ranges):
            bound = [self.plan.match, ranges[at][0], end]
            for (rowid,) in self.reader.connection.execute(_IDS, bound):
                while rowid > ranges[at][1]:
                    at += 1
                if rowid < ranges[at][0]:
                    break
                ids.append(rowid)
                if len(ids) == most + 1:
                    return None
            else:
                break
        return ids

    def _by_id(self, ids: list[int], more: str, values: list[int]) -> list[Row]:
        return self._ask(_LISTED, [str(ids)], more, [*values, NO_LIMIT]) if ids else []

    def _ask(self, source: str, which: list[object], more: str, values: Iterable[int]) -> list[Row]:
        asked = self._asked
        sql = f"{self._select}{source}{self._where}{more} LIMIT ?"
        bound = [self._today, *asked.unknown_values, *which, *asked.values, *values]
        return self.reader.connection.execute(sql, bound).fetchall()

    def _better(self, key: float, km: float) -> tuple[str, list[int]]:
        if not self.query.by_fit:
            is_stale_too_late = key_by_distance(km, 0, 1) > key
            return (" AND e.due >= ?", [self._today]) if is_stale_too_late else ("", [])
        fresh, stale = (most_unknown(key, km, is_stale) for is_stale in (0, 1))
        if stale >= len(self.wishes):
            return "", []
        more, values = self._asked.less_unknown(fresh=fresh, stale=stale)
        return more, [*values, self._today]
