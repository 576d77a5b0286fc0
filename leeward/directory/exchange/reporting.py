"""What an import found and did, told calmly."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from leeward.directory.exchange.package import Problem

SHOWN_PROBLEMS = 20
KEPT_PROBLEMS = 100  # on the ImportRun
OUTCOMES = ("new", "changed", "same", "left", "merged")


@dataclass(slots=True)
class Report:
    """counts: rows by HSDS table and outcome. is_written: whether anything was stored.

    problems: the first of `problem_count`. unread: columns that nothing is known of, by table.
    gone: running services of this source that its file no longer names; they wait in Review.
    """

    source: str
    is_written: bool
    counts: dict[str, Counter[str]]
    problems: list[Problem] = field(default_factory=list)
    problem_count: int = 0
    rows_lost: int = 0
    repeated: int = 0
    unread: dict[str, list[str]] = field(default_factory=dict)
    confidential: int = 0
    hidden_kept: int = 0
    staff_kept: int = 0
    pairs: int = 0
    gone: int = 0

    def total(self, outcome: str) -> int:
        """Return how many rows of all tables came out so."""
        return sum(counter[outcome] for counter in self.counts.values())

    def totals(self) -> dict[str, int]:
        """Return what an ImportRun keeps."""
        found = {outcome: self.total(outcome) for outcome in OUTCOMES}
        return {**found, "refused": self.rows_lost, "problems": self.problem_count}

    def kept_problems(self) -> list[dict[str, object]]:
        """Return the first problems as an ImportRun keeps them."""
        return [
            {"file": each.file, "line": each.line, "column": each.column, "reason": each.reason}
            for each in self.problems[:KEPT_PROBLEMS]
        ]

    def text(self) -> str:
        """Return the report as lines for a terminal."""
        return "\n".join([*self._head(), *self._notes(), *self._problem_lines()])

    def _head(self) -> list[str]:
        lines = ["", f"  {'table':<26}" + "".join(f"{word:>10}" for word in OUTCOMES)]
        for table, counter in self.counts.items():
            cells = "".join(f"{counter[word]:>10,}" for word in OUTCOMES)
            lines.append(f"  {table:<26}{cells}")
        state = "Written." if self.is_written else "Nothing was written."
        return [*lines, "", f"{state} Source: {self.source}."]

    def _notes(self) -> list[str]:
        notes = [
            (self.repeated, "rows repeat a service (its id, or name and address); it counts once."),
            (self.total("left"), "rows belong to another source or to staff; left as they are."),
            (self.confidential, "places are confidential; their addresses were not stored."),
            (self.hidden_kept, "records are hidden here and stay hidden."),
            (self.staff_kept, "fields were changed by staff and stay as staff left them."),
            (self.pairs, "pairs look like the same thing; they wait for a person."),
            (
                self.gone,
                "services of this source are not in the file; they stay, and wait in Review.",
            ),
        ]
        lines = [f"{count:,} {words}" for count, words in notes if count]
        for table, columns in self.unread.items():
            lines.append(f"Not read, in {table}: {', '.join(columns)}.")
        return lines

    def _problem_lines(self) -> list[str]:
        if not self.problem_count:
            return ["No problems."]
        lines = [f"{self.problem_count:,} problems; {self.rows_lost:,} rows were left out."]
        lines += [f"  {problem}" for problem in self.problems[:SHOWN_PROBLEMS]]
        if self.problem_count > SHOWN_PROBLEMS:
            lines.append(f"  … and {self.problem_count - SHOWN_PROBLEMS:,} more.")
        return lines
