"""Names of areas, in English and Spanish. Their codes are told in `codes`."""

from __future__ import annotations

from leeward.gazetteer.codes import (
    WORLD,
    ZIP_CODE,
    Width,
    label_of,
    tail_of,
    width_of,
    zip_code,
)
from leeward.gazetteer.lookup import find
from leeward.gazetteer.place import GazetteerUnfit, Place
from leeward.gazetteer.regions import country_name, provinces, state_name

__all__ = ["WORLD", "Width", "label", "name_of", "width_of", "zip_code"]

_WORLD_NAMES = {"en": "Everywhere", "es": "Todo el mundo"}


def name_of(code: str, language: str = "en") -> str:
    """Return what to show for an area's code in "en" or "es".

    "Kings County, NY"; where no place has the code, a name made of it.
    """
    if code == WORLD:
        return _WORLD_NAMES.get(language, _WORLD_NAMES["en"])
    head, _, rest = code.partition("/")
    country, _, admin1 = head.partition("-")
    if not rest:
        return _part_name(country, admin1, language) if admin1 else country_name(country, language)
    if ZIP_CODE.fullmatch(code):
        return f"ZIP {rest}"
    place = _place_of(code, country)
    name = place.name if place else rest.rpartition("/")[2].replace("-", " ").title()
    return ", ".join([name, *tail_of(country, admin1, language)])


def label(place: Place, language: str = "en") -> str:
    """Return what to show for a place, in "en" or "es"."""
    return label_of(place.kind, place.name, place.admin1, place.country, language)


def _part_name(country: str, admin1: str, language: str) -> str:
    if country == "US":
        return state_name(admin1, language)
    if country == "CA" and admin1 in provinces():
        return provinces()[admin1][1]
    return f"{country_name(country, language)} ({admin1})"


def _place_of(code: str, country: str) -> Place | None:
    try:
        named = find(code.rpartition("/")[2].replace("-", " "), country=country, limit=50)
    except GazetteerUnfit:
        return None
    return next((place for place in named if place.areas[0] == code), None)
