"""HSDS 3.x JSON: services, services at locations or organisations, nested; lists, pages, objects.

A record may stand in many places of the tree; it becomes one row, which hangs on all of them.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from leeward.directory.exchange.files import Named
from leeward.directory.exchange.package import FileUnfit, Package, Problem, Problems, Row
from leeward.directory.exchange.readers import older
from leeward.directory.exchange.tables import table as table_named

MOST_DEPTH = 12
LISTS = {
    "additional_urls": "url", "additional_websites": "url", "phones": "phone",
    "schedules": "schedule", "service_areas": "service_area",
    "service_at_locations": "service_at_location", "languages": "language", "funding": "funding",
    "cost_options": "cost_option", "required_documents": "required_document",
    "contacts": "contact", "capacities": "service_capacity", "attributes": "attribute",
    "metadata": "metadata", "addresses": "address", "accessibility": "accessibility",
    "locations": "location", "programs": "program", "services": "service",
    "organization_identifiers": "organization_identifier",
}  # fmt: skip
# key of an object: its table, and the column of the record around it that names it.
OBJECTS = {
    "organization": ("organization", "organization_id"), "program": ("program", "program_id"),
    "location": ("location", "location_id"), "service": ("service", "service_id"),
    "unit": ("unit", "unit_id"), "taxonomy_term": ("taxonomy_term", "taxonomy_term_id"),
    "taxonomy_detail": ("taxonomy", "taxonomy_id"),
}  # fmt: skip
TIED = {"attribute": ("link_id", "link_entity"), "metadata": ("resource_id", "resource_type")}
# Keys that tell what an object without a name is.
SIGNS = (
    ("service_at_location", {"location", "service"}),
    ("service_at_location", {"service_id", "location_id"}),
    ("service", {"organization", "status"}), ("service", {"service_at_locations"}),
    ("service", {"organization_id", "status"}), ("organization", {"services"}),
    ("organization", {"organization_identifiers"}), ("organization", {"website"}),
    ("location", {"latitude"}), ("location", {"location_type"}), ("location", {"addresses"}),
    ("taxonomy_term", {"taxonomy"}), ("taxonomy_term", {"parent_id"}),
    ("service", {"status"}), ("organization", {"legal_status"}), ("taxonomy", {"version"}),
)  # fmt: skip


def read(files: list[Named], problems: Problems) -> Iterator[Package]:
    """Yield one package of everything in the files. Raises FileUnfit for what is no JSON."""
    tree = Tree(problems)
    for file in files:
        if file.suffix == ".json" and file.stem != "datapackage":
            tree.add_file(file, _parsed(file))
    yield tree.package()


def _parsed(file: Named) -> Any:
    try:
        return json.loads(file.text())
    except (ValueError, RecursionError):
        raise FileUnfit(f"{file.name} is not whole JSON.") from None


@dataclass
class Tree:
    """Takes objects apart into rows. The number of the object in its file stands for a line."""

    problems: Problems
    rows: dict[tuple[str, str], Row] = field(default_factory=dict)
    others: list[tuple[str, Row]] = field(default_factory=list)
    file: str = ""
    line: int = 0

    def add_file(self, file: Named, found: Any) -> None:
        """Take a whole file apart."""
        self.file = file.name
        for self.line, (name, each) in enumerate(_roots(found, file.stem), start=1):
            table = older.table_of(name.removesuffix(".csv")) or _sign(each)
            if not isinstance(each, dict) or not table:
                reason = "not a record that HSDS knows"
                self.problems.add(Problem(self.file, self.line, "", reason, is_row_lost=True))
            else:
                self._take(table, each, {}, 0)

    def package(self) -> Package:
        """Return the rows."""
        package = Package()
        for (table, _id), row in self.rows.items():
            package.tables[table].append(row)
        for table, row in self.others:
            package.tables[table].append(row)
        return package

    def _take(self, table: str, told: dict[str, Any], links: dict[str, Any], depth: int) -> str:
        """Make a row of an object and of all below it; return its id."""
        own = str(told.get("id") or "")
        if depth > MOST_DEPTH:
            reason = "nested too deep"
            self.problems.add(Problem(self.file, self.line, "", reason, is_row_lost=True))
            return own
        row = {key: value for key, value in told.items() if not isinstance(value, (dict, list))}
        row |= self._take_objects(told, row, depth)
        for made, values in older.modern(table, row | links):
            self._keep(made, values)
        for key, child in LISTS.items():
            found = told.get(key)
            for each in found if isinstance(found, list) else ():
                if isinstance(each, dict):
                    self._take(child, each, _links(table, own, child), depth + 1)
        return own

    def _take_objects(
        self, told: dict[str, Any], row: dict[str, Any], depth: int
    ) -> dict[str, Any]:
        """Take the single objects inside another; return the columns that name them."""
        columns: dict[str, Any] = {}
        for key, (child, column) in OBJECTS.items():
            if isinstance(told.get(key), dict):
                up = _owner(told) if child == "program" else {}
                columns[column] = self._take(child, told[key], up, depth + 1) or row.get(column)
        return columns

    def _keep(self, table: str, values: dict[str, Any]) -> None:
        own = str(values.get("id") or "")
        stored = self.rows.get((table, own)) if own else None
        if stored is None:
            row = Row(values, self.file, self.line)
            if own:
                self.rows[table, own] = row
            else:
                self.others.append((table, row))
            return
        for name, value in values.items():
            before = stored.values.get(name)
            if before in (None, ""):
                stored.values[name] = value
            elif value not in (None, "") and value != before and _is_link(table, name):
                # The same row under a second record: a copy of its own for that one.
                copy = {**stored.values, **_without_links(table, stored.values), **values}
                self._keep(table, {**copy, "id": f"{own} of {value}"})
                return


def _roots(found: Any, stem: str) -> Iterator[tuple[str, Any]]:
    """Yield (name of the table or "", object) of all records at the top of a file."""
    if isinstance(found, list):
        yield from ((stem, each) for each in found)
    elif not isinstance(found, dict) or "openapi_url" in found:
        return
    elif isinstance(found.get("contents"), list):
        yield from (("", each) for each in found["contents"])
    elif "id" in found or not any(isinstance(value, list) for value in found.values()):
        yield "", found
    else:
        for name, value in found.items():
            yield from ((name, each) for each in (value if isinstance(value, list) else ()))


def _sign(each: Any) -> str:
    if not isinstance(each, dict):
        return ""
    return next((table for table, keys in SIGNS if keys <= set(each)), "")


def _owner(told: dict[str, Any]) -> dict[str, Any]:
    """Return the column by which a service's program hangs on the service's organisation."""
    organization = told.get("organization")
    found = organization.get("id") if isinstance(organization, dict) else None
    found = found or told.get("organization_id")
    return {"organization_id": found} if found else {}


def _links(table: str, own: str, child: str) -> dict[str, Any]:
    """Return the columns by which a child hangs on the record around it."""
    if child in TIED:
        return dict(zip(TIED[child], (own, table), strict=True))
    column = f"{table}_id"
    return {column: own} if column in table_named(child).columns else {}


def _is_link(table: str, name: str) -> bool:
    column = table_named(table).columns.get(name)
    return column is not None and column.kind == "id"


def _without_links(table: str, values: dict[str, Any]) -> dict[str, Any]:
    return {name: None for name in values if _is_link(table, name)}
