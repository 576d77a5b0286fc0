"""How long the word of somebody who verified a record holds. Plain Python; days are UTC's.

Inform USA's standards for information and referral (and AIRS before it) ask that each record is
verified at least once a year. A year is too long for a number that somebody dials tonight, so all
but a visit hold half of that; the intervals are our own.
"""

from __future__ import annotations

from datetime import date, timedelta

VISITED, CALLED, WROTE, OWN = "visited", "called", "wrote", "own"

# A visit sees door, people and rules at once; it alone holds for the year of the standard.
# A call or a letter reaches a person who knows, for what was asked.
# The provider's own word at its own record was seen by nobody else.
HOLDS_DAYS = {VISITED: 365, CALLED: 182, WROTE: 182, OWN: 120}

APPROVAL_DAYS = 365  # organisations and sources: looked at anew by two people each year
REPORT_DECIDED_DAYS = 90
REPORT_OPEN_DAYS = 365


def next_due(verified_on: date, how: str) -> date:
    """Return the last day on which a record counts as fresh, verified on that day in that way.

    how: a key of HOLDS_DAYS. Raises KeyError for another.
    """
    return verified_on + timedelta(days=HOLDS_DAYS[how])


def is_stale(due_on: date | None, today: date) -> bool:
    """Return whether a record must say that nobody looked at it lately; also if nobody ever did."""
    return due_on is None or today > due_on


def approved_until(on: date) -> date:
    """Return the last good day of an approval that the second person gave on `on`."""
    return on + timedelta(days=APPROVAL_DAYS)


def is_approved(until: date | None, today: date) -> bool:
    """Return whether an organisation or a source may be listed today."""
    return until is not None and today <= until


def keep_report_until(on: date, *, is_decided: bool) -> date:
    """Return the day after which a report made (or decided) on `on` is deleted."""
    return on + timedelta(days=REPORT_DECIDED_DAYS if is_decided else REPORT_OPEN_DAYS)
