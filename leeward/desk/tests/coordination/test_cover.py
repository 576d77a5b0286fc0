"""Gaps: where nobody is planned."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as some

from leeward.desk.rules.cover import gaps

MONDAY = datetime(2026, 11, 23, tzinfo=UTC)
HOUR = timedelta(hours=1)

stretches = some.lists(
    some.tuples(some.integers(-10, 40), some.integers(1, 16)).map(
        lambda pair: (MONDAY + pair[0] * HOUR, MONDAY + (pair[0] + pair[1]) * HOUR)
    ),
    max_size=8,
)


def test_a_day_without_shifts_is_one_gap():
    assert gaps([], MONDAY, MONDAY + 24 * HOUR) == [(MONDAY, MONDAY + 24 * HOUR)]


def test_shifts_that_touch_leave_no_gap_between_them():
    planned = [(MONDAY + 8 * HOUR, MONDAY + 16 * HOUR), (MONDAY, MONDAY + 8 * HOUR)]

    found = gaps(planned, MONDAY, MONDAY + 24 * HOUR)

    assert found == [(MONDAY + 16 * HOUR, MONDAY + 24 * HOUR)]


@given(stretches)
def test_each_half_hour_lies_in_a_gap_or_in_a_shift_and_never_in_both(planned):
    found = gaps(planned, MONDAY, MONDAY + 24 * HOUR)

    for step in range(48):
        moment = MONDAY + step * HOUR / 2
        is_planned = any(start <= moment < end for start, end in planned)
        is_gap = any(start <= moment < end for start, end in found)
        assert is_planned != is_gap
