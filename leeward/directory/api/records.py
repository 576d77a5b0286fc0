"""Whole records and lines of a list as HSDS 3.1 and our profile write them.

They are made from `services.trees`, which says what may be seen; nothing here asks the database.
Metadata (what a source changed, with the values before) stays out: an old value may be a place
that is confidential today.
"""

from __future__ import annotations

from typing import Any

from leeward.directory.api import parts
from leeward.directory.api.fields import Told, plain, rows_of, value_of
from leeward.directory.models import Location, Organization, Service, ServiceAtLocation
from leeward.directory.services import public
from leeward.directory.services.trees import Trees

_TRUST = ("visibility", "outside_id", "verified_on", "verified_how", "due_on")
_ORGANIZATION = (
    "name alternate_name description email website tax_status tax_id year_incorporated "
    "legal_status logo uri"
).split()
_SERVICE = (
    "name alternate_name description url email status interpretation_services application_process "
    "fees_description wait_time accreditations eligibility_description minimum_age maximum_age "
    "assured_date assurer_email licenses alert before_you_go"
).split()
_LOCATION = (
    "location_type url name alternate_name description transportation latitude longitude "
    "external_identifier external_identifier_type time_zone"
).split()
_SOURCE = ("key", "name", "url", "licence", "as_of")


def organization_line(row: Organization) -> Told:
    """Return an organisation as it stands in a list."""
    return _trusted(row, _ORGANIZATION, needs=("description",))


def service_line(row: Service, *, has_organization: bool = True) -> Told:
    """Return a service as it stands in a list, with its organisation and program."""
    told = _trusted(row, _SERVICE)
    told |= {"organization_id": str(row.organization_id)}
    told["last_modified"] = row.modified_at.isoformat()
    if has_organization:
        told["organization"] = organization_line(row.organization)
    if row.program and row.program.visibility == public.PUBLIC:
        told |= {"program_id": str(row.program_id), "program": parts.program(row.program)}
    return told


def minimal_line(row: Service) -> Told:
    """Return what a harvester needs to see whether it has a service already."""
    return {"id": str(row.pk), "modified_date": row.modified_at.isoformat()}


def offer_line(row: ServiceAtLocation) -> Told:
    """Return a service at a location as it stands in a list, with its service and location."""
    told = _offer(row)
    told["location"] = location_line(row.location)
    told["service"] = service_line(row.service)
    return told


def location_line(row: Location) -> Told:
    """Return a location without its parts. A confidential one tells nothing but that."""
    if row.is_confidential:
        kept = {"location_type": row.location_type, "visibility": row.visibility}
        return {"id": str(row.pk), "is_confidential": True, **kept}
    return _trusted(row, _LOCATION) | {"is_confidential": False}


def term_line(row: Any) -> Told:
    """Return a taxonomy term with its taxonomy."""
    told = parts.term(row)
    if row.taxonomy_detail and row.taxonomy_detail.visibility == public.PUBLIC:
        told["taxonomy_detail"] = parts.taxonomy(row.taxonomy_detail)
    return told


def organization(row: Organization, tree: Trees[Any], *, has_services: bool) -> Told:
    """Return a whole organisation. Without `has_services` its services are ids and names."""
    told = organization_line(row)
    told |= parts.simple(row, "additional_websites", "programs", "organization_identifiers")
    told |= _reached(row) | parts.lists(funding=parts.funding(row))
    told |= _attributes(row, tree)
    if has_services:
        nested = [service(each, tree, has_organization=False) for each in rows_of(row, "services")]
        return told | parts.lists(services=nested)
    return told | parts.lists(
        services=[plain(s, ("name", "status")) for s in rows_of(row, "services")]
    )


def service(row: Service, tree: Trees[Any], *, has_organization: bool = True) -> Told:
    """Return a whole service with every place where it is offered."""
    told = _service(row, tree, has_organization=has_organization)
    offers = [_whole_offer(each, tree) for each in rows_of(row, "service_at_locations")]
    return told | parts.lists(service_at_locations=offers)


def offer(row: ServiceAtLocation, tree: Trees[Any]) -> Told:
    """Return a whole service at a location, with its whole service."""
    return _whole_offer(row, tree) | {"service": _service(row.service, tree)}


def _service(row: Service, tree: Trees[Any], *, has_organization: bool = True) -> Told:
    told = service_line(row, has_organization=has_organization)
    told |= parts.simple(
        row, "additional_urls", "cost_options", "required_documents", "schedules", "service_areas"
    )
    told |= _reached(row) | parts.lists(
        languages=parts.languages(row),
        funding=parts.funding(row),
        capacities=parts.capacities(row),
    )
    return told | _attributes(row, tree)


def _whole_offer(row: ServiceAtLocation, tree: Trees[Any]) -> Told:
    told = _offer(row)
    told["location"] = _location(row.location, tree)
    told |= parts.simple(row, "service_areas")
    if row.location.is_confidential:
        return told
    return told | parts.simple(row, "schedules") | _reached(row) | _attributes(row, tree)


def _location(row: Location, tree: Trees[Any]) -> Told:
    told = location_line(row)
    if row.is_confidential:
        return told
    told |= parts.simple(row, "addresses", "accessibility", "schedules") | _reached(row)
    return told | parts.lists(languages=parts.languages(row)) | _attributes(row, tree)


def _offer(row: ServiceAtLocation) -> Told:
    names = () if row.location.is_confidential else ("description",)
    told = _trusted(row, names)
    return told | {"service_id": str(row.service_id), "location_id": str(row.location_id)}


def _reached(row: Any) -> Told:
    return parts.lists(contacts=parts.contacts(row), phones=parts.phones(row))


def _attributes(row: Any, tree: Trees[Any]) -> Told:
    return parts.lists(attributes=parts.attributes(tree.attributes.get(row.pk, ())))


def _trusted(row: Any, names: Any, *, needs: Any = ()) -> Told:
    told = plain(row, (*names, *_TRUST), needs=needs)
    if row.source:
        told["source"] = {
            name: value
            for name in _SOURCE
            if (value := value_of(name, getattr(row.source, name))) is not None
        }
    return told
