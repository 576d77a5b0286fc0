"""Codes of areas, from the world to a ZIP, made and taken apart; labels of places.

    world · US · US-NY · US-NY/kings-county · US-NY/kings-county/brooklyn · US/11201

Outside the USA a town stands right under its country's part: `FR-11/paris`.
"""

from __future__ import annotations

import re
from typing import Literal

from leeward.gazetteer.regions import country_name, provinces, state_name

WORLD = "world"
Width = Literal["zip", "town", "county", "state", "country", "world"]
ZIP_CODE = re.compile(r"[A-Z]{2}/\d{5}")


def width_of(code: str) -> Width:
    """Return how wide an area is, by its code alone. A county outside the USA reads as a town."""
    if code == WORLD:
        return "world"
    if ZIP_CODE.fullmatch(code):
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


def label_of(kind: str, name: str, admin1: str, country: str, language: str = "en") -> str:
    """Return what to show for a place of these facts."""
    if kind == "state":
        return f"{state_name(admin1, language)}, {country_name(country, language)}"
    return ", ".join([name, *tail_of(country, admin1, language)])


def tail_of(country: str, admin1: str, language: str) -> list[str]:
    """Return what stands after a place's name: its state, or its country."""
    if country == "US":
        return [admin1] if admin1 else [country_name(country, language)]
    part = provinces()[admin1][0] if country == "CA" and admin1 in provinces() else ""
    return [*([part] if part else []), country_name(country, language)]
