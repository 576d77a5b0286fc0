"""What has a place: searched in growing rings until the wanted results are certain.

Everything beyond a finished ring has a key above its radius (`order`), so once enough results
have keys within it, nothing better can come. The first radius is a guess from how dense the index
is around the point and how rare the answers are: wrong guesses cost time, never results. A ring
is a few ranges of the map's order; what one ring has read, the next does not read again.
"""

from __future__ import annotations

from math import cos, pi, radians, sqrt

from leeward.directory.search.areas import Areas
from leeward.directory.search.asking import EVERYWHERE, NO_LIMIT, Asking, Row
from leeward.directory.search.geometry import boxes_around, chord_km, square_of, vector
from leeward.directory.search.morton import (
    CELL_DEGREES,
    MOST_NUMBER,
    NUMBER_BITS,
    id_ranges,
    morton,
    uncovered,
    united,
)
from leeward.directory.search.order import index_key
from leeward.directory.search.types import Point

LEAST_RING_KM = 0.25
GROWTH, LEAST_GROWTH = 4.0, 1.6
# So few that they are looked at one by one, wherever they are.
FEW = 300
# More rows than this many times the wanted ones: the ring was too wide, a smaller one is tried.
TOO_MANY = 30
MOST_TRIES = 4
# The first ring is made for so many times the wanted results.
AMPLE = 3.0
_SAMPLE = 40
_CELL_KM2 = (CELL_DEGREES * 111.195) ** 2


def find_around(asking: Asking, areas: Areas, point: Point, radius_km: float) -> None:
    """Count as found whatever may be among the wanted results."""
    rings = _Rings(asking, point, radius_km)
    if asking.plan.match and asking.plan.most <= FEW:
        rings.take_all()
        return
    ring = min(radius_km, rings.first_km())
    while True:
        ring = rings.take_about(ring)
        areas.take_within(min(ring, asking.reach_km() or ring))
        reach = asking.reach_km()
        if ring >= radius_km or (reach is not None and reach <= ring):
            return
        if reach is not None:
            rings.take_last(min(radius_km, reach))
            return
        ring = min(radius_km, ring * rings.growth())


def find_in_order(asking: Asking) -> None:
    """Count as found what has a place, in the order of the index: no place was named."""
    missing = asking.wanted - len(asking.found)
    if missing <= 0:
        return
    # Both the tables and the token index are read in the order of their rowids.
    for rowid, _x, _y, _z, stale, unknown in asking.first_rows(missing):
        key = index_key(rowid >> NUMBER_BITS)
        asking.found.append((key, rowid & MOST_NUMBER, rowid, None, stale, unknown))


class _Rings:
    """The rings around one point, and how far out they are."""

    def __init__(self, asking: Asking, point: Point, radius_km: float) -> None:
        self._asking, self._point, self._radius_km = asking, point, radius_km
        self._here = vector(point)
        self._most_square = square_of(radius_km)
        self._covered: list[tuple[int, int]] = []
        self._done_km = 0.0

    def take_about(self, radius_km: float) -> float:
        """Search to `radius_km`, or less far if that is full; return how far."""
        ring, most = radius_km, TOO_MANY * self._asking.wanted
        for _try in range(MOST_TRIES):
            if self._take(ring, most):
                return ring
            ring = (2 * self._done_km + ring) / 3
        self._take(ring, NO_LIMIT)
        return ring

    def take_last(self, radius_km: float) -> None:
        """Search to `radius_km` for what may still push a wanted result out."""
        better = (self._asking.last_key() or 0.0, self._done_km)
        self._add(self._asking.rows(self._missing(radius_km), better=better) or [])

    def take_all(self) -> None:
        """Search everything at once."""
        self._add(self._asking.rows([EVERYWHERE]) or [])

    def first_km(self) -> float:
        """Return a radius that should hold about what is wanted."""
        entries = AMPLE * (self._asking.wanted + 2) / self._asking.plan.share
        return max(LEAST_RING_KM, sqrt(entries / (pi * self._entries_by_km2())))

    def growth(self) -> float:
        """Return how much farther to look, after a ring that held too little."""
        held = len(self._asking.found)
        if not held:
            return GROWTH
        return min(GROWTH, max(LEAST_GROWTH, sqrt(1.5 * self._asking.wanted / held)))

    def _take(self, radius_km: float, most: int) -> bool:
        """Search to `radius_km` unless that brings `most` rows or more; return whether it did."""
        missing = self._missing(radius_km)
        rows = self._asking.rows(missing, most=most)
        if rows is None:
            return False
        self._add(rows)
        self._covered = united(self._covered + missing)
        self._done_km = radius_km
        return True

    def _missing(self, radius_km: float) -> list[tuple[int, int]]:
        boxes = boxes_around(self._point, radius_km)
        ranges = [one for box in boxes for one in id_ranges(box)]
        return uncovered(united(ranges) if len(boxes) > 1 else ranges, self._covered)

    def _add(self, rows: list[Row]) -> None:
        """Count as found what is near enough; also what lies beyond the ring, on its cells."""
        here_x, here_y, here_z = self._here
        most, radius_km = self._most_square, self._radius_km
        key_of, found = self._asking.key_of, self._asking.found
        for rowid, x, y, z, stale, unknown in rows:
            square = (x - here_x) ** 2 + (y - here_y) ** 2 + (z - here_z) ** 2
            if square <= most and (km := chord_km(square)) <= radius_km:
                key = key_of(km, unknown.bit_count(), stale)
                found.append((key, rowid & MOST_NUMBER, rowid, km, stale, unknown))

    def _entries_by_km2(self) -> float:
        """Return how dense the index is here, from how far along the curve a sample reaches."""
        at = morton(self._point.latitude, self._point.longitude) << NUMBER_BITS
        spans = []
        for ask in (
            "SELECT id FROM entry WHERE id >= ? ORDER BY id LIMIT 1 OFFSET ?",
            "SELECT id FROM entry WHERE id < ? AND id >= 0 ORDER BY id DESC LIMIT 1 OFFSET ?",
        ):
            found = self._asking.reader.connection.execute(ask, [at, _SAMPLE]).fetchone()
            if found:
                spans.append(abs(found[0] - at) >> NUMBER_BITS)
        area = (min(spans, default=1 << 39) + 1) * _CELL_KM2
        return _SAMPLE / (area * max(cos(radians(self._point.latitude)), 0.01))
