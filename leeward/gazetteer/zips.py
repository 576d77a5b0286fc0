"""The ZIPs of the USA, read; those without a point placed."""

from __future__ import annotations

import csv
import gzip
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from leeward.gazetteer.fold import fold
from leeward.gazetteer.refresh import ZIPS

_OVERSEAS = frozenset({"AA", "AE", "AP"})  # military mail: its ZIPs lie nowhere on the map
_MILITARY_CITIES = frozenset({"apo", "fpo", "dpo"})


@dataclass(slots=True)
class Zip:
    """One row of the ZIP file; latitude and longitude are 0 where it has none."""

    code: str
    city: str
    state: str
    county: str
    time_zone: str
    latitude: float
    longitude: float
    is_ordinary: bool

    @property
    def has_point(self) -> bool:
        """Whether it lies somewhere on the map."""
        return bool(self.latitude or self.longitude)


def read_zips() -> list[Zip]:
    """Return the ZIPs, without those of military mail."""
    counties: dict[tuple[str, str], str] = {}  # "St. Louis City" and "St. Louis city" are one
    with gzip.open(ZIPS, "rt", encoding="utf-8", newline="") as lines:
        return [
            Zip(
                code=row["zip"],
                city=row["city"],
                state=row["state"],
                county=counties.setdefault((row["state"], fold(row["county"])), row["county"]),
                time_zone=row["timezone"],
                latitude=float(row["lat"] or 0),
                longitude=float(row["lon"] or 0),
                is_ordinary=row["type"] == "STANDARD",
            )
            for row in csv.DictReader(lines)
            if row["state"] not in _OVERSEAS and fold(row["city"]) not in _MILITARY_CITIES
        ]


def placed(zips: list[Zip]) -> list[Zip]:
    """Return the ZIPs that lie somewhere; one without a point takes its city's, or county's."""
    cities, counties = by_city(zips), defaultdict(list)
    for each in zips:
        if each.has_point:
            counties[each.state, each.county].append(each)
    for each in zips:
        if not each.has_point:
            near = cities.get((each.state, fold(each.city))) or counties.get(
                (each.state, each.county)
            )
            if near:
                each.latitude, each.longitude = middle(near)
                each.county = each.county or near[0].county
                each.time_zone = each.time_zone or near[0].time_zone
    return [each for each in zips if each.has_point]


def by_city(zips: Iterable[Zip]) -> dict[tuple[str, str], list[Zip]]:
    """Return the ZIPs that lie somewhere, by state and folded city."""
    found: dict[tuple[str, str], list[Zip]] = defaultdict(list)
    for each in zips:
        if each.has_point:
            found[each.state, fold(each.city)].append(each)
    return found


def middle(points: list[Zip]) -> tuple[float, float]:
    """Return the middle of ZIPs, of ordinary ones where there are any (not boxes, not firms)."""
    chosen = [each for each in points if each.is_ordinary] or points
    return (
        round(sum(each.latitude for each in chosen) / len(chosen), 4),
        round(sum(each.longitude for each in chosen) / len(chosen), 4),
    )
