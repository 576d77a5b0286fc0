"""A place, as it is found."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Kind = Literal["zip", "town", "county", "state"]
KINDS: tuple[Kind, ...] = ("zip", "town", "county", "state")


class GazetteerUnfit(Exception):
    """The file of places is missing, damaged or of another version: set-up makes a new one."""


@dataclass(frozen=True, slots=True)
class Place:
    """A town, ZIP, county or state.

    name: "Brooklyn", "11201", "Kings County", "New York". admin1: "NY" in the USA and Canada, else
    GeoNames' code. county: "Kings County", "" outside the USA. country: two letters (ISO 3166).
    latitude, longitude: the middle, WGS 84. population: 0 for not known. time_zone: IANA name.
    label: what to show, "Brooklyn, NY", "11201 (Brooklyn, NY)", "Toronto, ON, Canada".
    areas: codes of all areas that it lies in, narrowest first (`areas`).
    """

    name: str
    kind: Kind
    admin1: str
    county: str
    country: str
    latitude: float
    longitude: float
    population: int
    time_zone: str
    label: str
    areas: tuple[str, ...]
