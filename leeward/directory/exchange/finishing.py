"""What needs more than one cell: coordinates, numbers, hours, beds, and what is tied to what."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from functools import lru_cache
from typing import Any

from leeward import gazetteer
from leeward.directory.exchange import ids, languages, phones
from leeward.directory.exchange.checking import Check, Finish, Record
from leeward.directory.exchange.tables import MODELS, ORDER
from leeward.directory.models import Phone
from leeward.directory.rules import hours

MOST_LATITUDE, MOST_LONGITUDE = 90, 180
NOBODY_SOUTH_OF = -60  # Antarctica: a latitude there is a longitude that got swapped
DECIMALS_OF_ZONE = 1
MOST_AREA_NAME = 80
RULE_FIELDS = (
    "freq", "interval", "byday", "byweekno", "bymonthday", "byyearday", "opens_at", "closes_at",
    "valid_from", "valid_to", "dtstart", "until", "count", "wkst",
)  # fmt: skip


def location(record: Record, check: Check) -> Iterable[Record]:
    """Put coordinates right, and name the time zone."""
    values = record.values
    if "latitude" in values or "longitude" in values:
        point, reason = point_of(values.get("latitude"), values.get("longitude"))
        values["latitude"], values["longitude"] = point
        if reason:
            check.note(record, "latitude", reason)
        if point[0] is not None and not values.get("time_zone"):
            values["time_zone"] = zone_of(point[0], point[1])
    return [record]


def point_of(latitude: Any, longitude: Any) -> tuple[tuple[Any, Any], str]:
    """Return a point, or (None, None); and what was wrong with it. Swapped ones are put right."""
    if latitude is None and longitude is None:
        return (None, None), ""
    if latitude is None or longitude is None:
        return (None, None), "only one of latitude and longitude; both were left out"
    if latitude == 0 and longitude == 0:
        return (None, None), "0, 0 is in the sea; left out"
    is_swapped = abs(latitude) > MOST_LATITUDE or latitude < NOBODY_SOUTH_OF
    if (
        is_swapped
        and NOBODY_SOUTH_OF <= longitude <= MOST_LATITUDE
        and abs(latitude) <= MOST_LONGITUDE
    ):
        return (longitude, latitude), "latitude and longitude were swapped; put right"
    if abs(latitude) > MOST_LATITUDE or abs(longitude) > MOST_LONGITUDE:
        return (None, None), "not a place on earth; left out"
    return (latitude, longitude), ""


def zone_of(latitude: float, longitude: float) -> str:
    """Return the time zone of a point by the nearest town; "" when there is none near."""
    return _zone(round(latitude, DECIMALS_OF_ZONE), round(longitude, DECIMALS_OF_ZONE))


@lru_cache(maxsize=20_000)
def _zone(latitude: float, longitude: float) -> str:
    try:
        place = gazetteer.nearest(latitude, longitude)
    except gazetteer.GazetteerUnfit:
        return ""
    return place.time_zone if place else ""


def phone(record: Record, check: Check) -> Iterable[Record]:
    """Read the number; a cell with several makes several records."""
    values = record.values
    read = phones.read_phones(values["number"], check.country)
    if not read:
        check.refuse(record, "number", "no phone number in it")
        return
    most = Phone._meta.get_field("number").max_length or 0
    for at, each in enumerate(read):
        made = values if at == 0 else dict(values)
        made["number"] = each.number[:most]
        if each.extension is not None:
            made["extension"] = each.extension
        if each.note and each.note not in values.get("description", ""):
            told = values.get("description", "") if at == 0 else ""
            made["description"] = f"{told} {each.note}".strip()
        own_id = record.id if at == 0 else ids.further_id(record.id, f"number {at + 1}")
        yield replace(record, values=made, id=own_id)


def service(record: Record, check: Check) -> Iterable[Record]:
    """Put ages right."""
    lowest, highest = record.values.get("minimum_age"), record.values.get("maximum_age")
    if lowest is not None and highest is not None and lowest > highest:
        check.note(record, "maximum_age", "lower than the minimum; left out")
        record.values["maximum_age"] = None
    return [record]


def capacity(record: Record, check: Check) -> Iterable[Record]:
    """Leave out a maximum that is lower than what is free."""
    values = record.values
    free = (values.get("available") or 0) + (values.get("restricted_available") or 0)
    if values.get("maximum") is not None and values["maximum"] < free:
        check.note(record, "maximum", "lower than what is free; left out")
        values["maximum"] = None
    return [record]


def language(record: Record, check: Check) -> Iterable[Record]:
    """Give a language that only has a name its code; one without either is left out."""
    values = record.values
    if values.get("name") and not values.get("code"):
        values["code"] = languages.code_of(values["name"])
    if not values.get("name") and not values.get("code"):
        check.refuse(record, "name", "neither a name nor a code")
        return []
    return [record]


def schedule(record: Record, check: Check) -> Iterable[Record]:
    """Read hours in prose, when all of the prose is sure; the prose stays as it is."""
    values = record.values
    has_rule = any(values.get(name) for name in ("byday", "opens_at", "closes_at", "bymonthday"))
    prose = values.get("description") or ""
    rules = None if has_rule or not prose else hours.from_prose(prose)
    if not rules:
        yield record
        return
    for at, rule in enumerate(rules):
        made = dict(values) if at == 0 else {**values, "description": rule.description}
        made |= {name: getattr(rule, name) for name in RULE_FIELDS if getattr(rule, name)}
        own_id = record.id if at == 0 else ids.further_id(record.id, f"rule {at + 1}")
        yield replace(record, values=made, id=own_id)


def service_area(record: Record, check: Check) -> Iterable[Record]:
    """Find the area's code by its name, when the name means one place only."""
    values = record.values
    if not values.get("area_code") and values.get("name"):
        values["area_code"] = area_of(values["name"], check.country)
    return [record]


@lru_cache(maxsize=5_000)
def area_of(name: str, country: str) -> str:
    """Return the gazetteer's code of an area by its name; "" when it could be several, or none."""
    plain = " ".join(name.casefold().split())
    if plain in {"nationwide", "national", "united states", "usa"}:
        return country
    if len(plain) > MOST_AREA_NAME:
        return ""
    try:
        found = gazetteer.find(name, country=country)
    except gazetteer.GazetteerUnfit:
        return ""
    same = [each for each in found if plain in {each.name.casefold(), each.label.casefold()}]
    codes = {each.areas[0] for each in same if each.country == country and each.areas}
    return codes.pop() if len(codes) == 1 else ""


def attribute(record: Record, check: Check) -> Iterable[Record]:
    """Find the record that it is tied to."""
    entity = _entity(str(record.values.get("link_entity", "")))
    return _tied(record, check, entity, "link_id", "link_entity")


def metadata(record: Record, check: Check) -> Iterable[Record]:
    """Find the record that it speaks of."""
    entity = _entity(str(record.values.get("resource_type", "")))
    return _tied(record, check, entity, "resource_id", "resource_type")


def _entity(told: str) -> str:
    name = re.sub(r"\W+", "_", told.strip().lower())
    return next((each for each in (name, name.removesuffix("s")) if each in MODELS), "")


def _tied(record: Record, check: Check, entity: str, column: str, kind: str) -> Iterable[Record]:
    raw = record.row.values.get(column)
    for name in [entity] if entity else ORDER:
        found = check.told_id(name, raw)
        if found is None:
            break
        check.known.look_up(name, {found})
        if check.known.has(name, found):
            record.values[column], record.values[kind] = found, name
            return [record]
    check.refuse(record, column, "the record that it is tied to is neither in the file nor here")
    return []


FINISHERS: dict[str, Finish] = {
    "location": location,
    "phone": phone,
    "service": service,
    "service_capacity": capacity,
    "language": language,
    "schedule": schedule,
    "service_area": service_area,
    "attribute": attribute,
    "metadata": metadata,
}
