"""Codes of areas, from the world to a ZIP, and their names.

    world · US · US-NY · US-NY/kings-county · US-NY/kings-county/brooklyn · US/11201

Outside the USA a town stands right under its country's part: `FR-11/paris`.
"""

from __future__ import annotations

import re
from typing import Literal

from leeward.gazetteer.place import GazetteerUnfit, Place
from leeward.gazetteer.regions import country_name, provinces, state_name

WORLD = "world"
Width = Literal["zip", "town", "county", "state", "country", "world"]
_ZIP = re.compile(r"[A-Z]{2}/\d{5}")
_WORLD_NAMES = {"en": "Everywhere", "es": "Todo el mundo"}


def width_of(code: str) -> Width:
    """Return how wide an area is, by its code alone. A county outside the USA reads as a town."""
    if code == WORLD:
        return "world"
    if _ZIP.fullmatch(code):
        return "zip"
    head, _, rest = code.partition("/")
    if not rest:
        return "state" if "-" in head else "country"
    return "county" if head.startswith("US-") and "/" not in rest else "town"


def zip_code(code: str) -> str:
    """Return the area's code of a ZIP of five digits."""
    return f"US/{code}"


def own_code(country: str, admin1: str = "", county: str = "", town: str = "") -> str:
    """Return the code of the narrowest of these; county and town folded (`fold.fold`).

    A dash stands where a town's part of the country or county is not known.
    """
    state = f"{country}-{admin1}" if admin1 else country
    inside = [county or "-"] if country == "US" or not admin1 else []
    if town:
        inside.append(town)
    elif not county:
        inside = []
    return "/".join([state, *(part.replace(" ", "-") for part in inside)])


def codes_from(code: str) -> tuple[str, ...]:
    """Return a code and those of all wider areas, out to the world."""
    codes = [code]
    head = code
    while "/" in head:
        head = head.rpartition("/")[0]
        if not head.endswith("/-"):
            codes.append(head)
    if "-" in head:
        codes.append(head.partition("-")[0])
    return (*codes, WORLD)


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
    if _ZIP.fullmatch(code):
        return f"ZIP {rest}"
    place = _place_of(code, country)
    name = place.name if place else rest.rpartition("/")[2].replace("-", " ").title()
    return ", ".join([name, *_tail(country, admin1, language)])


def label(place: Place, language: str = "en") -> str:
    """Return what to show for a place, in "en" or "es"."""
    return label_of(place.kind, place.name, place.admin1, place.country, language)


def label_of(kind: str, name: str, admin1: str, country: str, language: str = "en") -> str:
    """Return what to show for a place of these facts."""
    if kind == "state":
        return f"{state_name(admin1, language)}, {country_name(country, language)}"
    return ", ".join([name, *_tail(country, admin1, language)])


def _tail(country: str, admin1: str, language: str) -> list[str]:
    if country == "US":
        return [admin1] if admin1 else [country_name(country, language)]
    part = provinces()[admin1][0] if country == "CA" and admin1 in provinces() else ""
    return [*([part] if part else []), country_name(country, language)]


def _part_name(country: str, admin1: str, language: str) -> str:
    if country == "US":
        return state_name(admin1, language)
    if country == "CA" and admin1 in provinces():
        return provinces()[admin1][1]
    return f"{country_name(country, language)} ({admin1})"


def _place_of(code: str, country: str) -> Place | None:
    from leeward.gazetteer.lookup import find

    try:
        named = find(code.rpartition("/")[2].replace("-", " "), country=country, limit=50)
    except GazetteerUnfit:
        return None
    return next((place for place in named if place.areas[0] == code), None)
