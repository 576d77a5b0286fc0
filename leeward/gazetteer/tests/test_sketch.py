"""The drawing of where results lie: small, plain, and never exact."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leeward.gazetteer.sketch import sketch

HERE = (40.65, -73.95)
MOST_BYTES = 2_560


def draw(dots, **other) -> str:
    facts = {"towns": (), "radius_km": 40.0, "title": "Around Brooklyn"} | other
    return sketch(HERE, dots, **facts)


def texts(svg: str) -> list[str]:
    return [each.text or "" for each in ET.fromstring(svg).iter("text")]


points = st.tuples(st.text(max_size=5), st.floats(-90, 90), st.floats(-180, 180)) | st.tuples(
    st.just("20"), st.floats(40.3, 41.0), st.floats(-74.3, -73.6)
)


@given(
    dots=st.lists(points, max_size=40), radius_km=st.floats(0.1, 2000), title=st.text(max_size=60)
)
def test_every_drawing_is_small_well_formed_and_plain(dots, radius_km, title):
    dots = [(re.sub(r"[^\w<&]", "", label), *at) for label, *at in dots]
    title = "".join(letter for letter in title if letter.isprintable())

    svg = draw(dots, radius_km=radius_km, title=title)

    assert ET.fromstring(svg)[0].text in {title, None}
    assert "style" not in svg.replace(title, "")
    assert len(svg.encode()) <= MOST_BYTES


def test_twenty_dots_and_four_towns_fit_into_the_bytes_there_are(places):
    town = places.find("Brooklyn, NY")[0]
    dots = [(str(n + 1), 40.45 + n % 5 * 0.1, -74.2 + n // 5 * 0.14) for n in range(20)]

    svg = sketch(town, dots, towns=places.around(40.6, -73.9, 60, 12), radius_km=80, title="x" * 60)

    assert len(svg.encode()) <= MOST_BYTES
    assert {str(n) for n in range(1, 21)} <= set(texts(svg))


def test_two_places_nearer_than_a_hundred_metres_give_the_same_drawing():
    assert draw([("1", 40.65021, -73.95021)]) == draw([("1", 40.64979, -73.94979)])


def test_dots_that_touch_are_drawn_as_one():
    pair = draw([("1", 40.7, -73.9), ("2", 40.7, -73.9), ("3", 40.4, -73.9)])
    many = draw([(str(n), 40.7, -73.9) for n in range(1, 6)] + [("9", 40.4, -73.9)])

    assert "1,2" in texts(pair)
    assert "1+" in texts(many)


@pytest.mark.parametrize(
    "in_miles, radius_km, dots, rings",
    [
        (True, 40.0, [], ["30 mi", "15 mi"]),
        (False, 40.0, [], ["40 km", "20 km"]),
        (False, 40.0, [("1", 40.70, -73.95)], ["6 km", "3 km"]),
    ],
)
def test_the_rings_say_how_far_they_are(in_miles, radius_km, dots, rings):
    svg = draw(dots, in_miles=in_miles, radius_km=radius_km)

    assert [text for text in texts(svg) if text.endswith((" mi", " km"))] == rings


def test_north_is_up_and_west_is_left():
    svg = draw([("1", 40.75, -73.95), ("2", 40.65, -74.08)])

    at = {
        each.text: (int(each.get("x")), int(each.get("y")))
        for each in ET.fromstring(svg).iter("text")
    }
    assert at["1"][1] < at["2"][1]
    assert at["2"][0] < at["1"][0]


def test_what_lies_farther_than_one_can_go_is_not_drawn():
    assert "9" not in texts(draw([("1", 40.66, -73.95), ("9", 42.0, -73.95)], radius_km=8))


def test_towns_are_named_where_there_is_room(places):
    svg = sketch(
        (42.65, -73.75), [], radius_km=60, title="x", towns=places.find("Saratoga Springs")
    )

    assert "Saratoga Springs" in texts(svg)


def test_without_a_gazetteer_the_drawing_has_no_towns(monkeypatch):
    from leeward.gazetteer import lookup

    monkeypatch.setattr(lookup, "_used", [])

    assert texts(draw([], towns=None)) == ["30 mi", "15 mi"]
