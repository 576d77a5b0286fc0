"""The places that the gazetteer holds, gathered from the two files in `data/`.

Towns come from GeoNames, ZIPs with their city and county from the ZIP file. What neither says is
worked out: a US town's county is that of the nearest ZIP, by name first; a county lies in the
middle of its ZIPs, a state in the middle of its people.
"""

from __future__ import annotations

import csv
import gzip
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from math import cos, radians

from leeward.gazetteer.fold import fold
from leeward.gazetteer.refresh import PLACES, ZIPS
from leeward.gazetteer.regions import TERRITORIES, states
from leeward.gazetteer.space import distance_km

NEAR_KM = 60.0
_OVERSEAS = frozenset({"AA", "AE", "AP"})  # military mail: its ZIPs lie nowhere on the map
_MILITARY_CITIES = frozenset({"apo", "fpo", "dpo"})
_CELLS_A_DEGREE = 2


@dataclass(slots=True, eq=False)
class Entry:
    """A place on its way into the file. `others`: further names, folded. town: of a ZIP."""

    kind: str
    name: str
    country: str
    admin1: str
    latitude: float
    longitude: float
    population: int
    time_zone: str
    county: str = ""
    others: list[str] = field(default_factory=list)
    town: Entry | None = None
    folded: str = field(init=False)

    def __post_init__(self) -> None:
        self.folded = fold(self.name)


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


def gather() -> list[Entry]:
    """Return every place, the biggest first."""
    towns = list(read_towns())
    zips = _placed(read_zips())
    american = [town for town in towns if town.country == "US"]
    _give_counties(american, zips)
    added, zip_entries = _zip_entries(american, zips)
    counties = list(_counties([*american, *added], zips))
    whole = list(_states(american))
    found = [*towns, *added, *zip_entries, *counties, *whole]
    return sorted(found, key=lambda entry: -entry.population)


def read_towns() -> Iterator[Entry]:
    """Yield GeoNames' towns; the USA's territories as parts of it."""
    with gzip.open(PLACES, "rt", encoding="utf-8") as lines:
        for line in lines:
            name, country, admin1, lat, lon, people, zone, others = line.rstrip("\n").split("\t")
            if country in TERRITORIES:
                country, admin1 = "US", country
            yield Entry(
                kind="town",
                name=name,
                country=country,
                admin1=admin1 if admin1 != "00" else "",
                latitude=float(lat),
                longitude=float(lon),
                population=int(people or 0),
                time_zone=zone,
                others=others.split("|") if others else [],
            )


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


def _placed(zips: list[Zip]) -> list[Zip]:
    """Return the ZIPs that lie somewhere; one without a point takes its city's, or county's."""
    cities, counties = _by_city(zips), defaultdict(list)
    for each in zips:
        if each.has_point:
            counties[each.state, each.county].append(each)
    for each in zips:
        if not each.has_point:
            near = cities.get((each.state, fold(each.city))) or counties.get(
                (each.state, each.county)
            )
            if near:
                each.latitude, each.longitude = _middle(near)
                each.county = each.county or near[0].county
                each.time_zone = each.time_zone or near[0].time_zone
    return [each for each in zips if each.has_point]


def _by_city(zips: Iterable[Zip]) -> dict[tuple[str, str], list[Zip]]:
    found: dict[tuple[str, str], list[Zip]] = defaultdict(list)
    for each in zips:
        if each.has_point:
            found[each.state, fold(each.city)].append(each)
    return found


def _middle(points: list[Zip]) -> tuple[float, float]:
    chosen = [each for each in points if each.is_ordinary] or points
    return (
        round(sum(each.latitude for each in chosen) / len(chosen), 4),
        round(sum(each.longitude for each in chosen) / len(chosen), 4),
    )


def _give_counties(towns: list[Entry], zips: list[Zip]) -> None:
    """Write each town's county: that of the nearest ZIP of its name, else of the nearest ZIP."""
    cities = _by_city(zips)
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
    for key, group in _by_city(zips).items():
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
    latitude, longitude = _middle(zips)
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


def _counties(towns: list[Entry], zips: list[Zip]) -> Iterator[Entry]:
    groups: dict[tuple[str, str], list[Zip]] = defaultdict(list)
    for each in zips:
        if each.county:
            groups[each.state, each.county].append(each)
    people: dict[tuple[str, str], int] = defaultdict(int)
    for town in towns:
        people[town.admin1, town.county] += town.population
    for (state, county), group in groups.items():
        latitude, longitude = _middle(group)
        short = fold(county).rpartition(" ")[0]
        yield Entry(
            kind="county",
            name=county,
            country="US",
            admin1=state,
            latitude=latitude,
            longitude=longitude,
            population=people[state, county],
            time_zone=group[0].time_zone,
            county=county,
            others=[short] if short else [],
        )


def _states(towns: list[Entry]) -> Iterator[Entry]:
    """Yield the states, each in the middle of its people, with the time zone that most have."""
    for code, (english, spanish) in states().items():
        inside = [town for town in towns if town.admin1 == code and town.population]
        if not inside:
            continue
        people = sum(town.population for town in inside)
        zones: dict[str, int] = defaultdict(int)
        for town in inside:
            zones[town.time_zone] += town.population
        yield Entry(
            kind="state",
            name=english,
            country="US",
            admin1=code,
            latitude=sum(town.latitude * town.population for town in inside) / people,
            longitude=sum(town.longitude * town.population for town in inside) / people,
            population=people,
            time_zone=max(zones, key=lambda zone: zones[zone]),
            others=sorted({fold(code), fold(spanish)} - {fold(english)}),
        )
