"""Rows of a package made into records fit to store; what is not fit is named and left out."""

from __future__ import annotations

import json
import uuid
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from leeward.directory.exchange import cells, ids
from leeward.directory.exchange.known import Known
from leeward.directory.exchange.package import Package, Problems, Row
from leeward.directory.exchange.tables import NEEDS_A_PARENT, ORDER, Column, Table, table

SELF_PARENT = {"organization": "parent_organization_id", "taxonomy_term": "parent_id"}


@dataclass(slots=True)
class Record:
    """One row fit to store. values: model attribute to value, of the columns that were told."""

    table: str
    id: uuid.UUID
    values: dict[str, Any]
    row: Row
    outside_id: str = ""


Finish = Callable[[Record, "Check"], Iterable[Record]]


@dataclass(slots=True)
class Check:
    """Checks the packages of one import, one after the other.

    source: its key; ids that are no UUIDs are made from it. country: for numbers and addresses
    that name none. unread: columns that nothing is known of, by table.
    """

    source: str
    country: str
    known: Known
    problems: Problems = field(default_factory=Problems)
    finishers: dict[str, Finish] = field(default_factory=dict)
    unread: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    repeated: int = 0
    _said: dict[int, int] = field(default_factory=dict)

    def check(self, package: Package) -> dict[str, list[Record]]:
        """Return the fit records by table, parents' tables first."""
        for name in set(package.tables) - set(ORDER):
            for row in package.tables[name]:
                self._refuse(row, "", "nothing is known of this table")
        fit: dict[str, list[Record]] = {}
        for name in ORDER:
            records = self._table(table(name), package.tables.get(name, []))
            records = self._with_parents(table(name), records)
            finish = self.finishers.get(name)
            if finish is not None:
                records = [made for record in records for made in finish(record, self)]
            self.known.accept(name, (record.id for record in records))
            fit[name] = records
        return fit

    def note(self, record: Record, column: str, reason: str) -> None:
        """Name a bad cell of a record that is kept."""
        self.problems.add(record.row.problem(column, reason))

    def refuse(self, record: Record, column: str, reason: str) -> None:
        """Name why a record is left out."""
        self._refuse(record.row, column, reason)

    def _refuse(self, row: Row, column: str, reason: str) -> None:
        self.problems.add(row.problem(column, reason, is_row_lost=True))

    def _table(self, of: Table, rows: list[Row]) -> list[Record]:
        made = (self._record(of, row) for row in rows)
        return self._once([record for record in made if record is not None])

    def _record(self, of: Table, row: Row) -> Record | None:
        values = self._values(of, row)
        for column in of.columns.values():
            if column.is_required and cells.is_nothing(values.get(column.field)):
                self._refuse(row, column.name, "must not be empty")
                return None
        outside_id = self._outside_id(of, row)
        made = ids.record_id(self.source, of.name, outside_id)
        return Record(of.name, made, values, row, outside_id[: ids.MOST_OUTSIDE])

    def _values(self, of: Table, row: Row) -> dict[str, Any]:
        values: dict[str, Any] = {}
        for name, raw in row.values.items():
            column = of.columns.get(name)
            if column is None:
                self.unread[of.name].add(name)
            elif column.kind == "id":
                values[column.field] = self._reference(of, column, raw)
            else:
                values[column.field], reason = cells.clean(column, raw)
                if reason:
                    self.problems.add(row.problem(name, reason))
        return values

    def _outside_id(self, of: Table, row: Row) -> str:
        told = cells.as_text(row.values.get("id")).strip()
        if told:
            return told
        # Nothing names the row: what it says does, so that the same row is the same record.
        return "says:" + json.dumps(row.values, sort_keys=True, default=str)

    def told_id(self, entity: str, raw: object) -> uuid.UUID | None:
        """Return the id of the record that a cell points at in a table; None for an empty cell."""
        told = cells.as_text(raw).strip()
        if not told or told.lower() in cells.NOTHING:
            return None
        return self.known.survivor(entity, ids.record_id(self.source, entity, told))

    def _reference(self, of: Table, column: Column, raw: object) -> uuid.UUID | None:
        return self.told_id(column.parent or of.name, raw)

    def _once(self, records: list[Record]) -> list[Record]:
        """Leave out rows whose id came before: silently when they say the same."""
        kept = []
        for record in records:
            said = hash(json.dumps(record.row.values, sort_keys=True, default=str))
            key = hash((record.table, record.id))
            if key not in self._said:
                self._said[key] = said
                kept.append(record)
                continue
            self.repeated += record.table == "service"
            if self._said[key] != said:
                self.refuse(record, "id", "this id stands twice; the first row was kept")
        return kept

    def _with_parents(self, of: Table, records: list[Record]) -> list[Record]:
        """Leave out rows whose parent is missing, and references that lead nowhere."""
        for column in of.parents:
            if column.parent != of.name:
                told = (record.values.get(column.field) for record in records)
                wanted = {each for each in told if each is not None}
                self.known.look_up(column.parent, wanted)
        if of.name in SELF_PARENT:
            self._check_circle(of, SELF_PARENT[of.name], records)
        return [record for record in records if self._has_parents(of, record)]

    def _has_parents(self, of: Table, record: Record) -> bool:
        for column in of.parents:
            parent = record.values.get(column.field)
            if parent is None or column.parent == of.name or self.known.has(column.parent, parent):
                continue
            reason = f"its {column.parent} is neither in the file nor here"
            if column.is_required:
                self.refuse(record, column.name, reason)
                return False
            self.note(record, column.name, reason)
            record.values[column.field] = None
        hangs = any(record.values.get(column.field) for column in of.parents)
        if of.name in NEEDS_A_PARENT and not hangs:
            self.refuse(record, "", "it belongs to no record")
            return False
        return True

    def _check_circle(self, of: Table, name: str, records: list[Record]) -> None:
        """Cut references to itself that go round in a circle or lead nowhere."""
        above = {record.id: record.values.get(name) for record in records}
        self.known.look_up(of.name, {up for up in above.values() if up and up not in above})
        for record in records:
            up = above.get(record.id)
            if up is None:
                continue
            if up not in above and not self.known.has(of.name, up):
                self.note(record, name, f"its parent {of.name} is neither in the file nor here")
            elif not _leads_back(record.id, above):
                continue
            else:
                self.note(record, name, "its parents go round in a circle")
            above[record.id] = record.values[name] = None


def _leads_back(start: uuid.UUID, above: dict[uuid.UUID, Any]) -> bool:
    seen = set()
    at = above.get(start)
    while at is not None and at not in seen:
        if at == start:
            return True
        seen.add(at)
        at = above.get(at)
    return False
