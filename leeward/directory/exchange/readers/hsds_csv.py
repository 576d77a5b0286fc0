"""HSDS tabular packages of every version: a folder or zip of one file a table."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from leeward.directory.exchange.files import Named
from leeward.directory.exchange.package import Package, Problem, Problems
from leeward.directory.exchange.readers import older
from leeward.directory.exchange.separated import read_rows

# A service of HSDS 1.0 names its location, and that one its organisation.
OF_LOCATION = "of_location"


def read(files: list[Named], problems: Problems) -> Iterator[Package]:
    """Yield one package of all the tables."""
    package = Package()
    for file in files:
        if file.suffix not in {".csv", ".tsv", ".txt"}:
            continue
        table = older.table_of(file.stem)
        if not table:
            problems.add(Problem(file.name, 0, "", "its name is no table of HSDS; left out"))
            continue
        for line, told in read_rows(file, problems):
            for made, row in older.modern(table, told):
                package.add(made, row, file=file.name, line=line)
    settle(package)
    yield package


def settle(package: Package) -> None:
    """Follow what an older version's rows say only by way of other rows."""
    _join_eligibility(package)
    owners = {
        row.values.get("id"): row.values.get("organization_id")
        for row in package.tables.get("location", [])
    }
    for row in package.tables.get("service", []):
        way = row.values.get("organization_id")
        if isinstance(way, dict):
            row.values["organization_id"] = owners.get(way[OF_LOCATION])


def _join_eligibility(package: Package) -> None:
    rows = package.tables.pop("eligibility", [])
    services: dict[Any, dict[str, Any]] = {
        row.values.get("id"): row.values for row in package.tables.get("service", [])
    }
    for row in rows:
        of = services.get(row.values.get("service_id"))
        text = row.values.get("eligibility") or row.values.get("eligibility_description")
        if of is not None and text and not of.get("eligibility_description"):
            of["eligibility_description"] = text
