"""The one place that says what leaves the records: for everybody, for partners, for machines.

A service at a location is listed when itself, its location, its service and its organisation may
all be seen, the service runs (or is closed for a while), and the organisation, or the source it
came from, is approved by two people and the approval is not over.

A confidential location has no parts here, for nobody: no address, contact, phone, note, page or
hours of its own. What may be told of it stands on the service, and its service areas say where.
`trees` gives whole records under the same rules.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from leeward.directory.models import (
    Attribute,
    Location,
    Metadata,
    Organization,
    Service,
    ServiceAtLocation,
    Visibility,
)

PUBLIC, PARTNER, STAFF = Visibility.PUBLIC, Visibility.PARTNER, Visibility.STAFF
SHOWN_STATUSES = (Service.Status.ACTIVE, Service.Status.CLOSED)
_SEES = {
    PUBLIC: (PUBLIC,),
    PARTNER: (PUBLIC, PARTNER),
    STAFF: (PUBLIC, PARTNER, STAFF),
}


def today() -> date:
    """Return the day by which approvals and due dates count, everywhere the same: UTC."""
    return timezone.now().date()


def listed_services_at_locations(
    on: date | None = None, *, seen_by: Visibility = PUBLIC
) -> QuerySet[ServiceAtLocation]:
    """Return the services at locations that `seen_by` may find on a day (today)."""
    return ServiceAtLocation.objects.filter(
        _may_see(seen_by),
        _may_see(seen_by, "location__"),
        _may_see(seen_by, "service__"),
        _may_see(seen_by, "service__organization__"),
        is_approved("service__organization__", on),
        service__status__in=SHOWN_STATUSES,
    )


def listed_services(on: date | None = None, *, seen_by: Visibility = PUBLIC) -> QuerySet[Service]:
    """Return the services that `seen_by` may read of on a day (today)."""
    return Service.objects.filter(
        _may_see(seen_by),
        _may_see(seen_by, "organization__"),
        is_approved("organization__", on),
        status__in=SHOWN_STATUSES,
    )


def listed_organizations(
    on: date | None = None, *, seen_by: Visibility = PUBLIC
) -> QuerySet[Organization]:
    """Return the organisations that `seen_by` may read of on a day (today)."""
    return Organization.objects.filter(_may_see(seen_by), is_approved("", on))


def listed_locations(on: date | None = None, *, seen_by: Visibility = PUBLIC) -> QuerySet[Location]:
    """Return the locations where `seen_by` may find a service on a day (today)."""
    offered = listed_services_at_locations(on, seen_by=seen_by).filter(location=OuterRef("pk"))
    return Location.objects.filter(Exists(offered))


def is_approved(to_organization: str = "", on: date | None = None) -> Q:
    """Return the condition that two people approved an organisation, or the source it came from.

    to_organization: the lookup that leads there, such as "service__organization__".
    """
    day = on or today()
    return Q(**{f"{to_organization}approved_until__gte": day}) | Q(
        **{f"{to_organization}source__approved_until__gte": day}
    )


def shown(model: type[Any], *, seen_by: Visibility = PUBLIC) -> QuerySet[Any]:
    """Return the rows of a part, such as Phone or Address, that `seen_by` may see.

    Says nothing of the record that the part hangs on: begin with a listed one. Leaves out what
    hangs on a confidential location, and what hangs on a contact or phone that is not shown.
    """
    rows: QuerySet[Any] = model.objects.filter(_may_see(seen_by))
    links = {field.name for field in model._meta.concrete_fields}
    if "location" in links:
        rows = rows.filter(_in_the_open("location"))
    for parent in links & {"contact", "phone"}:
        is_none = Q(**{f"{parent}__isnull": True})
        is_open = _may_see(seen_by, f"{parent}__") & _in_the_open(f"{parent}__location")
        rows = rows.filter(is_none | is_open)
    return rows


def attributes_of(ids: Any, *, seen_by: Visibility = PUBLIC) -> dict[Any, list[Attribute]]:
    """Return the attributes tied to the records with these ids, with their terms. One query."""
    found: dict[Any, list[Attribute]] = {}
    rows = Attribute.objects.filter(_may_see(seen_by), link_id__in=list(ids))
    for row in rows.select_related("taxonomy_term").order_by("link_id", "id"):
        found.setdefault(row.link_id, []).append(row)
    return found


def metadata_of(ids: Any, *, seen_by: Visibility = PUBLIC) -> dict[Any, list[Metadata]]:
    """Return what sources reported of their changes to the records with these ids. One query."""
    found: dict[Any, list[Metadata]] = {}
    rows = Metadata.objects.filter(_may_see(seen_by), resource_id__in=list(ids))
    for row in rows.order_by("resource_id", "last_action_date", "id"):
        found.setdefault(row.resource_id, []).append(row)
    return found


def _may_see(seen_by: Visibility, to_record: str = "") -> Q:
    return Q(**{f"{to_record}visibility__in": _SEES[seen_by]})


def _in_the_open(to_location: str) -> Q:
    return Q(**{f"{to_location}__isnull": True}) | Q(**{f"{to_location}__is_confidential": False})
