"""Reads what a batch of documents is made of: few queries, plain rows, public facts only."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from leeward.directory.models import (
    Address,
    Attribute,
    Language,
    Phone,
    Schedule,
    ServiceArea,
    ServiceAtLocation,
    ServiceCapacity,
)
from leeward.directory.services import public

BATCH = 500

Row = dict[str, Any]
ByParent = dict[UUID, list[Row]]

_SERVICE = (
    "name",
    "alternate_name",
    "description",
    "url",
    "status",
    "alert",
    "before_you_go",
    "interpretation_services",
    "eligibility_description",
    "application_process",
    "fees_description",
    "verified_on",
    "due_on",
)
_LOCATION = (
    "location_type",
    "is_confidential",
    "name",
    "alternate_name",
    "description",
    "latitude",
    "longitude",
    "time_zone",
)
_ORGANIZATION = ("name", "alternate_name", "website")
_SOURCE = ("name", "note_en", "note_es")
_OFFER = (
    "id",
    "number",
    "service_id",
    "location_id",
    "service__organization_id",
    "description",
    "verified_on",
    "due_on",
    *(f"service__{name}" for name in _SERVICE),
    *(f"location__{name}" for name in _LOCATION),
    *(f"service__organization__{name}" for name in _ORGANIZATION),
    *(f"source__{name}" for name in _SOURCE),
    *(f"service__source__{name}" for name in _SOURCE),
    *(f"service__organization__source__{name}" for name in _SOURCE),
)
_PHONE = ("id", "number", "extension", "type", "description", "safe_to_call")
_SCHEDULE = (
    "valid_from",
    "valid_to",
    "dtstart",
    "timezone",
    "until",
    "count",
    "wkst",
    "freq",
    "interval",
    "byday",
    "byweekno",
    "bymonthday",
    "byyearday",
    "description",
    "opens_at",
    "closes_at",
    "notes",
)
_ADDRESS = (
    "address_1",
    "address_2",
    "city",
    "region",
    "state_province",
    "postal_code",
    "country",
    "address_type",
)


@dataclass(frozen=True, slots=True)
class Batch:
    """Listed services at locations, and their parts by the id of the record they hang on."""

    offers: list[Row]
    addresses: ByParent
    phones: ByParent
    schedules: ByParent
    languages: ByParent
    areas: ByParent
    attributes: ByParent
    capacities: ByParent


def by_number(numbers: Sequence[int]) -> Iterator[Batch]:
    """Yield batches that hold those of `numbers` which are listed."""
    for start in range(0, len(numbers), BATCH):
        yield _read(numbered(numbers[start : start + BATCH]))


def everything() -> Iterator[Batch]:
    """Yield all that is listed, in the order of numbers."""
    last = -1
    while True:
        rows = public.listed_services_at_locations().filter(number__gt=last)
        batch = _read(rows.order_by("number")[:BATCH])
        if not batch.offers:
            return
        yield batch
        last = batch.offers[-1]["number"]


def numbered(numbers: Iterable[int]) -> QuerySet[ServiceAtLocation]:
    """Return the listed services at locations with these numbers."""
    return public.listed_services_at_locations().filter(number__in=list(numbers))


def _read(rows: QuerySet[ServiceAtLocation]) -> Batch:
    offers = list(rows.values(*_OFFER))
    at = {
        "service_at_location": {row["id"] for row in offers},
        "location": {row["location_id"] for row in offers},
        "service": {row["service_id"] for row in offers},
        "organization": {row["service__organization_id"] for row in offers},
    }
    phones = _parts(Phone, at, _PHONE)
    spoken = {name: at[name] for name in ("service", "location")}
    spoken["phone"] = {row["id"] for rows in phones.values() for row in rows}
    places = {"location": at["location"]}
    offered = {name: at[name] for name in ("service_at_location", "service")}
    timed = {**offered, "location": at["location"]}
    return Batch(
        offers,
        _parts(Address, places, _ADDRESS),
        phones,
        _parts(Schedule, timed, _SCHEDULE),
        _parts(Language, spoken, ("code",)),
        _parts(ServiceArea, offered, ("area_code", "name")),
        _attributes(offers),
        _parts(ServiceCapacity, {"service": at["service"]}, _CAPACITY),
    )


_CAPACITY = ("unit__identifier", "unit__name", "available", "restricted_available", "updated")


def _parts(model: type[Any], at: dict[str, set[UUID]], fields: tuple[str, ...]) -> ByParent:
    """Return the shown rows of `model` that hang on the given records, by the record's id."""
    links = [f"{name}_id" for name in at]
    wanted = Q()
    for name, ids in at.items():
        wanted |= Q(**{f"{name}__in": ids})
    found: ByParent = defaultdict(list)
    for row in public.shown(model).filter(wanted).order_by("pk").values(*links, *fields):
        for link in links:
            if row[link] is not None:
                found[row[link]].append(row)
    return found


def _attributes(offers: list[Row]) -> ByParent:
    """Return who may come and what for: tied to services, and to places that are no secret."""
    ids = {row["service_id"] for row in offers}
    ids |= {row["location_id"] for row in offers if not row["location__is_confidential"]}
    found: ByParent = defaultdict(list)
    rows = public.shown(Attribute).filter(link_id__in=ids).order_by("pk")
    for row in rows.values("link_id", "taxonomy_term_id", "value"):
        found[row["link_id"]].append(row)
    return found
