"""Counties, each in the middle of its ZIPs, and states, each in the middle of its people."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from leeward.gazetteer.entry import Entry
from leeward.gazetteer.fold import fold
from leeward.gazetteer.regions import states
from leeward.gazetteer.zips import Zip, middle


def counties_of(towns: list[Entry], zips: list[Zip]) -> Iterator[Entry]:
    """Yield the counties that the ZIPs name, with the people of their towns."""
    groups: dict[tuple[str, str], list[Zip]] = defaultdict(list)
    for each in zips:
        if each.county:
            groups[each.state, each.county].append(each)
    people: dict[tuple[str, str], int] = defaultdict(int)
    for town in towns:
        people[town.admin1, town.county] += town.population
    for (state, county), group in groups.items():
        latitude, longitude = middle(group)
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


def states_of(towns: list[Entry]) -> Iterator[Entry]:
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
