"""What is known of one offer: a service at a location, read out of a batch of rows.

What a confidential site keeps to itself never comes in (`public`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache, cached_property
from itertools import chain
from uuid import UUID

from django.conf import settings

from leeward import gazetteer
from leeward.directory import vocabulary
from leeward.directory.rules import phones
from leeward.directory.rules.hours import ScheduleRule, compile_hours
from leeward.directory.search.card import CardPhone
from leeward.directory.search.types import Point
from leeward.directory.services.indexing.reading import Batch, Row
from leeward.gazetteer.areas import name_of

MOST_PHONES = 6
SILENT = {"fax", "pager"}
_RULE_FIELDS = tuple(ScheduleRule.__dataclass_fields__)
_SEARCHED = (
    "description",
    "interpretation_services",
    "eligibility_description",
    "application_process",
    "fees_description",
)
_PLACE_SEARCHED = ("name", "alternate_name", "description")
_STATE_LETTERS = 2


@dataclass(frozen=True, slots=True)
class WhoMayCome:
    """What attributes tell: needs that are met, who may come, who may not."""

    needs: frozenset[str]
    yes: frozenset[str]
    no: frozenset[str]
    boys_to_age: int | None


class Offer:
    """One service at a location, and its parts."""

    def __init__(self, batch: Batch, row: Row) -> None:
        self.row = row
        self._batch = batch
        self.is_confidential = bool(row["location__is_confidential"])

    def parts(self, kind: str, *links: str) -> list[Row]:
        """Return the rows of a kind that hang on the offer's records, in the order of `links`."""
        rows = getattr(self._batch, kind)
        return [row for link in links for row in rows.get(self.row[link], ())]

    @cached_property
    def address(self) -> Row | None:
        """Where one can go, if that is told."""
        rows = self.parts("addresses", "location_id")
        return next((row for row in rows if row["address_type"] == "physical"), None)

    @cached_property
    def point(self) -> Point | None:
        """Where it is; None for a confidential site and for help without a place."""
        latitude = self.row["location__latitude"]
        longitude = self.row["location__longitude"]
        is_placed = self.row["location__location_type"] == "physical"
        if self.is_confidential or not is_placed or latitude is None or longitude is None:
            return None
        return Point(latitude, longitude)

    @cached_property
    def areas(self) -> list[tuple[str, str]]:
        """Codes and names of the areas that help without a point is found under.

        Its service areas; a confidential site has no other. An open place without coordinates
        stands under the county of its address; a phone line under this site's country.
        """
        rows = self.parts("areas", "id", "service_id")
        told = {row["area_code"]: row["name"] for row in rows if row["area_code"]}
        if self.point:
            return []
        if told:
            return [(code, name or name_of(code)) for code, name in told.items()]
        if self.is_confidential:
            return []
        code = _county(self.address) if self.address else settings.CONFIG.country
        return [(code, name_of(code))]

    @cached_property
    def hours(self) -> bytes:
        """Compiled opening hours of the nearest record that has any."""
        for link in ("id", "location_id", "service_id"):
            if rows := self.parts("schedules", link):
                rules = [ScheduleRule(**{name: row[name] for name in _RULE_FIELDS}) for row in rows]
                return compile_hours(rules, self._time_zone(), self._part_of_country())
        return b""

    @cached_property
    def who(self) -> WhoMayCome:
        """What it helps with, and who may come."""
        return _who_may_come(self.parts("attributes", "service_id", "location_id"))

    @cached_property
    def fresh(self) -> tuple[date | None, date | None]:
        """When somebody verified it, and until when that holds: its own, else the service's."""
        own = self.row["verified_on"], self.row["due_on"]
        of_service = self.row["service__verified_on"], self.row["service__due_on"]
        return own if any(own) else of_service

    def names(self) -> Iterator[str]:
        """Yield the names that people know it by."""
        for name in ("name", "alternate_name"):
            for of in ("service__", "service__organization__"):
                if self.row[of + name]:
                    yield self.row[of + name]

    def texts(self) -> Iterator[str]:
        """Yield all else that words are looked for in: needs, places, descriptions."""
        yield from _need_words(self.who.needs)
        for row in self.parts("addresses", "location_id"):
            yield f"{row['city']} {row['region']} {row['state_province']} {row['postal_code']}"
        yield from (name for _code, name in self.areas)
        yield from filter(None, (self.row[f"service__{name}"] for name in _SEARCHED))
        if not self.is_confidential:
            of_place = ("description", *(f"location__{name}" for name in _PLACE_SEARCHED))
            yield from filter(None, (self.row[name] for name in of_place))

    def phones(self) -> Iterator[CardPhone]:
        """Yield the numbers that somebody answers, the nearest record's first, each once."""
        country = (self.address or {}).get("country") or settings.CONFIG.country
        seen: set[tuple[str, int | None]] = set()
        for row in self._phone_rows():
            dial = phones.dial_of(row["number"], country)
            mark = (dial or row["number"], row["extension"])
            if row["type"].lower() in SILENT or mark in seen:
                continue
            seen.add(mark)
            yield CardPhone(
                row["number"], row["extension"], dial, row["description"], row["safe_to_call"]
            )
            if len(seen) == MOST_PHONES:
                return

    def languages(self) -> tuple[str, ...]:
        """Return the codes of the languages spoken at the service, the place or a phone."""
        own = self.parts("languages", "service_id", "location_id")
        by_phone = (self._batch.languages.get(row["id"], ()) for row in self._phone_rows())
        codes = (row["code"].strip().lower() for row in chain(own, *by_phone))
        return tuple(sorted({code for code in codes if code}))

    def _phone_rows(self) -> list[Row]:
        links = ("id", "location_id", "service_id", "service__organization_id")
        return self.parts("phones", *links)

    def _time_zone(self) -> str:
        zone: str = self.row["location__time_zone"]
        if zone or self.point is None:
            return zone
        try:
            nearest = gazetteer.nearest(self.point.latitude, self.point.longitude)
        except gazetteer.GazetteerUnfit:
            return ""
        return nearest.time_zone if nearest else ""

    def _part_of_country(self) -> str:
        """Return what has holidays of its own, such as US-NY, or the country."""
        if self.address is None:
            return str(settings.CONFIG.country)
        country, part = self.address["country"], self.address["state_province"]
        return f"{country}-{part}" if country and len(part) == _STATE_LETTERS else country


def _who_may_come(rows: Iterable[Row]) -> WhoMayCome:
    needs: set[str] = set()
    said: dict[str, set[str]] = {"yes": set(), "no": set()}
    age = None
    for row in rows:
        term = _terms().get(row["taxonomy_term_id"])
        value = row["value"].strip().lower()
        if term is None:
            continue
        if term.code == "boys_to_age":
            age = int(value) if value.isdecimal() else age
        elif term.group == vocabulary.NEEDS:
            needs |= {term.code} if value != "no" else set()
        elif value in said:
            said[value].add(term.code)
    no = frozenset(said["no"])  # where two rows differ, nobody is sent to a shut door
    return WhoMayCome(frozenset(needs), frozenset(said["yes"]) - no, no, age)


@cache
def _terms() -> dict[UUID, vocabulary.Term]:
    groups = map(vocabulary.terms, vocabulary.GROUPS)
    return {term.id: term for terms in groups for term in terms.values()}


@cache
def _need_words(needs: frozenset[str]) -> tuple[str, ...]:
    """Return what people call these needs, in every language: Spanish finds English records."""
    terms = [vocabulary.terms(vocabulary.NEEDS)[code] for code in sorted(needs)]
    words = (chain(term.names.values(), *term.words.values()) for term in terms)
    return tuple(dict.fromkeys(chain.from_iterable(words)))


def _county(address: Row) -> str:
    """Return the code of the county that an address lies in, or of its country."""
    country: str = address["country"] or settings.CONFIG.country
    try:
        found = gazetteer.find(address["postal_code"] or address["city"], country=country, limit=1)
    except gazetteer.GazetteerUnfit:
        found = []
    counties = [code for place in found for code in place.areas if _is_county(code)]
    return counties[0] if counties else country


def _is_county(code: str) -> bool:
    return "-" in code and code.count("/") == 1
