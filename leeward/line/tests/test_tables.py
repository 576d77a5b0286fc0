"""Hidden counts stay hidden: from the cell, from the total, and from whoever knows the rule."""

from __future__ import annotations

from collections import defaultdict
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as some

from leeward.line.rules.tables import Row, safe_row

counts_of_a_day = some.lists(some.integers(0, 12), min_size=24, max_size=24)


@given(counts_of_a_day)
def test_a_count_of_one_to_four_is_never_shown(counts):
    row = safe_row(counts)

    shown = [cell for cell in (*row.cells, row.total) if cell is not None]

    assert all(cell == 0 or cell >= 5 for cell in shown)


@given(counts_of_a_day)
def test_what_is_shown_is_true(counts):
    row = safe_row(counts)

    assert all(cell in (None, count) for cell, count in zip(row.cells, counts, strict=True))
    assert row.total in (None, sum(counts))


@given(counts_of_a_day)
def test_a_total_leaves_five_or_more_in_two_cells_or_more(counts):
    row = safe_row(counts)

    hidden = [count for cell, count in zip(row.cells, counts, strict=True) if cell is None]

    assert row.total is None or not hidden or (len(hidden) >= 2 and sum(hidden) >= 5)


@pytest.mark.parametrize(("cells", "most"), [(2, 30), (3, 14), (4, 8), (5, 5)])
def test_no_hidden_count_can_be_worked_out_by_whoever_knows_rule_and_total(cells, most):
    rows = defaultdict(list)
    for counts in product(range(most + 1), repeat=cells):
        rows[safe_row(counts)].append(counts)

    for row, same_to_the_eye in rows.items():
        if max(max(counts) for counts in same_to_the_eye) == most:
            continue  # counts beyond those tried look the same, too
        for place, cell in enumerate(row.cells):
            if cell is None:
                assert len({counts[place] for counts in same_to_the_eye}) > 1, (row, place)


def test_a_row_without_small_counts_is_shown_whole():
    assert safe_row([5, 0, 9]) == Row((5, 0, 9), 14)


def test_one_small_count_takes_the_next_larger_one_with_it():
    assert safe_row([2, 20, 0, 7]) == Row((None, 20, 0, None), 29)


def test_a_row_with_fewer_than_five_in_all_shows_nothing():
    assert safe_row([0, 3, 0]) == Row((None, None, None), None)


def test_a_small_count_that_can_hide_behind_nothing_hides_the_row():
    assert safe_row([0, 1, 1, 1, 1, 1]).total is None
