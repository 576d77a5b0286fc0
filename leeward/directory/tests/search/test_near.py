"""Where a hit is drawn: near its place, never for help without one."""

from __future__ import annotations

import pytest

from leeward.directory.search.index import SqliteIndex, build
from leeward.directory.search.morton import CELL_DEGREES, middle_of, placed_id, unplaced_id
from leeward.directory.search.types import Point
from leeward.directory.tests.search.make import BROOKLYN, document, is_open, query

HALF = CELL_DEGREES / 2 + 1e-9


@pytest.mark.parametrize(
    ("latitude", "longitude"),
    [(40.6782, -73.9442), (-33.9, 151.2), (0.0, 0.0), (-90.0, -180.0), (90.0, 180.0)],
)
def test_a_rowid_tells_its_place_within_half_a_cell(latitude, longitude):
    middle = middle_of(placed_id(latitude, longitude, 16_000_000))

    assert middle == pytest.approx((latitude, longitude), abs=HALF)


def test_a_rowid_of_help_without_a_place_tells_none():
    assert middle_of(unplaced_id(7)) is None


def test_hits_say_where_they_are_and_help_without_a_place_does_not(tmp_path):
    build(tmp_path / "index", [document(1, BROOKLYN), document(2, None, areas=("US",))], 0)
    index = SqliteIndex(tmp_path / "index", is_open)

    hits = index.search(query(BROOKLYN, areas=("US",))).hits

    near = {hit.number: hit.near for hit in hits}
    assert near[2] is None
    assert isinstance(near[1], Point)
    assert near[1].latitude == pytest.approx(BROOKLYN.latitude, abs=HALF)
    assert near[1].longitude == pytest.approx(BROOKLYN.longitude, abs=HALF)
    index.close()
