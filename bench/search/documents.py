"""A million services made from the shipped real rows, and the questions asked of them.

Each real row (New York's victim services, SAMHSA, HRSA) is copied about 25 times, moved by some
kilometres, with who may come, languages, hours and beds by chance: the real rows say little of
these. The seed is fixed, so every run has the same rows and questions.
"""

from __future__ import annotations

import csv
import gzip
import io
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from random import Random

from leeward.directory import vocabulary
from leeward.directory.rules import hours
from leeward.directory.search.types import Document, Point, Query

DATA = Path(vocabulary.FILE).parent
TODAY = date(2026, 11, 23)
NOW = datetime(2026, 11, 23, 23, 30, tzinfo=UTC)
SEED = 20261123
AWAY_DEGREES = 0.08
WITHOUT_PLACE = 0.01
NEEDS = tuple(vocabulary.terms(vocabulary.NEEDS))
PEOPLE = tuple(code for code in vocabulary.terms(vocabulary.PEOPLE) if code != "boys_to_age")
LANGUAGES = ("en", "es", "zh", "ar", "ru", "fr", "ht", "ko", "vi", "pt", "bn", "ur", "pl", "it")
ZONES = ("America/New_York", "America/Chicago", "America/Denver", "America/Los_Angeles")
NYC_NEEDS = {
    code: column
    for code, term in vocabulary.terms(vocabulary.NEEDS).items()
    for column in term.maps_to.get("nyc", ())
}
WORDS = (
    "shelter",
    "refugio",
    "lawyer",
    "abogada",
    "counseling",
    "terapia",
    "health center",
    "family services",
    "recovery",
    "plan de seguridad",
    "violence",
    "women",
    "children",
    "behavioral health",
    "community",
    "safe horizon",
    "trafficking",
    "immigration",
    "food",
    "detox",
    "hospital",
    "salud mental",
    "clinic",
    "legal aid",
    "methodist",
    "couns",
    "brooklyn",
    "springfield",
    "veterans",
    "youth",
    "catholic charities",
    "st joseph",
)
MISTYPED = ("sheltr", "abogada inmigracion", "horizn", "comunity", "recovry", "hospitl")


@dataclass(frozen=True, slots=True)
class Real:
    """One shipped row, as far as it is needed here."""

    name: str
    town: str
    state: str
    street: str
    needs: frozenset[str]
    place: Point


def real_rows() -> list[Real]:
    """Return the shipped rows."""
    found = list(map(_new_york, _rows("nyc_victim_services_2022.csv.gz", "LAT")))
    for name, needs in (
        ("samhsa_mental_health.csv.gz", {"mental_health", "counselling"}),
        ("samhsa_substance_use.csv.gz", {"substance_use"}),
    ):
        found += [_samhsa(row, frozenset(needs)) for row in _rows(name, "latitude")]
    return found + list(map(_hrsa, _rows("hrsa_health_centers.csv.gz", "lat")))


def documents(count: int) -> Iterator[Document]:
    """Return `count` services, the same ones every time."""
    rows, chance = real_rows(), Random(SEED)
    kinds_of_hours = _hours(chance)
    for number in range(count):
        real = rows[number % len(rows)]
        away = AWAY_DEGREES if number >= len(rows) else 0.0
        yield _document(number, real, away, kinds_of_hours, chance)


def questions(count: int) -> list[Query]:
    """Return mixed questions: 8 to 800 km; words, needs, people, languages, open, beds."""
    rows, chance = real_rows(), Random(SEED + 1)
    return [_question(chance.choice(rows), chance) for _each in range(count)]


def _question(real: Real, chance: Random) -> Query:
    return Query(
        today=TODAY,
        point=_near(real.place, 0.03, chance),
        radius_km=chance.choice((8.0, 24.0, 40.0, 80.0, 160.0, 800.0)),
        areas=(f"US-{real.state}/{_county(real)}", f"US-{real.state}", "US", "world"),
        words=_words(chance),
        needs=frozenset(chance.sample(NEEDS, chance.choice((0, 0, 1, 1, 2)))),
        people=frozenset(chance.sample(PEOPLE, chance.choice((0, 0, 0, 1, 2)))),
        oldest_boy_age=chance.choice((None,) * 9 + (13,)),
        languages=frozenset(chance.sample(LANGUAGES[:6], chance.choice((0, 0, 0, 1)))),
        open_at=NOW if chance.random() < 0.2 else None,
        beds_at=NOW if chance.random() < 0.07 else None,
        include_unknown=chance.random() < 0.8,
        by_fit=chance.random() < 0.4,
        offset=chance.choice((0,) * 7 + (20,)),
    )


def _words(chance: Random) -> str:
    if chance.random() < 0.55:
        return ""
    return chance.choice(MISTYPED if chance.random() < 0.06 else WORDS)


def _document(
    number: int, real: Real, away: float, kinds_of_hours: list[bytes], chance: Random
) -> Document:
    is_placed = chance.random() > WITHOUT_PLACE
    told = {code: chance.random() for code in PEOPLE}
    needs = real.needs | ({chance.choice(NEEDS)} if chance.random() < 0.3 else set())
    yes = frozenset(code for code, luck in told.items() if luck < 0.2)
    card = {
        "id": number,
        "name": real.name,
        "address": [real.street, real.town],
        "about": "x" * 500,
    }
    return Document(
        number=number,
        point=_near(real.place, away, chance) if is_placed else None,
        areas=() if is_placed else (_area(real, chance),),
        name=real.name,
        text=f"{real.street} {real.town} {real.state} {' '.join(needs)}",
        needs=needs,
        yes=yes,
        no=frozenset(code for code, luck in told.items() if luck > 0.94),
        boys_to_age=chance.choice((None, None, None, 10, 12, 17)),
        languages=_spoken(chance),
        hours=b"" if chance.random() < 0.3 else chance.choice(kinds_of_hours),
        beds_until=int(NOW.timestamp() // 60) + chance.randint(-600, 600)
        if "shelter" in needs and chance.random() < 0.3
        else 0,
        due_on=chance.choice((0, TODAY.toordinal() + chance.randint(-60, 300))),
        card=json.dumps(card).encode(),
    )


def _spoken(chance: Random) -> frozenset[str]:
    if chance.random() < 0.5:
        return frozenset()
    return frozenset({"en"} | {code for code in LANGUAGES if chance.random() < 0.12})


def _area(real: Real, chance: Random) -> str:
    level = chance.random()
    if level < 0.5:
        return f"US-{real.state}/{_county(real)}"
    return f"US-{real.state}" if level < 0.95 else "US"


def _county(real: Real) -> str:
    return f"{real.town.strip().lower().replace(' ', '-')}-county"


def _near(place: Point, degrees: float, chance: Random) -> Point:
    latitude = place.latitude + chance.gauss(0, degrees)
    return Point(max(-90.0, min(90.0, latitude)), place.longitude + chance.gauss(0, degrees))


def _hours(chance: Random) -> list[bytes]:
    """Return four hundred kinds of opening hours in four time zones."""
    days = ("MO,TU,WE,TH,FR", "MO,TU,WE,TH,FR,SA", "MO,WE,FR", "MO,TU,WE,TH,FR,SA,SU")
    made: set[bytes] = set()
    while len(made) < 400:
        opens, closes = chance.randint(6, 11), chance.randint(15, 23)
        rule = hours.ScheduleRule(
            freq="WEEKLY",
            byday=chance.choice(days),
            opens_at=f"{opens:02d}:{chance.choice(('00', '30'))}",
            closes_at=f"{closes:02d}:00",
        )
        made.add(hours.compile_hours([rule], chance.choice(ZONES), "US"))
    return sorted(made)


def _rows(name: str, needed: str) -> list[dict[str, str]]:
    text = gzip.decompress((DATA / name).read_bytes()).decode("utf-8", "replace")
    return [row for row in csv.DictReader(io.StringIO(text)) if row.get(needed)]


def _new_york(row: dict[str, str]) -> Real:
    needs = frozenset(code for code, column in NYC_NEEDS.items() if row.get(column) == "1")
    return Real(
        name=f"{row['ORGANIZATION_NAME'].strip()} {row['LOCATION_NAME'].strip()}",
        town=row["BOROUGH"],
        state="NY",
        street=row["ADDRESS_1"].strip(),
        needs=needs,
        place=Point(float(row["LAT"]), float(row["LON"])),
    )


def _samhsa(row: dict[str, str], needs: frozenset[str]) -> Real:
    place = Point(float(row["latitude"]), float(row["longitude"]))
    name = f"{row['name1']} {row['name2']}".strip()
    return Real(name, row["city"], row["state"], row["street1"], needs, place)


def _hrsa(row: dict[str, str]) -> Real:
    place = Point(float(row["lat"]), float(row["lon"]))
    needs = frozenset({"health"})
    return Real(row["name"], row["city"], row["st_abbr"], row["address"], needs, place)
