"""A row of counts as it may be shown: small ones hidden, and none given away by its total.

Two tables over the same events share their totals, so each row is made safe for a reader who
knows the total from elsewhere.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from leeward.line.rules.counting import SMALLEST_SHOWN

FEWEST_HIDDEN = 2


@dataclass(frozen=True, slots=True)
class Row:
    """Counts of one event over equal stretches of time. None: hidden."""

    cells: tuple[int | None, ...]
    total: int | None

    @property
    def has_hidden(self) -> bool:
        """Return whether something is hidden."""
        return self.total is None or None in self.cells


def safe_row(counts: Sequence[int]) -> Row:
    """Return `counts` with 1 to 4 hidden, and as many more as keep those from being worked out.

    What is hidden adds up to five or more, stands in two cells or more, and can be shared out among
    them in more than one way. Where that can't be had, nothing of the row is shown. Cell size: see
    `counting`; complementary suppression as in the handbooks of statistical offices.
    """
    total = sum(counts)
    if 0 < total < SMALLEST_SHOWN:
        return _nothing(counts)
    hidden = {place for place, count in enumerate(counts) if 0 < count < SMALLEST_SHOWN}
    for level in sorted({count for count in counts if count >= SMALLEST_SHOWN}):
        if not hidden or _is_safe(counts, hidden):
            break
        # Equal ones together: choosing one of them by its place would tell which one was small.
        hidden |= {place for place, count in enumerate(counts) if count == level}
    if hidden and not _is_safe(counts, hidden):
        return _nothing(counts)
    shown = (None if place in hidden else count for place, count in enumerate(counts))
    return Row(tuple(shown), total)


def _nothing(counts: Sequence[int]) -> Row:
    return Row((None,) * len(counts), None)


def _is_safe(counts: Sequence[int], hidden: set[int]) -> bool:
    """Return whether a reader who knows the total can't tell any hidden cell."""
    values = [counts[place] for place in hidden]
    if len(values) < FEWEST_HIDDEN or sum(values) < SMALLEST_SHOWN:
        return False
    # All ones, or all fours: the sum alone would tell.
    return not all(value == 1 for value in values) and not all(
        value == SMALLEST_SHOWN - 1 for value in values
    )
