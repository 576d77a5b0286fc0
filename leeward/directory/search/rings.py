"""What has a place: searched in growing rings until the wanted results are certain.

Everything beyond a finished ring has a key above its radius (`order`), so once enough results
have keys within it, nothing better can come. The first radius is a guess from how dense the index
is around the point and how rare the answers are: wrong guesses cost time, never results.
"""

from __future__ import annotations

from math import cos, pi, radians, sqrt

from leeward.directory.search.areas import Areas
from leeward.directory.search.asking import Asking, Found
from leeward.directory.search.geometry import Measure, boxes_around
from leeward.directory.search.morton import CELL_DEGREES, NUMBER_BITS, id_ranges, morton
from leeward.directory.search.order import index_key
from leeward.directory.search.types import Point

LEAST_RING_KM = 0.25
GROWTH, LEAST_GROWTH = 3.0, 1.3
MOST_ROWID = (1 << 63) - 1
# So few that they are looked at one by one, wherever they are.
FEW = 300
_SAMPLE = 40
_CELL_KM2 = (CELL_DEGREES * 111.195) ** 2


def find_around(asking: Asking, areas: Areas, point: Point, radius_km: float) -> None:
    """Count as found whatever may be among the wanted results."""
    rings = _Rings(asking, point)
    if asking.match and asking.matches <= FEW:
        rings.take_all(radius_km)
        return
    ring = min(radius_km, rings.first_km())
    while True:
        rings.take(ring)
        areas.take_within(ring)
        if ring >= radius_km:
            return
        reach = asking.reach_km()
        if reach is not None and reach <= ring:
            return
        ring = min(radius_km, reach or ring * rings.growth())


def find_in_order(asking: Asking) -> None:
    """Count as found what has a place, in the order of the index: no place was named."""
    missing = asking.wanted - len(asking.found)
    if missing <= 0:
        return
    order = " ORDER BY f.rowid LIMIT ?" if asking.match else " ORDER BY e.id LIMIT ?"
    rows = asking.rows(0, MOST_ROWID, order, [missing])
    for rowid, _latitude, _longitude, stale, unknown in rows:
        key = index_key(rowid >> NUMBER_BITS)
        number = rowid & (1 << NUMBER_BITS) - 1
        asking.found.append(Found(key, number, rowid, None, bool(stale), unknown))


class _Rings:
    """The rings around one point, and how far out they are."""

    def __init__(self, asking: Asking, point: Point) -> None:
        self._asking, self._point = asking, point
        self._km = Measure(point).km
        self._done_km = -1.0

    def take(self, radius_km: float) -> None:
        """Search from the last ring's rim to `radius_km`."""
        for box in boxes_around(self._point, radius_km):
            more = " AND e.latitude BETWEEN ? AND ? AND e.longitude BETWEEN ? AND ?"
            values = (box.south, box.north, box.west, box.east)
            for first, last in id_ranges(box):
                self._add(self._asking.rows(first, last, more, values), radius_km)
        self._done_km = radius_km

    def take_all(self, radius_km: float) -> None:
        """Search everything at once."""
        self._add(self._asking.rows(0, MOST_ROWID), radius_km)

    def _add(self, rows: list[tuple[int, float, float, int, int]], radius_km: float) -> None:
        done = self._done_km
        for rowid, latitude, longitude, stale, unknown in rows:
            km = self._km(latitude, longitude)
            if done < km <= radius_km:
                self._asking.add(rowid, km, stale, unknown, nominal=False)

    def first_km(self) -> float:
        """Return a radius that should hold somewhat more than is wanted."""
        asking = self._asking
        wanted = 1.5 * (asking.wanted + 2) / asking.share()
        return max(LEAST_RING_KM, sqrt(wanted / (pi * self._entries_by_km2())))

    def growth(self) -> float:
        """Return how much farther to look, after a ring that held too little."""
        held = len(self._asking.found)
        if not held:
            return GROWTH
        return min(GROWTH, max(LEAST_GROWTH, sqrt(1.5 * self._asking.wanted / held)))

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
