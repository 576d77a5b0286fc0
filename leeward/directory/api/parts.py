"""The parts of a record (phones, addresses, hours …) as HSDS 3.1 and our profile write them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils import timezone

from leeward.directory.api.fields import Told, plain, rows_of
from leeward.directory.models import Attribute, Contact, Language, Phone, ServiceCapacity
from leeward.directory.rules import beds
from leeward.directory.services import public

_SCHEDULE = (
    "valid_from valid_to dtstart timezone until count wkst freq interval byday byweekno bymonthday "
    "byyearday description opens_at closes_at schedule_link attending_type notes"
).split()
_ADDRESS = "attention address_1 address_2 city region state_province postal_code country".split()
_NEEDED_OF_ADDRESS = "address_1 city state_province postal_code country".split()
# Tables whose rows stand in a list and have no parts of their own: fields, and those demanded.
_SIMPLE: dict[str, tuple[Iterable[str], Iterable[str]]] = {
    "accessibility": (("description", "details", "url"), ()),
    "additional_urls": (("label", "url"), ("url",)),
    "additional_websites": (("label", "url"), ("url",)),
    "addresses": ([*_ADDRESS, "address_type", "visibility"], _NEEDED_OF_ADDRESS),
    "cost_options": (
        ("valid_from", "valid_to", "option", "currency", "amount", "amount_description"),
        (),
    ),
    "organization_identifiers": (("identifier_scheme", "identifier_type", "identifier"), ()),
    "programs": (("name", "alternate_name", "description"), ("description",)),
    "required_documents": (("document", "uri"), ()),
    "schedules": (_SCHEDULE, ()),
    "service_areas": (
        ("name", "description", "extent", "extent_type", "uri", "area_code"),
        (),
    ),
}


def simple(record: Any, *tables: str) -> Told:
    """Return the rows of these tables below a record, by HSDS name; empty lists are left out.

    A further web address that is none is left out, too: HSDS demands a URI there.
    """
    told: Told = {}
    for table in tables:
        names, needs = _SIMPLE[table]
        rows = [plain(row, names, needs=needs) for row in rows_of(record, table)]
        if kept := [row for row in rows if row.get("url") != ""]:
            told[table] = kept
    return told


def program(record: Any) -> Told:
    """Return one program."""
    return plain(record, *_SIMPLE["programs"][:1], needs=("description",))


def languages(record: Any) -> list[Told]:
    """Return the languages spoken at a service, location or phone."""
    rows: Iterable[Language] = rows_of(record, "languages")
    return [plain(row, ("name", "code", "note")) for row in rows]


def phones(record: Any) -> list[Told]:
    """Return a record's phones, with the languages spoken there."""
    rows: Iterable[Phone] = rows_of(record, "phones")
    names = ("number", "extension", "type", "description", "safe_to_call", "visibility")
    return [plain(row, names) | lists(languages=languages(row)) for row in rows]


def contacts(record: Any) -> list[Told]:
    """Return a record's contacts, with their phones."""
    rows: Iterable[Contact] = rows_of(record, "contacts")
    names = ("name", "title", "department", "email", "visibility")
    return [plain(row, names) | lists(phones=phones(row)) for row in rows]


def funding(record: Any) -> list[Told]:
    """Return who pays."""
    rows = rows_of(record, "funding")
    return [{"id": str(row.pk), "source": row.funding_source} for row in rows]


def capacities(record: Any) -> list[Told]:
    """Return what is free, as last told: one for "at least one", never how many (see profile)."""
    rows: Iterable[ServiceCapacity] = rows_of(record, "capacities")
    return [_capacity(row) for row in rows if row.updated]


def _capacity(row: ServiceCapacity) -> Told:
    names = ("name", "scheme", "identifier", "uri")
    said = beds.answer(
        row.available, row.updated, timezone.now(), restricted=row.restricted_available
    )
    told = plain(row, ("description", "restriction", "updated"))
    return told | {
        "unit": plain(row.unit, names),
        "unit_id": str(row.unit_id),
        "available": min(row.available, 1),
        "restricted_available": min(row.restricted_available, 1),
        "answer": said,
    }


def attributes(rows: Iterable[Attribute]) -> list[Told]:
    """Return attributes with their terms; one whose term is not public is left out."""
    return [_attribute(row) for row in rows if _is_shown(row)]


def _is_shown(row: Attribute) -> bool:
    return row.taxonomy_term is None or row.taxonomy_term.visibility == public.PUBLIC


def _attribute(row: Attribute) -> Told:
    told = plain(row, ("link_type", "link_entity", "value", "label"))
    told["link_id"] = str(row.link_id)
    if row.taxonomy_term:
        told["taxonomy_term_id"] = str(row.taxonomy_term_id)
        told["taxonomy_term"] = term(row.taxonomy_term)
    return told


def term(row: Any) -> Told:
    """Return a taxonomy term, without the taxonomy around it."""
    names = ("code", "name", "description", "taxonomy", "language", "term_uri")
    told = plain(row, names, needs=("description",))
    return told | ids(parent_id=row.parent_id, taxonomy_id=row.taxonomy_detail_id)


def taxonomy(row: Any) -> Told:
    """Return a taxonomy."""
    return plain(row, ("name", "description", "uri", "version"), needs=("description",))


def lists(**found: list[Told]) -> Told:
    """Return the lists that hold something."""
    return {name: rows for name, rows in found.items() if rows}


def ids(**found: Any) -> Told:
    """Return the links that lead somewhere, as text."""
    return {name: str(value) for name, value in found.items() if value}
