"""Records taken out for an export, some services at a time, with all that hangs on them.

For everybody: what `services.public` lists and shows. For `has_all`: every record; even then
confidential places tell nothing but that they are there.
"""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from django.db.models import Model, Q, QuerySet

from leeward.directory.exchange.cells import plain_value
from leeward.directory.exchange.known import batches
from leeward.directory.exchange.tables import (
    MODELS,
    NEEDS_A_PARENT,
    ORDER,
    VISIBILITY,
    Table,
    table,
)
from leeward.directory.models import (
    Location,
    Organization,
    Service,
    ServiceAtLocation,
    TaxonomyTerm,
    Visibility,
)
from leeward.directory.services import public

Rows = dict[str, list[dict[str, Any]]]  # by HSDS table; columns by HSDS name, empty ones left out

AT_ONCE = 400
TRUNK = ("organization", "service", "location", "service_at_location")
PARTS = (
    "program", "organization_identifier", "address", "accessibility", "contact", "phone",
    "language", "schedule", "service_area", "cost_option", "required_document", "funding", "url",
    "service_capacity",
)  # fmt: skip
FOLLOWED = {"taxonomy", "taxonomy_term", "unit"}  # given out with what points at them
TOLD_OF_CONFIDENTIAL = {"id", "location_type", "is_confidential", VISIBILITY}


class Gatherer:
    """Gathers rows. `allowed`: ids of the records of TRUNK that leave."""

    def __init__(self, *, has_all: bool) -> None:
        self.has_all = has_all
        self.seen_by = Visibility.STAFF if has_all else Visibility.PUBLIC
        trunk = self._trunk()
        self.services = sorted(trunk["service"].values_list("pk", flat=True))
        self.allowed = {
            name: set(rows.values_list("pk", flat=True)) for name, rows in trunk.items()
        }
        closed = Location.objects.filter(is_confidential=True)
        self.confidential = set(closed.values_list("pk", flat=True))

    def by_services(self) -> Iterator[tuple[list[uuid.UUID], Rows]]:
        """Yield (ids of services, all rows about them), AT_ONCE services at a time."""
        for some in batches(self.services, AT_ONCE):
            yield some, self._about(some)

    def rest(self, told: dict[str, set[str]]) -> Rows:
        """Return the rows that hang on no service: only for `has_all`.

        told: ids that were given out, by table.
        """
        rows: Rows = {}
        if not self.has_all:
            return rows
        for name in ORDER:
            shown = public.shown(MODELS[name], seen_by=self.seen_by)
            found = self._rows(name, shown)
            rows[name] = [row for row in found if row["id"] not in told[name]]
        return {name: found for name, found in rows.items() if found}

    def _trunk(self) -> dict[str, QuerySet[Any]]:
        if self.has_all:
            return {name: MODELS[name]._default_manager.all() for name in TRUNK}
        services = public.listed_services()
        organizations = Organization.objects.filter(pk__in=services.values("organization_id"))
        return {
            "organization": organizations,
            "service": services,
            "location": public.listed_locations(),
            "service_at_location": public.listed_services_at_locations(),
        }

    def _about(self, services: list[uuid.UUID]) -> Rows:
        offers = self._some(ServiceAtLocation, service_id__in=services)
        places = {offer["location_id"] for offer in offers.values("location_id")}
        owners = Service.objects.filter(pk__in=services).values_list("organization_id", flat=True)
        rows: Rows = {
            "organization": self._rows("organization", _with_ids(Organization, set(owners))),
            "service": self._rows("service", _with_ids(Service, services)),
            "location": self._rows("location", _with_ids(Location, places)),
            "service_at_location": self._rows("service_at_location", offers),
        }
        for name in PARTS:
            rows[name] = self._parts(name, rows)
        rows["attribute"] = self._attributes(rows)
        rows["taxonomy_term"] = self._terms({row["taxonomy_term_id"] for row in rows["attribute"]})
        taxonomies = {row.get("taxonomy_id") for row in rows["taxonomy_term"]}
        rows["taxonomy"] = self._rows("taxonomy", _with_ids(MODELS["taxonomy"], taxonomies))
        units = {row["unit_id"] for row in rows["service_capacity"]}
        rows["unit"] = self._rows("unit", _with_ids(MODELS["unit"], units))
        return {name: rows[name] for name in ORDER if rows.get(name)}

    def _some(self, model: type[Model], **which: Any) -> QuerySet[Any]:
        found = model._default_manager.filter(**which)
        if self.has_all:
            return found
        return public.listed_services_at_locations().filter(**which)

    def _parts(self, name: str, rows: Rows) -> list[dict[str, Any]]:
        """Return the rows of a part that hang on any of the rows gathered so far."""
        which = Q(pk__in=[])
        for column in table(name).parents:
            ids = [row["id"] for row in rows.get(column.parent, ())]
            if ids and column.parent != "unit":
                which |= Q(**{f"{column.field}__in": ids})
        shown = public.shown(MODELS[name], seen_by=self.seen_by).filter(which)
        return self._rows(name, shown, {each: _ids(found) for each, found in rows.items()})

    def _attributes(self, rows: Rows) -> list[dict[str, Any]]:
        shown = public.shown(MODELS["attribute"], seen_by=self.seen_by)
        closed = {str(each) for each in self.confidential}
        found: list[dict[str, Any]] = []
        for name, told in rows.items():
            ids = [row["id"] for row in told if row["id"] not in closed]
            for some in batches(ids):
                found += self._rows("attribute", shown.filter(link_entity=name, link_id__in=some))
        return [row for row in found if row.get("taxonomy_term_id")]

    def _terms(self, wanted: Iterable[Any]) -> list[dict[str, Any]]:
        """Return terms with those above them."""
        found: dict[str, dict[str, Any]] = {}
        missing = set(wanted)
        while missing:
            rows = self._rows("taxonomy_term", _with_ids(TaxonomyTerm, missing))
            found |= {row["id"]: row for row in rows}
            missing = {row["parent_id"] for row in rows if row.get("parent_id")} - set(found)
        return list(found.values())

    def _rows(
        self, name: str, found: QuerySet[Any], near: dict[str, set[str]] | None = None
    ) -> list[dict[str, Any]]:
        of = table(name)
        fields = {column.field: column.name for column in of.columns.values()}
        if not self.has_all:
            fields.pop(VISIBILITY)
        rows = []
        for values in found.order_by("pk").values("id", *fields):
            row: dict[str, Any] = {"id": str(values["id"])}
            row |= {
                told: _plain(values[field])
                for field, told in fields.items()
                if values[field] is not None and values[field] != ""
            }
            if self._is_told(of, row, near or {}):
                rows.append(row)
        return rows

    def _is_told(self, of: Table, row: dict[str, Any], near: dict[str, set[str]]) -> bool:
        """Take out what does not leave; return whether something is left to tell."""
        if of.name == "location" and row.get("is_confidential"):
            for name in set(row) - TOLD_OF_CONFIDENTIAL:
                del row[name]
        if of.name == "service_at_location" and uuid.UUID(row["location_id"]) in self.confidential:
            row.pop("description", None)
        if not self.has_all:
            for column in of.parents:
                told = row.get(column.name)
                if told and not self._leaves(column.parent, told, near):
                    del row[column.name]
        is_part = of.name in NEEDS_A_PARENT
        return not is_part or any(row.get(column.name) for column in of.parents)

    def _leaves(self, parent: str, told: str, near: dict[str, set[str]]) -> bool:
        """Return whether a record that a row points at is given out, too."""
        if parent in TRUNK:
            return uuid.UUID(told) in self.allowed[parent]
        return parent in FOLLOWED or told in near.get(parent, ())


def told_ids(told: dict[str, set[str]], rows: Rows) -> None:
    """Note the ids of rows that were given out."""
    for name, found in rows.items():
        told[name] |= _ids(found)


def nothing_told() -> dict[str, set[str]]:
    """Return an empty note for `told_ids`."""
    return defaultdict(set)


def _ids(rows: list[dict[str, Any]]) -> set[str]:
    return {row["id"] for row in rows}


def _with_ids(model: type[Any], ids: Iterable[Any]) -> QuerySet[Any]:
    found: QuerySet[Any] = model._default_manager.filter(pk__in=[each for each in ids if each])
    return found


def _plain(value: object) -> object:
    return str(value) if isinstance(value, uuid.UUID) else plain_value(value)
