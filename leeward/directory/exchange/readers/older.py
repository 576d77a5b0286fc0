"""Names that older HSDS versions (1.0, 1.1, 2.x) gave to tables and columns, and their shapes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from leeward.directory.exchange.tables import MODELS

Made = tuple[str, dict[str, Any]]  # an HSDS 3.1 table and a row

TABLES = {
    "services_at_location": "service_at_location", "services_at_locations": "service_at_location",
    "service_at_locations": "service_at_location", "physical_address": "physical_address",
    "physical_addresses": "physical_address", "postal_address": "postal_address",
    "postal_addresses": "postal_address", "mail_addresses": "postal_address",
    "regular_schedule": "regular_schedule", "regular_schedules": "regular_schedule",
    "holiday_schedule": "holiday_schedule", "holiday_schedules": "holiday_schedule",
    "accessibility_for_disabilities": "accessibility", "eligibility": "eligibility",
    "payment_accepted": "payment_accepted", "payments_accepted": "payment_accepted",
    "service_taxonomy": "service_taxonomy", "service_taxonomies": "service_taxonomy",
    "taxonomy": "taxonomy", "taxonomies": "taxonomy", "other_attribute": "attribute",
    "other_attributes": "attribute", "link_taxonomy": "attribute", "urls": "url",
    "facilities": "location", "service_capacities": "service_capacity", "capacities":
    "service_capacity", "cost_options": "cost_option", "meta_table_descriptions":
    "meta_table_description", "meta_table_description": "meta_table_description",
}  # fmt: skip
COLUMNS: dict[str, dict[str, str]] = {
    "": {"services_at_location_id": "service_at_location_id"},
    "organization": {"uri": "uri", "website": "website", "url": "website"},
    "service": {
        "website": "url", "fees": "fees_description", "eligibility":
        "eligibility_description", "short_desc": "description", "assigned_date": "assured_date",
    },
    "location": {"website": "url", "type": "location_type"},
    "phone": {"number_type": "type"},
    "accessibility": {"accessibility": "description"},
    "required_document": {"type": "document"},
    "service_area": {"service_area": "name"},
    "language": {"language": "name"},
    "taxonomy_term": {"term": "name", "vocabulary": "taxonomy"},
    "attribute": {"taxonomy_id": "taxonomy_term_id"},
}  # fmt: skip
# A service's column of HSDS 1.0: the table and column that each of its words goes to.
LISTS_IN_CELLS = {
    "languages": ("language", "name"),
    "required_documents": ("required_document", "document"),
    "service_areas": ("service_area", "name"),
}
WEEKDAYS = {
    "monday": "MO", "tuesday": "TU", "wednesday": "WE", "thursday": "TH", "friday": "FR",
    "saturday": "SA", "sunday": "SU", "mon": "MO", "tue": "TU", "wed": "WE", "thu": "TH",
    "fri": "FR", "sat": "SA", "sun": "SU", "1": "MO", "2": "TU", "3": "WE", "4": "TH", "5": "FR",
    "6": "SA", "7": "SU",
}  # fmt: skip


def table_of(name: str) -> str:
    """Return the table that a file's name or a JSON key means, an old one's too; or ""."""
    plain = re.sub(r"\W+", "_", name.lower())
    if plain in TABLES:
        return TABLES[plain]
    for each in (plain, plain.removesuffix("s"), plain.removesuffix("es"),
                 f"{plain.removesuffix('ies')}y"):  # fmt: skip
        if each in MODELS:
            return each
    return ""


def modern(table: str, told: dict[str, Any]) -> Iterator[Made]:
    """Yield the HSDS 3.1 rows that a row of any version says."""
    renamed = COLUMNS.get(table, {}) | COLUMNS[""]
    row = dict(told)
    for old, new in renamed.items():
        if old != new and old in row:
            value = row.pop(old)
            if not row.get(new):
                row[new] = value
    yield from _SHAPES.get(table, _as_it_is)(table, row)


def _as_it_is(table: str, row: dict[str, Any]) -> Iterator[Made]:
    yield table, row


def _address(table: str, row: dict[str, Any]) -> Iterator[Made]:
    kind = table.removesuffix("_address")
    row = {**row, "id": _own(row, kind)} if kind == "postal" else row
    yield "address", {"address_type": kind, **row}


def _own(row: dict[str, Any], kind: str) -> str:
    """Return an id that does not meet the same number in the table that 3.1 put both in."""
    told = str(row.get("id") or "")
    return told if len(told) == 36 or not told else f"{kind} {told}"  # noqa: PLR2004  -- a UUID


def _regular(_table: str, row: dict[str, Any]) -> Iterator[Made]:
    day = WEEKDAYS.get(str(row.pop("weekday", "")).strip().lower(), "")
    row.setdefault("byday", day)
    yield "schedule", {"freq": "WEEKLY", **row, "id": _own(row, "regular")}


def _holiday(_table: str, row: dict[str, Any]) -> Iterator[Made]:
    is_closed = str(row.pop("closed", "")).strip().lower() in {"true", "1", "yes", "t"}
    row["valid_from"], row["valid_to"] = row.pop("start_date", ""), row.pop("end_date", "")
    if is_closed:
        row |= {"opens_at": "", "closes_at": "", "notes": "closed"}
    yield "schedule", {**row, "freq": "", "id": _own(row, "holiday")}


def _schedule(_table: str, row: dict[str, Any]) -> Iterator[Made]:
    """2.x had `weekday`; 3.x has `byday`."""
    day = WEEKDAYS.get(str(row.pop("weekday", "")).strip().lower(), "")
    if day and not row.get("byday"):
        row |= {"byday": day, "freq": row.get("freq") or "WEEKLY"}
    yield "schedule", row


def _eligibility(_table: str, row: dict[str, Any]) -> Iterator[Made]:
    yield "service", {
        "id": row.get("service_id"), "eligibility_description": row.get("eligibility_description")
        or row.get("eligibility"),
    }  # fmt: skip


def _payment(_table: str, row: dict[str, Any]) -> Iterator[Made]:
    yield "cost_option", {**row, "id": _own(row, "payment"), "option": row.pop("payment", "")}


def _service_taxonomy(_table: str, row: dict[str, Any]) -> Iterator[Made]:
    yield "attribute", {
        "id": _own(row, "service taxonomy"), "link_id": row.get("service_id"),
        "link_entity": "service", "taxonomy_term_id": row.get("taxonomy_id")
        or row.get("taxonomy_term_id"),
    }  # fmt: skip


def _taxonomy(_table: str, row: dict[str, Any]) -> Iterator[Made]:
    """Before 3.0 a row of `taxonomy` was one term."""
    is_term = "parent_id" in row or "parent_name" in row or "taxonomy_id" in row
    if not is_term:
        yield "taxonomy", row
        return
    told = str(row.pop("taxonomy_id", "") or "")
    row.pop("parent_name", None)
    own = row.get("id") or told
    yield "taxonomy_term", {**row, "id": own, "code": row.get("code") or told, "taxonomy_id": ""}


def _location(_table: str, row: dict[str, Any]) -> Iterator[Made]:
    if str(row.pop("virtual", "")).strip().lower() in {"true", "1", "yes", "t"}:
        row["location_type"] = "virtual"
    brief = row.pop("short_desc", "")
    row["description"] = row.get("description") or brief
    own = row.get("id")
    for name in _listed(row.pop("languages", "")):
        yield "language", {"id": f"{own} {name}", "location_id": own, "name": name}
    for what in _listed(row.pop("accessibility", "")):
        told = {"location_id": own, "description": what.replace("_", " ")}
        yield "accessibility", {"id": f"{own} {what}", **told}
    yield "location", row


def _listed(cell: Any) -> list[str]:
    return [each.strip() for each in str(cell or "").split(",") if each.strip()]


def _service(_table: str, row: dict[str, Any]) -> Iterator[Made]:
    """1.0 tied a service to one location, and kept lists in cells."""
    own = row.get("id")
    if row.get("location_id"):
        yield "service_at_location", {
            "id": f"{own} at {row['location_id']}", "service_id": own,
            "location_id": row["location_id"],
        }  # fmt: skip
        row["organization_id"] = row.get("organization_id") or {"of_location": row["location_id"]}
    row.pop("location_id", None)
    for column, (table, name) in LISTS_IN_CELLS.items():
        for each in _listed(row.pop(column, "")):
            yield table, {"id": f"{own} {each}", "service_id": own, name: each}
    for term in _listed(row.pop("taxonomy_ids", "")):
        tie = {"link_id": own, "link_entity": "service", "taxonomy_term_id": term}
        yield "attribute", {"id": f"{own} {term}", **tie}
    yield "service", row


_SHAPES = {
    "physical_address": _address, "postal_address": _address, "regular_schedule": _regular,
    "holiday_schedule": _holiday, "schedule": _schedule, "eligibility": _eligibility,
    "payment_accepted": _payment, "service_taxonomy": _service_taxonomy, "taxonomy": _taxonomy,
    "location": _location, "service": _service,
}  # fmt: skip
