"""Rows put together into HSDS 3.1's full service objects."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from leeward.directory.exchange.gathering import Rows
from leeward.directory.exchange.tables import table

Told = dict[str, Any]

_ANY = {"attributes": "attribute", "metadata": "metadata"}
_REACH = {"contacts": "contact", "phones": "phone"}
_WHEN = {"schedules": "schedule"}
# HSDS 3.1: key of a list below a record, and its table.
BELOW: dict[str, dict[str, str]] = {
    "service": {
        **_REACH, **_WHEN, "service_areas": "service_area", "languages": "language",
        "service_at_locations": "service_at_location", "funding": "funding",
        "cost_options": "cost_option", "required_documents": "required_document",
        "capacities": "service_capacity", "additional_urls": "url",
    },
    "service_at_location": {**_REACH, **_WHEN, "service_areas": "service_area"},
    "location": {
        **_REACH, **_WHEN, "languages": "language", "addresses": "address",
        "accessibility": "accessibility",
    },
    "organization": {
        **_REACH, "additional_websites": "url", "funding": "funding", "programs": "program",
        "organization_identifiers": "organization_identifier",
    },
    "contact": {"phones": "phone"},
    "phone": {"languages": "language"},
}  # fmt: skip
# key of an object in a record, the column that names it, and its table.
INSIDE: dict[str, tuple[tuple[str, str, str], ...]] = {
    "service": (
        ("organization", "organization_id", "organization"), ("program", "program_id", "program"),
    ),
    "service_at_location": (("location", "location_id", "location"),),
    "service_capacity": (("unit", "unit_id", "unit"),),
    "attribute": (("taxonomy_term", "taxonomy_term_id", "taxonomy_term"),),
    "taxonomy_term": (("taxonomy_detail", "taxonomy_id", "taxonomy"),),
}  # fmt: skip
# HSDS demands these even when nothing is known.
DEMANDED = {
    "organization": ("description",),
    "program": ("description",),
    "taxonomy": ("description",),
    "taxonomy_term": ("description",),
    "organization_identifier": ("identifier_type",),
    "address": ("address_1", "city", "state_province", "postal_code", "country"),
}
TIED = {"attribute": "link_id", "metadata": "resource_id"}


class Nest:
    """Builds objects out of the rows about some services."""

    def __init__(self, rows: Rows) -> None:
        self._by_id = {name: {row["id"]: row for row in found} for name, found in rows.items()}
        self._below: dict[tuple[str, str, str], list[Told]] = defaultdict(list)
        for name, found in rows.items():
            for row in found:
                for column in _links(name):
                    if row.get(column):
                        self._below[name, column, row[column]].append(row)

    def services(self, ids: Iterable[Any]) -> Iterator[Told]:
        """Yield full service objects."""
        services = self._by_id.get("service", {})
        for own in ids:
            if (row := services.get(str(own))) is not None:  # else it went meanwhile
                yield self._whole("service", row)

    def _whole(self, name: str, row: Told) -> Told:
        whole: Told = dict.fromkeys(DEMANDED.get(name, ()), "") | row
        for key, column, child in INSIDE.get(name, ()):
            inside = self._by_id.get(child, {}).get(row.get(column, ""))
            if inside is not None:
                whole[key] = self._whole(child, inside)
        for key, child in BELOW.get(name, {}).items():
            found = self._below.get((child, f"{name}_id", row["id"]), ())
            if found:
                whole[key] = [self._whole(child, each) for each in found]
        for key, child in _ANY.items():
            found = self._below.get((child, TIED[child], row["id"]), ())
            if found:
                whole[key] = [self._whole(child, each) for each in found]
        return whole


def _links(name: str) -> list[str]:
    if name in TIED:
        return [TIED[name]]
    return [column.name for column in table(name).parents]
