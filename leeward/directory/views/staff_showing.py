"""What a record's page shows: its parts, in order, with whoever may see each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from leeward.directory import vocabulary
from leeward.directory.forms.staff_terms import language_name, reader
from leeward.directory.models import Location, Organization, Phone, Report, Schedule, Service
from leeward.directory.services import owning, serving_area, terms
from leeward.directory.services.confidential import RIGHT
from leeward.people.models import Account

ADDRESS_ORDER = (
    "attention", "address_1", "address_2", "city", "state_province", "postal_code", "country",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Part:
    """One part as its page shows it: the record, its HSDS table and its own words."""

    record: Any
    entity: str
    words: str
    more: str = ""


def parts_of(record: Any) -> dict[str, list[Part]]:
    """Return what hangs on an organisation, service or location, by HSDS table."""
    found = {
        "phone": [
            _part(row, "phone", _phone(row), row.safe_to_call) for row in _rows(record, "phones")
        ],
        "contact": [
            _part(row, "contact", _joined(row.name, row.title, row.department), row.email)
            for row in _rows(record, "contacts")
        ],
    }
    if not isinstance(record, Organization):
        found["schedule"] = [
            _part(row, "schedule", _schedule(row), row.description)
            for row in _rows(record, "schedules")
        ]
    if isinstance(record, Service):
        found |= _service_parts(record)
    if isinstance(record, Location):
        found |= _location_parts(record)
    return found


def _service_parts(record: Service) -> dict[str, list[Part]]:
    areas = _rows(record, "service_areas")
    return {
        "service_area": [_part(row, "service_area", row.name or row.area_code) for row in areas],
        "cost_option": [
            _part(row, "cost_option", _joined(row.option, row.amount, row.currency))
            for row in _rows(record, "cost_options")
        ],
        "required_document": [
            _part(row, "required_document", row.document)
            for row in _rows(record, "required_documents")
        ],
    }


def _location_parts(record: Location) -> dict[str, list[Part]]:
    access = _rows(record, "accessibility")
    return {
        "address": [
            _part(row, "address", address_words(row)) for row in _rows(record, "addresses")
        ],
        "accessibility": [
            _part(row, "accessibility", row.description, row.details) for row in access
        ],
    }


def service(record: Service, account: Account) -> dict[str, Any]:
    """Return what a service's page shows."""
    offers = record.service_at_locations.select_related("location").order_by("number")
    reports = Report.objects.filter(service_at_location__service=record, state=Report.State.OPEN)
    return {
        "record": record,
        "groups": parts_of(record),
        "offers": [(offer, place_words(offer.location), _offer_parts(offer)) for offer in offers],
        "who": known(record),
        "beds": record.capacities.select_related("unit").order_by("unit__name"),
        "reports": reports,
        "may_decide": account.has_perm("directory.decide_report"),
    }


def location(record: Location, account: Account) -> dict[str, Any]:
    """Return what a location's page shows."""
    offers = record.service_at_locations.select_related("service__organization")
    return {
        "record": record,
        "groups": parts_of(record),
        "offers": [
            (offer, owning.may_edit(account, offer.service)) for offer in offers.order_by("number")
        ],
        "may_see_site": account.has_perm(RIGHT),
        "has_nameless": serving_area.without_area().filter(location=record).exists(),
    }


def known(record: Service) -> list[tuple[str, str, list[tuple[str, str]]]]:
    """Return (code of the group, name, [(name, "yes", "no" or an age)]) of what is known."""
    told = terms.terms_of(record)
    names = {"needs": _("Helps with"), "people": _("Who may come"), "access": _("Access")}
    groups = []
    for group, name in names.items():
        rows = [
            (term.name(reader()), told[f"{group}/{code}"])
            for code, term in vocabulary.terms(group).items()
            if f"{group}/{code}" in told
        ]
        groups.append((group, name, rows))
    spoken = sorted(key.partition("/")[2] for key in told if key.startswith(terms.LANGUAGE))
    groups.append(("language", _("Languages"), [(language_name(code), "yes") for code in spoken]))
    return groups


def address_words(address: Any) -> str:
    """Return an address in one line. address: a record, or values by name."""
    read = address.get if isinstance(address, dict) else lambda name: getattr(address, name)
    return _joined(*(read(name) for name in ADDRESS_ORDER))


def _offer_parts(offer: Any) -> list[Part]:
    return [
        *[_part(row, "phone", _phone(row), row.safe_to_call) for row in _rows(offer, "phones")],
        *[_part(row, "contact", _joined(row.name, row.title)) for row in _rows(offer, "contacts")],
        *[_part(row, "schedule", _schedule(row)) for row in _rows(offer, "schedules")],
        *[
            _part(row, "service_area", row.name or row.area_code)
            for row in _rows(offer, "service_areas")
        ],
    ]


def places(rows: Any) -> list[tuple[Location, str]]:
    """Return locations, each with its address in one line."""
    return [(place, place_words(place)) for place in rows.prefetch_related("addresses")]


def place_words(place: Location) -> str:
    """Return a location's address in one line; nothing of a confidential one."""
    if place.is_confidential:
        return ""
    first = min(place.addresses.all(), key=lambda address: address.pk, default=None)
    return address_words(first) if first else ""


def part_words(row: Any) -> str:
    """Return a number, hours or a language in one line."""
    if isinstance(row, Phone):
        return _phone(row)
    return _schedule(row) if isinstance(row, Schedule) else language_name(row.code) or row.name


def _phone(row: Any) -> str:
    extension = f"ext. {row.extension}" if row.extension else ""
    return _joined(f"{row.number} {extension}".strip(), row.type, row.description)


def _schedule(row: Any) -> str:
    hours = f"{row.opens_at}–{row.closes_at}" if row.opens_at or row.closes_at else ""
    return " ".join(filter(None, [row.byday.replace(",", " "), hours])) or row.description[:120]


def _rows(record: Any, name: str) -> list[Any]:
    return list(getattr(record, name).order_by("id"))


def _part(record: Any, entity: str, words: str, more: str = "") -> Part:
    return Part(record, entity, words or "–", more if more != words else "")


def _joined(*parts: Any) -> str:
    return ", ".join(str(part) for part in parts if part not in (None, ""))
