"""The tabular package's own description (datapackage.json, after Frictionless and HSDS)."""

from __future__ import annotations

from typing import Any

from leeward.directory.exchange.tables import Column, table
from leeward.directory.models import Source

TYPES = {
    "number": "number", "money": "number", "whole": "integer", "small": "integer",
    "yes_no": "boolean", "day": "date",
}  # fmt: skip
PROFILE = "tabular-data-package"


def data_package(names: list[str], sources: list[Source]) -> dict[str, Any]:
    """Return the description of a package with these HSDS tables."""
    package: dict[str, Any] = {
        "name": "human_services_data",
        "title": "Human Services Data Specification 3.1",
        "profile": PROFILE,
        "resources": [_resource(name, names) for name in names],
    }
    told = [_source(source) for source in sources]
    return {**package, "sources": told} if told else package


def _source(source: Source) -> dict[str, str]:
    name = f"{source.name} ({source.licence})" if source.licence else source.name
    return {"title": name, "path": source.url} if source.url else {"title": name}


def _resource(name: str, names: list[str]) -> dict[str, Any]:
    of = table(name)
    own = {"name": "id", "type": "string", "format": "uuid",
           "constraints": {"required": True, "unique": True}}  # fmt: skip
    return {
        "name": name,
        "path": f"{name}.csv",
        "profile": "tabular-data-resource",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "schema": {
            "fields": [own, *(_field(column) for column in of.columns.values())],
            "primaryKey": "id",
            "foreignKeys": [
                {
                    "fields": column.name,
                    # The empty name is Frictionless's word for the table itself.
                    "reference": {
                        "resource": "" if column.parent == name else column.parent,
                        "fields": "id",
                    },
                }
                for column in of.parents
                if column.parent in names
            ],
        },
    }


def _field(column: Column) -> dict[str, Any]:
    field: dict[str, Any] = {"name": column.name, "type": TYPES.get(column.kind, "string")}
    if column.kind == "id":
        field["format"] = "uuid"
    constraints: dict[str, Any] = {}
    if column.is_required:
        constraints["required"] = True
    if column.choices:
        constraints["enum"] = list(column.choices)
    return {**field, "constraints": constraints} if constraints else field
