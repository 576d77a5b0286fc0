"""Small counts are not shown: in a small town, "1" at a certain hour may be somebody.

Source: fewer than five is the cell size that US health statistics commonly hide; risks 20 and 21.
"""

from __future__ import annotations

SMALLEST_SHOWN = 5


def shown(count: int) -> int | None:
    """Return `count` when it may be shown: none at all, or five and more. None: 1 to 4."""
    return count if count == 0 or count >= SMALLEST_SHOWN else None


def average_shown(total: int, count: int) -> int | None:
    """Return the average, rounded, of five and more; None for fewer."""
    return round(total / count) if count >= SMALLEST_SHOWN else None
