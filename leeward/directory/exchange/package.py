"""What a reader makes of its input: rows of HSDS 3.1 tables, each with its file and line.

What is wrong is collected as `Problem`s: where and why, never what the cell said.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

MOST_PROBLEMS_KEPT = 500


class FileUnfit(Exception):
    """The input can't be read at all; the text says why and what to do."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One bad cell (or row, without a column). line: 1 for the first; 0 for the whole file.

    is_row_lost: the row was left out because of it.
    """

    file: str
    line: int
    column: str
    reason: str
    is_row_lost: bool = False

    def __str__(self) -> str:
        where = f"{self.file}, line {self.line}" if self.line else self.file
        return f"{where}{', ' + self.column if self.column else ''}: {self.reason}"


@dataclass(slots=True)
class Problems:
    """Collects problems: all are counted, the first ones kept."""

    kept: list[Problem] = field(default_factory=list)
    count: int = 0
    rows_lost: int = 0

    def add(self, problem: Problem) -> None:
        """Note a problem."""
        self.count += 1
        self.rows_lost += problem.is_row_lost
        if len(self.kept) < MOST_PROBLEMS_KEPT:
            self.kept.append(problem)


@dataclass(slots=True)
class Row:
    """One row as read. values: HSDS column to what the file held (text, number, list, None)."""

    values: dict[str, Any]
    file: str
    line: int

    def problem(self, column: str, reason: str, *, is_row_lost: bool = False) -> Problem:
        """Return a problem at this row."""
        return Problem(self.file, self.line, column, reason, is_row_lost)


@dataclass(slots=True)
class Package:
    """Rows by HSDS table name. Parents may stand in this package, an earlier one or the records."""

    tables: dict[str, list[Row]] = field(default_factory=lambda: defaultdict(list))

    def add(self, table: str, values: dict[str, Any], *, file: str, line: int) -> None:
        """Add a row to a table."""
        self.tables[table].append(Row(values, file, line))

    def rows(self) -> Iterator[tuple[str, Row]]:
        """Yield (table, row)."""
        for table, rows in self.tables.items():
            for row in rows:
                yield table, row

    def __len__(self) -> int:
        return sum(len(rows) for rows in self.tables.values())
