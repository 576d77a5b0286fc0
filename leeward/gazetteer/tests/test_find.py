"""What people type for a place, and the places that it finds."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leeward.gazetteer import Gazetteer
from leeward.gazetteer.tests import make


@pytest.mark.parametrize(
    "text, label",
    [
        ("Brooklyn, NY", "Brooklyn, NY"),
        ("brooklyn ny", "Brooklyn, NY"),
        ("Brooklyn, New York, USA", "Brooklyn, NY"),
        ("miami fl usa", "Miami, FL"),
        ("Brooklyn, Kings County, NY", "Brooklyn, NY"),
        ("springfield il", "Springfield, IL"),
        ("Springfield, Misuri", "Springfield, MO"),
        ("11201", "11201 (Brooklyn, NY)"),
        ("10001-1234", "10001 (New York City, NY)"),
        (" 10001 1234 ", "10001 (New York City, NY)"),
        ("Houston TX 77002", "77002 (Houston, TX)"),
        ("Kings County, NY", "Kings County, NY"),
        ("kings, ny", "Kings County, NY"),
        ("St Louis", "St. Louis, MO"),
        ("saint louis", "St. Louis, MO"),
        ("Ft. Worth", "Fort Worth, TX"),
        ("mt. vernon, wa", "Mount Vernon, WA"),
        ("mexico df", "Mexico City, Mexico"),
        ("ciudad de méxico", "Mexico City, Mexico"),
        ("CIUDAD DE MEXICO", "Mexico City, Mexico"),
        ("Nueva York", "New York City, NY"),
        ("NYC", "New York City, NY"),
        ("Texas", "Texas, USA"),
        ("San Juan, PR", "San Juan, PR"),
        ("Paris, Francia", "Paris, France"),
        ("Toronto, Ontario", "Toronto, ON, Canada"),
        ("Київ", "Kyiv, Ukraine"),
    ],
)
def test_a_place_is_found_as_people_write_it(places, text, label):
    assert places.find(text)[0].label == label


@pytest.mark.parametrize(
    "text, label",
    [
        ("philadelpia", "Philadelphia, PA"),
        ("Alburquerque nm", "Albuquerque, NM"),
        ("san fransisco", "San Francisco, CA"),
        ("springfeild, il", "Springfield, IL"),
        ("newyork", "New York City, NY"),
        ("houson tx", "Houston, TX"),
        ("los angles", "Los Angeles, CA"),
        ("chigaco", "Chicago, IL"),
        ("seatle", "Seattle, WA"),
    ],
)
def test_typing_errors_are_forgiven_where_nothing_has_that_name(places, text, label):
    assert places.find(text)[0].label == label


@pytest.mark.parametrize("text", ["", " ", "\0", "??", "Xqzzkwvrt", "99999", '"OR* NEAR(', "%_%"])
def test_what_is_no_place_finds_nothing(places, text):
    assert places.find(text) == []


def test_a_big_town_of_nearly_that_name_stands_beside_a_small_one_of_that_name(places):
    labels = [place.label for place in places.find("brooklin")]

    assert labels[0] == "Brooklin, ME"
    assert "Brooklyn, NY" in labels


def test_the_sites_own_country_comes_first_then_the_biggest(places):
    here = [place.label for place in places.find("Paris", limit=50)]
    there = [place.label for place in places.find("Paris", country="FR")]

    assert here[0] == "Paris, TX"
    assert "Paris, France" in here
    assert there[0] == "Paris, France"


def test_a_town_comes_before_a_bigger_one_that_has_the_name_besides(places):
    assert [place.label for place in places.find("manhattan")][:2] == [
        "Manhattan, NY",
        "Manhattan, KS",
    ]


def test_a_zip_knows_its_town_its_county_and_where_it_lies(places):
    found = places.find("11201")[0]

    assert (found.kind, found.name, found.county) == ("zip", "11201", "Kings County")
    assert found.areas == (
        "US/11201",
        "US-NY/kings-county/brooklyn",
        "US-NY/kings-county",
        "US-NY",
        "US",
        "world",
    )
    assert (round(found.latitude, 2), round(found.longitude, 2)) == (40.69, -73.99)
    assert found.time_zone == "America/New_York"


def test_a_zip_without_a_point_lies_where_its_town_lies(places):
    found = places.find("20299")[0]  # Washington, without a point in the data

    assert found.label == "20299 (Washington, DC)"
    assert (round(found.latitude), round(found.longitude)) == (39, -77)


def test_military_mail_lies_nowhere(places):
    assert places.find("09009") == []


def test_no_more_places_come_than_were_asked_for(places):
    assert len(places.find("Springfield", limit=3)) == 3
    assert len(places.find("Springfield", limit=10_000)) <= 50


def test_names_that_begin_so_are_found_when_none_is_the_whole(places):
    assert places.find("Albuq")[0].label == "Albuquerque, NM"
    assert places.find("albuq, nm")[0].label == "Albuquerque, NM"


@pytest.mark.parametrize(
    "text, label",
    [
        ("broo", "Brooklyn, NY"),
        ("sant", "Santa Clara County, CA"),
        ("112", "11201 (Brooklyn, NY)"),
        ("sai", "Saint Paul, MN"),
        ("St. Pau", "Saint Paul, MN"),
    ],
)
def test_a_beginning_finds_the_biggest_of_the_own_country(places, text, label):
    assert places.prefix(text)[0].label == label


def test_what_is_listed_for_crowded_beginnings_is_what_reading_all_would_give(places):
    with places._shelf.read() as connection:
        rows = connection.execute("SELECT DISTINCT beginning FROM listed").fetchall()
    crowded = sorted(row[0] for row in rows)[::8]

    for beginning in crowded:
        listed = places._shelf.listed(beginning, "US")
        read = places._shelf.beginning(beginning, "US", 60)
        ranks = {number: rank for rank, number, _home in reversed(read)}
        own = {number for _rank, number, home in read if home.startswith("US-")}
        worst = max((ranks.get(number, 0) for number in listed if number in own), default=0)
        better = {number for number in own if ranks[number] < worst}
        assert better <= set(listed)
    assert len(crowded) >= 5


@pytest.mark.parametrize("text", ["", "s", "sa", "\0\0\0", "zzzzqqq", "'; --"])
def test_too_short_or_unknown_beginnings_find_nothing(places, text):
    assert places.prefix(text) == []


any_text = st.text(max_size=200) | st.lists(
    st.sampled_from(["new", "york", ",", "ny", "11201", "-", "OR", '"', "*", "\0", "сан", "usa"])
).map(" ".join)


@given(text=any_text)
def test_no_text_is_an_error(places, text):
    found = [*places.find(text), *places.prefix(text)]

    assert all(place.areas[-1] == "world" for place in found)


@pytest.mark.parametrize("text", ["x" * 10_000, "St " * 5_000, "11201" * 2_000, "é" * 10_000])
def test_ten_thousand_letters_are_no_error(places, text):
    assert isinstance(places.find(text), list)


def test_equal_names_are_told_apart_by_state_in_the_order_of_their_size(tmp_path):
    towns = (
        make.entry("Salem", admin1="OR", county="Marion County", population=170_000),
        make.entry("Salem", admin1="MA", county="Essex County", population=44_000),
    )
    found = Gazetteer(make.small(tmp_path / "g", *towns)).find("salem")

    assert [place.label for place in found] == ["Salem, OR", "Salem, MA"]
