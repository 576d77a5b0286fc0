"""Whose record is whose: which organisations stand behind a record, and who may edit it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from leeward.directory.models import (
    Location,
    Organization,
    Service,
    ServiceAtLocation,
)
from leeward.people.models import Account

EDIT_ALL = "directory.edit_directory"
EDIT_OWN = "directory.edit_own_records"
LINKS = ("service_at_location", "service", "location", "organization", "contact", "phone")

# By HSDS table: the records that have a page of their own.
PAGES: dict[str, type[Any]] = {
    "organization": Organization,
    "service": Service,
    "location": Location,
}


def may_edit(account: Account, record: Any) -> bool:
    """Return whether `account` may change `record`, any kind of record of the directory.

    Whoever edits the directory may change all. A partner may change what belongs to the own
    organisations alone: a place that others use, too, is not theirs.
    """
    if account.has_perm(EDIT_ALL):
        return True
    owners = owner_ids(record)
    return account.has_perm(EDIT_OWN) and bool(owners) and owners <= own_ids(account)


def own_ids(account: Account) -> set[UUID]:
    """Return the ids of the organisations that `account` works for."""
    return set(account.memberships.values_list("organization_id", flat=True))


def owner_ids(record: Any) -> set[UUID]:
    """Return the ids of all organisations that a record belongs to; empty for nobody's."""
    if isinstance(record, Organization):
        return {record.pk}
    if isinstance(record, Service):
        return {record.organization_id}
    if isinstance(record, ServiceAtLocation):
        return {record.service.organization_id}
    if isinstance(record, Location):
        return _owners_of_place(record)
    parents = parents_of(record)
    return set().union(*(owner_ids(parent) for parent in parents)) if parents else set()


def parents_of(part: Any) -> list[Any]:
    """Return the records that a part, such as a phone, hangs on."""
    found = [getattr(part, link, None) for link in LINKS]
    return [parent for parent in found if parent is not None]


def page_of(record: Any) -> Any:
    """Return the organisation, service or location on whose page `record` stands; None if none."""
    if isinstance(record, tuple(PAGES.values())):
        return record
    if isinstance(record, ServiceAtLocation):
        return record.service
    parents = parents_of(record)
    return page_of(parents[0]) if parents else None


def page_entity(page: Any) -> str:
    """Return the HSDS table of a record with a page."""
    return type(page).__name__.lower()


def editable_services(account: Account) -> QuerySet[Service]:
    """Return the services that `account` may change."""
    if account.has_perm(EDIT_ALL):
        return Service.objects.all()
    return Service.objects.filter(organization_id__in=own_ids(account))


def editable_organizations(account: Account) -> QuerySet[Organization]:
    """Return the organisations that `account` may change."""
    if account.has_perm(EDIT_ALL):
        return Organization.objects.all()
    return Organization.objects.filter(pk__in=own_ids(account))


def places_of(organization: Organization) -> QuerySet[Location]:
    """Return the locations of an organisation and of its services."""
    of_services = Q(service_at_locations__service__organization=organization)
    return Location.objects.filter(Q(organization=organization) | of_services).distinct()


def _owners_of_place(place: Location) -> set[UUID]:
    owners = set(
        ServiceAtLocation.objects.filter(location=place).values_list(
            "service__organization_id", flat=True
        )
    )
    return owners | ({place.organization_id} if place.organization_id else set())
