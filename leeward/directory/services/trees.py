"""Whole HSDS records with all their parts, under the rules of `public`.

Each costs a fixed number of queries. The interface for machines, the export and a service's page
read records through here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar
from uuid import UUID

from django.db.models import F, Model, Prefetch, QuerySet, Window
from django.db.models.functions import RowNumber

from leeward.directory.models import (
    Accessibility,
    Address,
    Attribute,
    Contact,
    CostOption,
    Funding,
    Language,
    Location,
    Metadata,
    Organization,
    OrganizationIdentifier,
    Phone,
    Program,
    RequiredDocument,
    Schedule,
    Service,
    ServiceArea,
    ServiceAtLocation,
    ServiceCapacity,
    Url,
    Visibility,
)
from leeward.directory.services import public

Root = TypeVar("Root", bound=Model)


@dataclass(frozen=True, slots=True)
class Trees(Generic[Root]):
    """Records in the order of the question, with every part prefetched under its HSDS name.

    attributes, metadata: by the id of the record that they are tied to.
    """

    rows: list[Root]
    attributes: dict[UUID, list[Attribute]] = field(default_factory=dict)
    metadata: dict[UUID, list[Metadata]] = field(default_factory=dict)


def services(
    rows: QuerySet[Service],
    *,
    seen_by: Visibility = public.PUBLIC,
    has_places: bool = True,
    most: int | None = None,
) -> Trees[Service]:
    """Return services whole; begin with `public.listed_services`, cut to a page.

    has_places: also where each is offered (HSDS service_at_locations), at `most` so many.
    """
    wanted = [*_service_parts(seen_by), _organization(seen_by)]
    if has_places:
        offered = public.listed_services_at_locations(seen_by=seen_by)
        wanted.append(_many("service_at_locations", first_of_each(offered, "service_id", most)))
        wanted += _below("service_at_locations", _offer_parts(seen_by))
    return _whole(rows, wanted, seen_by)


def services_at_locations(
    rows: QuerySet[ServiceAtLocation], *, seen_by: Visibility = public.PUBLIC
) -> Trees[ServiceAtLocation]:
    """Return services at locations whole, each with its service and its organisation."""
    service = Prefetch("service", Service.objects.all())
    organization = Prefetch("service__organization", Organization.objects.all())
    parts = _below("service", _service_parts(seen_by))
    return _whole(rows, [service, organization, *parts, *_offer_parts(seen_by)], seen_by)


def organizations(
    rows: QuerySet[Organization],
    *,
    seen_by: Visibility = public.PUBLIC,
    has_services: bool = True,
    most: int | None = None,
) -> Trees[Organization]:
    """Return organisations whole; begin with `public.listed_organizations`, cut to a page.

    has_services: also their listed services, each with all its parts and places; of services, and
    of each one's places, at `most` so many.
    """
    wanted = _organization_parts(seen_by)
    if has_services:
        listed = public.listed_services(seen_by=seen_by)
        offered = public.listed_services_at_locations(seen_by=seen_by)
        listed = first_of_each(listed, "organization_id", most)
        offered = first_of_each(offered, "service_id", most)
        wanted.append(_many("services", listed))
        wanted += _below("services", _service_parts(seen_by))
        wanted.append(_many("services__service_at_locations", offered))
        wanted += _below("services__service_at_locations", _offer_parts(seen_by))
    return _whole(rows, wanted, seen_by)


def locations(rows: QuerySet[Location], *, seen_by: Visibility = public.PUBLIC) -> Trees[Location]:
    """Return locations with their own parts; a confidential one has none and tells no name."""
    return _whole(rows, _location_parts(seen_by), seen_by)


def _whole(rows: QuerySet[Any], parts: list[Prefetch[Any]], seen_by: Visibility) -> Trees[Any]:
    found = list(rows.prefetch_related(*parts))
    ids = []
    for record in _walk(found):
        if isinstance(record, Location) and record.is_confidential:
            record.name = ""
            continue
        if isinstance(record, ServiceAtLocation) and record.location.is_confidential:
            record.description = ""
        ids.append(record.pk)
    attributes = public.attributes_of(ids, seen_by=seen_by)
    return Trees(found, attributes, public.metadata_of(ids, seen_by=seen_by))


def _walk(roots: Iterable[Model]) -> Iterator[Any]:
    """Yield every loaded record below `roots` once for each instance in memory."""
    seen: set[int] = set()
    waiting = list(roots)
    while waiting:
        record = waiting.pop()
        if id(record) in seen:
            continue
        seen.add(id(record))
        yield record
        loaded = record._state.fields_cache  # noqa: SLF001  -- Django has no other word for it
        waiting += [each for each in loaded.values() if each is not None]
        for rows in getattr(record, "_prefetched_objects_cache", {}).values():
            waiting += list(rows)


def _many(name: str, rows: QuerySet[Any]) -> Prefetch[Any]:
    return Prefetch(name, rows.order_by("pk"))


def first_of_each(rows: QuerySet[Any], parent: str, most: int | None) -> QuerySet[Any]:
    """Return at most so many `rows` of each parent, in the order of their ids; None for all.

    Django 5.2 can't cut a prefetch that stays under its own name, so the rows are numbered.
    """
    if most is None:
        return rows
    place = Window(RowNumber(), partition_by=F(parent), order_by="pk")
    numbered: QuerySet[Any] = rows.annotate(_place=place)
    return numbered.filter(_place__lte=most)


def _below(name: str, parts: list[Prefetch[Any]]) -> list[Prefetch[Any]]:
    for part in parts:
        part.add_prefix(name)
    return parts


def _shown(seen_by: Visibility, **parts: type[Model]) -> list[Prefetch[Any]]:
    return [_many(name, public.shown(model, seen_by=seen_by)) for name, model in parts.items()]


def _phones(seen_by: Visibility) -> list[Prefetch[Any]]:
    return [
        *_shown(seen_by, phones=Phone),
        *_below("phones", _shown(seen_by, languages=Language)),
    ]


def _contacts(seen_by: Visibility) -> list[Prefetch[Any]]:
    return [*_shown(seen_by, contacts=Contact), *_below("contacts", _phones(seen_by))]


def _organization(seen_by: Visibility) -> Prefetch[Any]:
    return Prefetch("organization", public.listed_organizations(seen_by=seen_by))


def _organization_parts(seen_by: Visibility) -> list[Prefetch[Any]]:
    own = _shown(
        seen_by,
        funding=Funding,
        organization_identifiers=OrganizationIdentifier,
        programs=Program,
        additional_websites=Url,
    )
    return [*own, *_contacts(seen_by), *_phones(seen_by)]


def _service_parts(seen_by: Visibility) -> list[Prefetch[Any]]:
    own = _shown(
        seen_by,
        additional_urls=Url,
        cost_options=CostOption,
        funding=Funding,
        languages=Language,
        required_documents=RequiredDocument,
        schedules=Schedule,
        service_areas=ServiceArea,
    )
    program = Prefetch("program", public.shown(Program, seen_by=seen_by))
    free = public.shown(ServiceCapacity, seen_by=seen_by).select_related("unit")
    capacities = _many("capacities", free)
    return [*own, program, capacities, *_contacts(seen_by), *_phones(seen_by)]


def _location_parts(seen_by: Visibility) -> list[Prefetch[Any]]:
    own = _shown(
        seen_by,
        accessibility=Accessibility,
        addresses=Address,
        languages=Language,
        schedules=Schedule,
    )
    return [*own, *_contacts(seen_by), *_phones(seen_by)]


def _offer_parts(seen_by: Visibility) -> list[Prefetch[Any]]:
    own = _shown(seen_by, schedules=Schedule, service_areas=ServiceArea)
    location = Prefetch("location", public.shown(Location, seen_by=seen_by))
    places = [location, *_below("location", _location_parts(seen_by))]
    return [*own, *_contacts(seen_by), *_phones(seen_by), *places]
