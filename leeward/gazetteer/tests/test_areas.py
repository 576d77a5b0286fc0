"""Codes of areas and their names."""

from __future__ import annotations

import pytest

from leeward import gazetteer
from leeward.gazetteer import lookup
from leeward.gazetteer.areas import label, name_of, width_of
from leeward.gazetteer.fold import fold, slug, sound


@pytest.fixture
def used(places, monkeypatch):
    """Let the module's own functions read the whole gazetteer."""
    monkeypatch.setattr(lookup, "_used", [places])


@pytest.mark.parametrize(
    "code, english, spanish",
    [
        ("world", "Everywhere", "Todo el mundo"),
        ("US", "USA", "EE. UU."),
        ("MX", "Mexico", "México"),
        ("US-NY", "New York", "Nueva York"),
        ("CA-08", "Ontario", "Ontario"),
        ("US-NY/kings-county", "Kings County, NY", "Kings County, NY"),
        ("US-NY/kings-county/brooklyn", "Brooklyn, NY", "Brooklyn, NY"),
        ("US-IL/mchenry-county", "McHenry County, IL", "McHenry County, IL"),
        ("FR-11/paris", "Paris, France", "Paris, Francia"),
        ("US/11201", "ZIP 11201", "ZIP 11201"),
        ("US-NY/no-such-county", "No Such County, NY", "No Such County, NY"),
    ],
)
def test_an_area_has_a_name_in_both_languages(used, code, english, spanish):
    assert (name_of(code), name_of(code, "es")) == (english, spanish)


def test_an_area_has_a_name_while_the_gazetteer_is_missing(monkeypatch, tmp_path):
    monkeypatch.setattr(lookup, "_used", [gazetteer.Gazetteer(tmp_path / "none")])

    assert name_of("US-NY/kings-county") == "Kings County, NY"


@pytest.mark.parametrize(
    "code, width",
    [
        ("world", "world"),
        ("US", "country"),
        ("US-NY", "state"),
        ("US-NY/kings-county", "county"),
        ("US-NY/kings-county/brooklyn", "town"),
        ("US-NY/-/brooklyn", "town"),
        ("FR-11/paris", "town"),
        ("US/11201", "zip"),
    ],
)
def test_a_code_says_how_wide_its_area_is(code, width):
    assert width_of(code) == width


@pytest.mark.parametrize("text", ["Brooklyn, NY", "11201", "Kings County, NY", "Texas", "Monaco"])
def test_areas_get_wider_one_by_one(places, text):
    order = ["zip", "town", "county", "state", "country", "world"]

    widths = [width_of(code) for code in places.find(text)[0].areas]

    assert [order.index(width) for width in widths] == sorted(map(order.index, widths))
    assert widths[-2:] == ["country", "world"]


def test_a_places_own_label_can_be_had_in_spanish(places):
    texas, paris = places.find("Texas")[0], places.find("Paris, France")[0]

    assert label(texas, "es") == "Texas, EE. UU."
    assert label(paris, "es") == "Paris, Francia"


def test_folding_makes_one_of_many_spellings():
    spellings = ["St. Mary's", "SAINT  MARYS", "saint mary’s", "St-Marys"]

    assert {fold(text) for text in spellings} == {"saint marys"}
    assert fold("Łódź") == "lodz"
    assert slug("Ñuñoa") == "nunoa"
    assert sound(fold("brookyln")) == sound(fold("Bruklin")) == sound(fold("Brooklyn"))
