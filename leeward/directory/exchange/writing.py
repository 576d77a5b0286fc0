"""Checked records compared with the stored ones, and written: new, changed, or left as they are.

What is stored and hidden stays hidden; what staff changed by hand stays as they left it; what came
from another source, or was made by staff, is left alone; so is what was merged into another.
"""

from __future__ import annotations

import uuid
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import Any

from leeward.directory.exchange.checking import Record
from leeward.directory.exchange.inserting import insert
from leeward.directory.exchange.known import Known, batches
from leeward.directory.exchange.tables import ORDER, SHORT_KEY, VISIBILITY, Table, table
from leeward.directory.models import Location, Revision, ServiceAtLocation, Source
from leeward.directory.rules.visibility import hidden_wins
from leeward.directory.services import changes

NEW, CHANGED, SAME, LEFT, MERGED = "new", "changed", "same", "left", "merged"
SERVICE_AT_LOCATION = SHORT_KEY[0]
# Tables of which a file may add rows, and never change those that this program ships.
SHIPPED_SCHEME = "leeward"


@dataclass(slots=True)
class Touched:
    """Ids of records that changed, by the way that leads to services at locations."""

    ids: dict[str, set[uuid.UUID]] = field(default_factory=lambda: defaultdict(set))
    WAYS = {
        "service_at_location": "pk__in",
        "service": "service_id__in",
        "location": "location_id__in",
        "organization": "service__organization_id__in",
    }

    def add(self, record: Record) -> None:
        """Note a new or changed record and what it hangs on."""
        if record.table in self.WAYS:
            self.ids[record.table].add(record.id)
        for way in self.WAYS:
            if (parent := record.values.get(f"{way}_id")) is not None and way != "organization":
                self.ids[way].add(parent)
        if record.table in {"phone", "url", "contact"} and record.values.get("organization_id"):
            self.ids["organization"].add(record.values["organization_id"])
        if record.table == "attribute":
            self.ids[record.values["link_entity"]].add(record.values["link_id"])

    def numbers(self) -> set[int]:
        """Return the numbers of all services at locations that changed."""
        found: set[int] = set()
        for way, lookup in self.WAYS.items():
            for some in batches(sorted(self.ids[way])):
                rows = ServiceAtLocation.objects.filter(**{lookup: some})
                found.update(rows.values_list("number", flat=True))
        return found


@dataclass(slots=True)
class Writer:
    """Writes the packages of one import. source None: only counts (a dry run of a new source)."""

    source: Source | None
    known: Known
    writes: bool
    counts: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    hidden_kept: int = 0
    staff_kept: int = 0
    new_services: list[uuid.UUID] = field(default_factory=list)

    def write(self, fit: dict[str, list[Record]]) -> None:
        """Compare and (unless it is a dry run) store the records of one package."""
        touched = Touched()
        for name in ORDER:
            records = fit.get(name, [])
            if records:
                self._table(table(name), records, touched)
        if self.writes:
            changes.touch(touched.numbers())

    def _table(self, of: Table, records: list[Record], touched: Touched) -> None:
        new: list[Record] = []
        changed: list[Any] = []
        for some in batches(records):
            stored = of.model._default_manager.in_bulk([record.id for record in some])
            by_hand = _changed_by_hand(of, stored)
            for record in some:
                found = stored.get(record.id)
                outcome = self._outcome(of, record, found, by_hand)
                self.counts[of.name][outcome] += 1
                if outcome == NEW:
                    new.append(record)
                elif outcome == CHANGED:
                    changed.append(found)
                if outcome in {NEW, CHANGED}:
                    touched.add(record)
        self._store(of, new, changed)

    def _outcome(
        self, of: Table, record: Record, found: Any, by_hand: dict[uuid.UUID, set[str]]
    ) -> str:
        """Decide what becomes of a record; a changed one has its new values set on `found`."""
        if self.known.is_merged(of.name, record.id):
            return MERGED
        if found is None:
            return LEFT if self._hangs_on_others(of, record) else NEW
        if of.is_trusted and not self._is_own(found):
            self.known.others[of.name].add(record.id)
        told = self._told(record, found, by_hand.get(record.id, set()))
        if told and self._is_others(of, record, found):
            self.known.others[of.name].add(record.id)
            # Whoever says so: hiding is the safe direction.
            told = {VISIBILITY: told[VISIBILITY]} if VISIBILITY in told else {}
            if not told:
                return LEFT
        for name, value in told.items():
            setattr(found, name, value)
        return CHANGED if told else SAME

    def _told(self, record: Record, found: Any, by_hand: set[str]) -> dict[str, Any]:
        """Return the values that differ from the stored ones and may replace them."""
        told = {
            name: value for name, value in record.values.items() if getattr(found, name) != value
        }
        kept = by_hand & set(told)
        self.staff_kept += len(kept)
        for name in kept:
            del told[name]
        if VISIBILITY in told:
            winner = hidden_wins(found.visibility, told[VISIBILITY])
            if winner == found.visibility:
                del told[VISIBILITY]
                self.hidden_kept += 1
            else:
                told[VISIBILITY] = winner
        if isinstance(found, Location) and found.is_confidential:
            told.pop("is_confidential", None)
        return told

    def _is_others(self, of: Table, record: Record, found: Any) -> bool:
        if of.is_trusted:
            return not self._is_own(found)
        if getattr(found, "scheme", "") == SHIPPED_SCHEME or _is_shipped_term(found):
            return True
        return self._hangs_on_others(of, record)

    def _is_own(self, found: Any) -> bool:
        return self.source is not None and found.source_id == self.source.pk

    def _hangs_on_others(self, of: Table, record: Record) -> bool:
        """Return whether all that a record hangs on belongs to others: then it is not ours to add.

        A service hangs on its organisation: else a source that nobody approved could show its
        services under one that was.
        """
        if of.name == SERVICE_AT_LOCATION:
            is_others = record.values.get("service_id") in self.known.others["service"]
        else:
            parents = [
                (column.parent, record.values[column.field])
                for column in of.parents
                if record.values.get(column.field) is not None and column.parent != of.name
            ]
            if of.name == "attribute":
                parents = [(record.values["link_entity"], record.values["link_id"])]
            is_others = bool(parents) and all(
                parent in self.known.others[name] for name, parent in parents
            )
        if is_others:
            self.known.others[of.name].add(record.id)
        return is_others

    def _store(self, of: Table, new: list[Record], changed: list[Any]) -> None:
        if of.name == "service":
            self.new_services += [record.id for record in new]
        if not self.writes:
            return
        rows = [self._row(of, record) for record in new]
        if of.name == SERVICE_AT_LOCATION and rows:
            for row, number in zip(rows, changes.new_numbers(len(rows)), strict=True):
                row["number"] = number
        insert(of.model, rows)
        if changed:
            names = [field.name for field in of.model._meta.concrete_fields if field.name != "id"]
            of.model._default_manager.bulk_create(
                changed, update_conflicts=True, unique_fields=["id"], update_fields=names
            )

    def _row(self, of: Table, record: Record) -> dict[str, Any]:
        row = {**record.values, "id": record.id}
        if of.is_trusted and self.source is not None:
            row |= {"source_id": self.source.pk, "outside_id": record.outside_id}
        return row


def _changed_by_hand(of: Table, stored: dict[Any, Any]) -> dict[uuid.UUID, set[str]]:
    """Return, by record, the fields that staff changed (their revisions say so)."""
    found: dict[uuid.UUID, set[str]] = defaultdict(set)
    if stored:
        rows = Revision.objects.filter(entity=of.name, record_id__in=list(stored))
        for record_id, after in rows.values_list("record_id", "after"):
            found[record_id].update(after, (f"{name}_id" for name in after))
    return found


def _is_shipped_term(found: Any) -> bool:
    name = getattr(found, "taxonomy", "") or getattr(found, "name", "")
    return type(found).__name__ in {"Taxonomy", "TaxonomyTerm"} and str(name).startswith("leeward-")
