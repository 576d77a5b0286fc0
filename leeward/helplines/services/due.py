"""What staff should look at: lines about to go stale, grade B, leads."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from leeward.helplines import facts, rules
from leeward.helplines.models import Line
from leeward.helplines.rules import Freshness, Standing
from leeward.helplines.services.showing import freshness_of, today


@dataclass(frozen=True, slots=True)
class DueLine:
    """A line that wants a check, and how it stands."""

    line: Line
    fresh: Freshness


@dataclass(frozen=True, slots=True)
class Queue:
    """What is not shown: grade B rows, and leads from files."""

    grade_b: list[Line]
    leads: list[dict[str, str]]


def due_lines() -> list[DueLine]:
    """Return grade A lines that want a check this week, soonest stale first, then unchecked."""
    lines = Line.objects.filter(grade="A", is_retired=False).with_checks()
    found = [DueLine(line, freshness_of(line)) for line in lines]
    due = [each for each in found if rules.is_due(each.fresh, today=today())]
    return sorted(due, key=lambda each: (each.fresh.until is None, each.fresh.until or today()))


def due_counts() -> dict[str, int]:
    """Return how many lines are due, by how they stand: going_stale, source_only, not_shown."""
    counts = Counter(each.fresh.standing for each in due_lines())
    return {
        "going_stale": counts[Standing.CHECKED],
        "source_only": counts[Standing.SOURCE],
        "not_shown": counts[Standing.HIDDEN],
    }


def queue() -> Queue:
    """Return what waits for somebody to find the operator's own word on it."""
    lines = Line.objects.filter(grade="B", is_retired=False).with_checks()
    return Queue(list(lines), facts.leads())
