"""The town nearest to a point, judged by reading every town."""

from __future__ import annotations

import math

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from leeward.gazetteer.lookup import FARTHEST_KM, REACHES
from leeward.gazetteer.space import certain_km, distance_km

MOST_CELLS = REACHES[-1]


@pytest.fixture(scope="module")
def towns(places):
    with places._shelf.read() as connection:
        return connection.execute("SELECT latitude, longitude FROM near").fetchall()


@settings(max_examples=50)
@given(latitude=st.floats(-84, 84), longitude=st.floats(-175, 175))
@example(latitude=40.7, longitude=-73.99)
@example(latitude=64.0, longitude=-150.0)
@example(latitude=48.85, longitude=2.35)
def test_no_town_is_nearer_than_the_one_that_is_given(places, towns, latitude, longitude):
    found = places.nearest(latitude, longitude)

    near = [town for town in towns if abs(town[0] - latitude) < 5]
    least = min((distance_km(latitude, longitude, *town) for town in near), default=math.inf)
    away = math.inf
    if found:
        away = distance_km(latitude, longitude, found.latitude, found.longitude)
    sure_within = min(FARTHEST_KM, certain_km(latitude, MOST_CELLS))
    assert away <= least + 0.05 or least > sure_within


@pytest.mark.parametrize(
    "point", [(math.nan, 0), (0, math.inf), (91, 0), (0, 0), (-90, 0), (90, 180)]
)
def test_at_sea_and_off_the_globe_there_is_no_town(places, point):
    assert places.nearest(*point) is None


def test_a_point_gives_its_time_zone(places):
    assert places.nearest(36.17, -115.14).time_zone == "America/Los_Angeles"
    assert places.nearest(18.4, -66.1).areas[-3:] == ("US-PR", "US", "world")


def test_the_biggest_towns_around_come_first(places):
    around = places.around(40.65, -73.95, 60)

    assert around[0].name == "New York City"
    assert all(
        distance_km(40.65, -73.95, place.latitude, place.longitude) <= 60 for place in around
    )
    assert places.around(0, 0, 100) == places.around(math.nan, 0, 100) == []
