"""Which records there are: those of this import so far, and those stored; merged ids followed."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from leeward.directory.exchange.tables import MODELS
from leeward.directory.models import Alias, TrustedRecord

AT_ONCE = 500


class Known:
    """Ids by HSDS table. `look_up` asks the database once for many.

    others: by table, stored records that came from another source or were made by staff.
    """

    def __init__(self, source_id: int | None) -> None:
        self.source_id = source_id
        self.others: dict[str, set[uuid.UUID]] = defaultdict(set)
        self._there: dict[str, set[uuid.UUID]] = defaultdict(set)
        self._asked: dict[str, set[uuid.UUID]] = defaultdict(set)
        rows = Alias.objects.values_list("entity", "old_id", "record_id")
        self._survivors = {(entity, old): stayed for entity, old, stayed in rows}

    def survivor(self, table: str, wanted: uuid.UUID) -> uuid.UUID:
        """Return the id of the record that `wanted` was merged into, or `wanted` itself."""
        for _step in range(len(self._survivors)):
            found = self._survivors.get((table, wanted))
            if found is None:
                break
            wanted = found
        return wanted

    def is_merged(self, table: str, wanted: uuid.UUID) -> bool:
        """Return whether the record of that id was merged into another one."""
        return (table, wanted) in self._survivors

    def accept(self, table: str, made: Iterable[uuid.UUID]) -> None:
        """Note records of this import."""
        self._there[table].update(made)

    def look_up(self, table: str, wanted: Iterable[uuid.UUID]) -> None:
        """Find out which of these are stored."""
        new = set(wanted) - self._there[table] - self._asked[table]
        self._asked[table] |= new
        for some in batches(sorted(new)):
            rows = MODELS[table]._default_manager.filter(pk__in=some)
            self._there[table].update(rows.values_list("pk", flat=True))
            if issubclass(MODELS[table], TrustedRecord):
                others = rows.exclude(source_id=self.source_id).values_list("pk", flat=True)
                self.others[table].update(others)

    def has(self, table: str, wanted: uuid.UUID) -> bool:
        """Return whether a record is there; stored ones count once they were looked up."""
        return wanted in self._there[table]

    def of(self, table: str) -> set[uuid.UUID]:
        """Return the ids that are known of a table."""
        return self._there[table]


def batches(values: list[Any], size: int = AT_ONCE) -> Iterator[list[Any]]:
    """Yield `values` in lists of at most `size`."""
    for at in range(0, len(values), size):
        yield values[at : at + size]
