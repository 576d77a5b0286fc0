"""Finding places by what people type, and the town nearest to a point."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice
from math import cos, isfinite, radians
from pathlib import Path

from rapidfuzz.distance import OSA

from leeward.gazetteer.asked import Reading, readings, zip_in
from leeward.gazetteer.fold import fold, shorter_by_one, sound
from leeward.gazetteer.place import GazetteerUnfit, Place
from leeward.gazetteer.shelf import Found, Shelf
from leeward.gazetteer.space import cells_around, certain_km, distance_km, reach_for

MOST = 50
SHORTEST_PREFIX = 3
FARTHEST_KM = 500.0
REACHES = (1, 3, 10, 50)
_FLAT_KM = 20.0
_MOST_HEARD = 60
_MOST_FILTERED = 1000
# Besides towns smaller than this, bigger ones with nearly the same name are named.
_SMALL, _BIG, _MOST_MEANT = 15_000, 100_000, 2
_WIDE = frozenset({"zip", "county", "state"})
# How many letters may be wrong in a name of at least so many letters.
_FORGIVEN = ((10, 3), (6, 2), (4, 1))


class Gazetteer:
    """The file at `path`, opened read-only, once a thread.

    country: whose places come first. Every method raises GazetteerUnfit when the file is missing,
    damaged or of another version.
    """

    def __init__(self, path: Path, country: str = "US") -> None:
        self.path = path
        self.country = country
        self._shelf = Shelf(path)

    def find(self, text: str, *, country: str = "", limit: int = 8) -> list[Place]:
        """Return places that `text` may mean, likeliest first; [] when nothing is like it.

        Any text is safe. country: whose places come first. Whole names come first; without one,
        names that begin so; without those, names a few letters away.
        """
        country, limit = country or self.country, min(limit, MOST)
        code = zip_in(text)
        if code and (found := self._shelf.places(self._exactly([Reading(code)], country)[:limit])):
            return found
        read = readings(text)
        found = self._shelf.places(self._exactly(read, country)[:limit])
        if found:
            return [*found, *self._meant_perhaps(read, found, country)][:limit]
        for look in (self._begun, self._heard):
            if found := self._shelf.places(look(read, country)[:limit]):
                return found
        return []

    def _meant_perhaps(self, read: list[Reading], found: list[Place], country: str) -> list[Place]:
        """Return big towns with nearly the name of the small ones found: Brooklyn for Brooklin."""
        if read[0].regions:
            return []
        mine = [place for place in found if place.country == country] or found
        if any(place.population >= _SMALL or place.kind in _WIDE for place in mine):
            return []
        numbers = dict.fromkeys([*self._begun(read, country), *self._heard(read, country)])
        near = self._shelf.places(list(numbers)[:MOST])
        big = [place for place in near if place.population >= _BIG and place not in found]
        return sorted(big, key=lambda place: -place.population)[:_MOST_MEANT]

    def prefix(self, text: str, limit: int = 8, *, country: str = "") -> list[Place]:
        """Return places whose name begins with `text` (three letters or more), the biggest first.

        `country`'s come before others.
        """
        limit = min(limit, MOST)
        numbers = self._beginning(fold(text), country or self.country, MOST)
        return self._shelf.places(numbers[:limit])

    def nearest(self, latitude: float, longitude: float) -> Place | None:
        """Return the nearest town within 500 km, for labels and time zones; None at sea.

        Beyond 60 degrees north or south, and across the date line, it looks less far east and west.
        """
        if not (isfinite(latitude) and isfinite(longitude) and abs(latitude) <= 90):  # noqa: PLR2004
            return None
        best: tuple[float, int] | None = None
        for reach in REACHES:
            towns = self._shelf.near(cells_around(latitude, longitude, reach))
            best = _closest(latitude, longitude, towns)
            if best and best[0] <= certain_km(latitude, reach):
                break
        if best is None or best[0] > FARTHEST_KM:
            return None
        return self._shelf.places([best[1]])[0]

    def around(
        self, latitude: float, longitude: float, radius_km: float, limit: int = 4
    ) -> list[Place]:
        """Return the biggest towns within `radius_km` (at most 500) of a point."""
        if not (isfinite(latitude) and isfinite(longitude) and abs(latitude) <= 90):  # noqa: PLR2004
            return []
        far = min(radius_km, FARTHEST_KM)
        towns = self._shelf.near(cells_around(latitude, longitude, reach_for(latitude, far)))
        # Numbers were given by size, the biggest town first: the smallest are never measured.
        biggest = sorted(towns)
        inside = (n for n, *at in biggest if distance_km(latitude, longitude, *at) <= far)
        return self._shelf.places(islice(inside, min(limit, MOST)))

    def _exactly(self, read: list[Reading], country: str) -> list[int]:
        found: dict[int, None] = {}
        for reading in read:
            named = self._shelf.named(reading.name)
            named.sort(key=lambda row: row[2][:2] != country)
            found.update(dict.fromkeys(self._inside(named, reading)))
            if found and reading.regions:
                break
        return list(found)

    def _begun(self, read: list[Reading], country: str) -> list[int]:
        found: dict[int, None] = {}
        for reading in read:
            if len(reading.name) < SHORTEST_PREFIX:
                continue
            if reading.regions or reading.county:
                rows = self._shelf.beginning(reading.name, country, _MOST_FILTERED)
                found.update(dict.fromkeys(self._inside(rows, reading)))
            else:
                found.update(dict.fromkeys(self._beginning(reading.name, country, MOST)))
        return list(found)

    def _beginning(self, folded: str, country: str, limit: int) -> list[int]:
        if len(folded) < SHORTEST_PREFIX:
            return []
        listed = self._shelf.listed(folded, country)
        if listed is not None:
            return listed
        rows = self._shelf.beginning(folded, country, limit)
        return list(dict.fromkeys(number for _rank, number, _country in rows))

    def _heard(self, read: list[Reading], country: str) -> list[int]:
        """Return what is a few letters away: own country first, then the closest, then the best."""
        found: dict[int, tuple[bool, int, int]] = {}
        for reading in read:
            most = _forgiven(reading.name)
            heard = sound(reading.name)
            if not most or not heard:
                continue
            near = self._near_in_letters(reading.name, heard, most)
            rows = [(rank, number, home) for number, (_away, rank, home) in near.items()]
            for number in self._inside(rows, reading):
                away, rank, home = near[number]
                found.setdefault(number, (home[:2] != country, away, rank))
        return sorted(found, key=lambda number: found[number])

    def _near_in_letters(self, name: str, heard: str, most: int) -> dict[int, tuple[int, int, str]]:
        """Return (letters away, rank, home) of places that sound like `name`."""
        near: dict[int, tuple[int, int, str]] = {}
        keys = {heard, *shorter_by_one(heard)} - {""}
        for rank, number, folded, home in self._shelf.sounding(keys, _MOST_HEARD):
            away = OSA.distance(name, folded, score_cutoff=most)
            if away <= most and (number not in near or away < near[number][0]):
                near[number] = (away, rank, home)
        return near

    def _inside(self, rows: Iterable[Found], reading: Reading) -> list[int]:
        """Return those that lie in the regions and county of a reading."""
        homes = {f"{country}-{admin1}" for country, admin1 in reading.regions if admin1}
        countries = {country for country, admin1 in reading.regions if not admin1}
        found = [
            number
            for _rank, number, home in rows
            if not reading.regions or home in homes or home[:2] in countries
        ]
        if not reading.county:
            return found
        of = self._shelf.county_of
        return [number for number in found if fold(of(number)).startswith(reading.county)]


def _forgiven(name: str) -> int:
    return next((wrong for letters, wrong in _FORGIVEN if len(name) >= letters), 0)


def _closest(
    latitude: float, longitude: float, towns: list[tuple[int, float, float]]
) -> tuple[float, int] | None:
    """Return (km, number) of the closest town; over few km a flat map is as good as a globe."""
    wide = cos(radians(latitude))
    closest = min(
        towns,
        key=lambda town: (town[1] - latitude) ** 2 + (wide * (town[2] - longitude)) ** 2,
        default=None,
    )
    if closest is None:
        return None
    away = distance_km(latitude, longitude, *closest[1:])
    if away <= _FLAT_KM:
        return away, closest[0]
    return min((distance_km(latitude, longitude, *at), number) for number, *at in towns)


_used: list[Gazetteer] = []


def use(path: Path, country: str = "US") -> None:
    """Say which file `find`, `prefix` and `nearest` read from now on, in every thread."""
    _used[:] = [Gazetteer(path, country)]


def _current() -> Gazetteer:
    if not _used:
        raise GazetteerUnfit("No gazetteer was named; call gazetteer.use(path) first.")
    return _used[0]


def find(text: str, *, country: str = "", limit: int = 8) -> list[Place]:
    """See Gazetteer.find."""
    return _current().find(text, country=country, limit=limit)


def prefix(text: str, limit: int = 8, *, country: str = "") -> list[Place]:
    """See Gazetteer.prefix."""
    return _current().prefix(text, limit, country=country)


def nearest(latitude: float, longitude: float) -> Place | None:
    """See Gazetteer.nearest."""
    return _current().nearest(latitude, longitude)


def around(latitude: float, longitude: float, radius_km: float, limit: int = 4) -> list[Place]:
    """See Gazetteer.around."""
    return _current().around(latitude, longitude, radius_km, limit)
