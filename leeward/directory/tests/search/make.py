"""Documents and questions for the index's tests: real names and places, the rest by chance."""

from __future__ import annotations

import csv
import gzip
import io
from datetime import UTC, date, datetime, timedelta
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

from leeward.directory import vocabulary
from leeward.directory.search.types import Document, Point, Query

DATA = Path(vocabulary.FILE).parent
TODAY = date(2026, 11, 23)
NOW = datetime(2026, 11, 23, 20, 15, 40, tzinfo=UTC)
BROOKLYN = Point(40.6932, -73.9898)
HOURS = (b"", b"day", b"night", b"always", b"never", b"?")
NEEDS = tuple(vocabulary.terms(vocabulary.NEEDS))
PEOPLE = tuple(code for code in vocabulary.terms(vocabulary.PEOPLE) if code != "boys_to_age")
LANGUAGES = ("en", "es", "ar", "zh", "ht", "ru", "bn")
AREAS = (
    "world",
    "US",
    "US-NY",
    "US-NY/kings-county",
    "US-NY/kings-county/brooklyn",
    "US/11201",
    "CA",
    "US-CA",
    "US-CA/kern-county",
)
WORDS = (
    "health",
    "centers",
    "family",
    "recovery",
    "refugio",
    "abogada",
    "plan de seguridad",
    "horizon",
    "brooklin",
    "behavorial",
    "comunity",
    "NIÑOS",
    "couns",
    "St.",
    "the",
    "xqzwv",
    "food",
    "visa u",
    "ment",
    "services",
    "new york",
    "queens",
    "salud mental",
    "24/7",
)


def is_open(hours: bytes, at: datetime) -> bool | None:
    """Stand in for `rules.hours`: day is 8 to 18 UTC, "?" is not known."""
    by_day = {b"day": 8 <= at.hour < 18, b"night": not 8 <= at.hour < 18}
    return {**by_day, b"always": True, b"never": False}.get(hours)


def document(number: int, point: Point | None = BROOKLYN, **values: Any) -> Document:
    """Return a document of which nothing is known but where it is; fresh for a year."""
    unset: dict[str, Any] = {
        "areas": (),
        "name": f"Service {number}",
        "text": "",
        "needs": frozenset(),
        "yes": frozenset(),
        "no": frozenset(),
        "boys_to_age": None,
        "languages": frozenset(),
        "hours": b"",
        "beds_until": 0,
        "due_on": TODAY.toordinal() + 365,
        "card": f'{{"n":{number}}}'.encode(),
    }
    return Document(number=number, point=point, **{**unset, **values})


def query(point: Point | None = BROOKLYN, **values: Any) -> Query:
    """Return a question of today."""
    return Query(**{"today": TODAY, "point": point, **values})


@cache
def real_places() -> list[tuple[str, str, Point]]:
    """Return name, town and place of the shipped rows: all of New York's, some of the others."""
    found = []
    for row in _rows("nyc_victim_services_2022.csv.gz"):
        name = f"{row['ORGANIZATION_NAME']} {row['LOCATION_NAME']}"
        found.append((name, row["ADDRESS_2"], Point(float(row["LAT"]), float(row["LON"]))))
    for row in _rows("samhsa_mental_health.csv.gz")[::9]:
        point = Point(float(row["latitude"]), float(row["longitude"]))
        found.append((f"{row['name1']} {row['name2']}", f"{row['city']} {row['state']}", point))
    return found


def _rows(name: str) -> list[dict[str, str]]:
    text = gzip.decompress((DATA / name).read_bytes()).decode("utf-8", "replace")
    return [row for row in csv.DictReader(io.StringIO(text)) if row.get("LAT", row.get("latitude"))]


def chance_document(number: int, chance: Random) -> Document:
    """Return a real name at a real place nearby, with filters by chance."""
    name, town, place = chance.choice(real_places())
    is_placed = chance.random() > 0.08
    yes = _some(chance, PEOPLE, 0.25)
    return document(
        number,
        _nearby(place, chance) if is_placed else None,
        areas=() if is_placed else tuple(chance.sample(AREAS, chance.randint(1, 3))),
        name=name,
        text=f"{town} {chance.choice(WORDS)}",
        needs=_some(chance, NEEDS, 0.2),
        yes=yes,
        no=_some(chance, PEOPLE, 0.1) - yes,
        boys_to_age=chance.choice((None, None, 0, 9, 12, 17)),
        languages=_some(chance, LANGUAGES, 0.3),
        hours=chance.choice(HOURS),
        beds_until=chance.choice((0, 0, int(NOW.timestamp() // 60) + chance.randint(-90, 90))),
        due_on=chance.choice((0, TODAY.toordinal() + chance.randint(-30, 30))),
    )


def chance_query(chance: Random) -> Query:
    """Return a question by chance, mostly with a few wishes."""
    _name, _town, place = chance.choice(real_places())
    return query(
        _nearby(place, chance) if chance.random() > 0.1 else None,
        radius_km=chance.choice((0.0, 3.0, 8.0, 24.0, 40.0, 160.0, 800.0, 5000.0)),
        areas=tuple(sorted(_some(chance, AREAS, 0.5))),
        words=" ".join(chance.sample(WORDS, chance.choice((0, 0, 1, 1, 2)))),
        needs=_some(chance, NEEDS, 0.1) if chance.random() < 0.5 else frozenset(),
        people=_some(chance, PEOPLE, 0.12) if chance.random() < 0.5 else frozenset(),
        oldest_boy_age=chance.choice((None, None, None, 9, 13)),
        languages=_some(chance, LANGUAGES, 0.2) if chance.random() < 0.3 else frozenset(),
        open_at=_maybe(chance),
        beds_at=_maybe(chance),
        include_unknown=chance.random() < 0.7,
        by_fit=chance.random() < 0.5,
        limit=chance.choice((20, 20, 20, 5, 1)),
        offset=chance.choice((0, 0, 0, 20, 190)),
    )


def _nearby(place: Point, chance: Random) -> Point:
    if chance.random() < 0.5:
        return place
    return Point(place.latitude + chance.gauss(0, 0.05), place.longitude + chance.gauss(0, 0.05))


def _some(chance: Random, codes: tuple[str, ...], share: float) -> frozenset[str]:
    return frozenset(code for code in codes if chance.random() < share)


def _maybe(chance: Random) -> datetime | None:
    return NOW + timedelta(hours=chance.randint(-12, 12)) if chance.random() < 0.15 else None
