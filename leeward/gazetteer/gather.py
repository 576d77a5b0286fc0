"""The places that the gazetteer holds, gathered from the two files in `data/`.

Towns come from GeoNames, ZIPs with their city and county from the ZIP file. What neither says is
worked out: a US town's county is that of the nearest ZIP, by name first; a county lies in the
middle of its ZIPs, a state in the middle of its people.
"""

from __future__ import annotations

import gzip
from collections import defaultdict
from collections.abc import Iterable, Iterator
from math import cos, radians
from sys import intern

from leeward.gazetteer.entry import Entry
from leeward.gazetteer.fold import fold
from leeward.gazetteer.refresh import PLACES
from leeward.gazetteer.regions import TERRITORIES
from leeward.gazetteer.space import distance_km
from leeward.gazetteer.wide import counties_of, states_of
from leeward.gazetteer.zips import Zip, by_city, middle, placed, read_zips

NEAR_KM = 60.0
_CELLS_A_DEGREE = 2


def gather() -> list[Entry]:
    """Return every place, the biggest first."""
    towns = list(read_towns())
    zips = placed(read_zips())
    american = [town for town in towns if town.country == "US"]
    _give_counties(american, zips)
    added, zip_entries = _zip_entries(american, zips)
    counties = list(counties_of([*american, *added], zips))
    whole = list(states_of(american))
    found = [*towns, *added, *zip_entries, *counties, *whole]
    return sorted(found, key=lambda entry: -entry.population)


def read_towns() -> Iterator[Entry]:
    """Yield GeoNames' towns; the USA's territories as parts of it.

    What repeats is kept once: it would take a hundred megabytes.
    """
    with gzip.open(PLACES, "rt", encoding="utf-8") as lines:
        for line in lines:
            name, country, admin1, lat, lon, people, zone, others = line.rstrip("\n").split("\t")
            if country in TERRITORIES:
                country, admin1 = "US", country
            yield Entry(
                kind="town",
                name=name,
                country=intern(country),
                admin1=intern(admin1) if admin1 != "00" else "",
                latitude=float(lat),
                longitude=float(lon),
                population=int(people or 0),
                time_zone=intern(zone),
                others=others.split("|") if others else [],
            )


def _give_counties(towns: list[Entry], zips: list[Zip]) -> None:
    """Write each town's county: that of the nearest ZIP of its name, else of the nearest ZIP."""
    cities = by_city(zips)
    grid: dict[tuple[str, int, int], list[Zip]] = defaultdict(list)
    for each in zips:
        grid[each.state, *_cell(each.latitude, each.longitude)].append(each)
    for town in towns:
        named = [
            each
            for name in (town.folded, *town.others)
            for each in cities.get((town.admin1, name), ())
        ]
        found = _nearest(town, named) or _nearest(town, _around(grid, town))
        town.county = found.county if found else ""


def _around(grid: dict[tuple[str, int, int], list[Zip]], town: Entry) -> Iterator[Zip]:
    row, column = _cell(town.latitude, town.longitude)
    for down in (-1, 0, 1):
        for right in (-1, 0, 1):
            yield from grid.get((town.admin1, row + down, column + right), ())


def _cell(latitude: float, longitude: float) -> tuple[int, int]:
    return int(latitude * _CELLS_A_DEGREE // 1), int(longitude * _CELLS_A_DEGREE // 1)


def _nearest(town: Entry, zips: Iterable[Zip]) -> Zip | None:
    """Return the nearest ZIP that has a county, within NEAR_KM."""
    wide = cos(radians(town.latitude))
    found = (
        (
            (each.latitude - town.latitude) ** 2 + (wide * (each.longitude - town.longitude)) ** 2,
            each.code,
            each,
        )
        for each in zips
        if each.county
    )
    best = min(found, default=None)
    return best[2] if best and _apart_km(town, best[2]) <= NEAR_KM else None


def _zip_entries(towns: list[Entry], zips: list[Zip]) -> tuple[list[Entry], list[Entry]]:
    """Return (towns that only the ZIPs name, one entry for each ZIP)."""
    named: dict[tuple[str, str], list[Entry]] = defaultdict(list)
    for town in towns:
        for name in (town.folded, *town.others):
            named[town.admin1, name].append(town)
    added: list[Entry] = []
    for key, group in by_city(zips).items():
        if not any(_is_near(town, group) for town in named[key]):
            added.append(_town_of(group))
            named[key].append(added[-1])
    return added, [_zip_entry(each, named[each.state, fold(each.city)]) for each in zips]


def _is_near(town: Entry, zips: list[Zip]) -> bool:
    return any(_apart_km(town, each) <= NEAR_KM for each in zips)


def _apart_km(town: Entry, each: Zip) -> float:
    return distance_km(town.latitude, town.longitude, each.latitude, each.longitude)


def _town_of(zips: list[Zip]) -> Entry:
    first = zips[0]
    latitude, longitude = middle(zips)
    return Entry(
        kind="town",
        name=first.city,
        country="US",
        admin1=first.state,
        latitude=latitude,
        longitude=longitude,
        population=0,
        time_zone=first.time_zone,
        county=next((each.county for each in zips if each.county), ""),
    )


def _zip_entry(each: Zip, towns: list[Entry]) -> Entry:
    # The name a town goes by weighs more than one of its others: Manhattan, KS, is no New York.
    town = min(
        towns,
        key=lambda town: (
            _apart_km(town, each) > NEAR_KM,
            town.folded != fold(each.city),
            -town.population,
        ),
    )
    return Entry(
        kind="zip",
        name=each.code,
        country="US",
        admin1=each.state,
        latitude=each.latitude,
        longitude=each.longitude,
        population=0,
        time_zone=each.time_zone or town.time_zone,
        county=each.county or town.county,
        town=town,
    )
