"""What is said of free beds, and until when."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leeward.directory.rules import beds
from leeward.directory.rules.beds import Age

TOLD = datetime(2026, 11, 23, 20, 15, 30, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
SECOND = timedelta(seconds=1)
SPAN = (TOLD.replace(tzinfo=None) - timedelta(days=900), timedelta(days=1800))
moments = st.datetimes(SPAN[0], SPAN[0] + SPAN[1], timezones=st.just(UTC))
counts = st.integers(0, 40)
spans = st.timedeltas(timedelta(0), timedelta(days=3))


@pytest.mark.parametrize(
    ("available", "restricted", "said"),
    [(1, 0, "yes"), (9, 2, "yes"), (0, 0, "no"), (0, 3, "call"), (None, 0, "call")],
)
def test_what_was_just_told_is_said(available, restricted, said):
    assert beds.answer(available, TOLD, TOLD, restricted=restricted) == said


def test_a_yes_and_a_no_become_call_after_twelve_hours():
    last = TOLD + timedelta(hours=12) - SECOND

    assert beds.answer(2, TOLD, last) == "yes"
    assert beds.answer(0, TOLD, last) == "no"
    assert beds.answer(2, TOLD, last + SECOND) == "call"
    assert beds.answer(0, TOLD, last + SECOND) == "call"


@given(available=st.none() | counts, restricted=counts, now=moments)
def test_what_was_never_told_is_call(available, restricted, now):
    assert beds.answer(available, None, now, restricted=restricted) == "call"


@given(available=st.none() | counts, restricted=counts, told=moments, passed=spans)
def test_yes_is_said_only_of_a_fresh_free_unit_and_no_only_of_a_fresh_empty_house(
    available, restricted, told, passed
):
    said = beds.answer(available, told, told + passed, restricted=restricted)

    is_fresh = passed < timedelta(hours=12)
    assert (said == "yes") == bool(is_fresh and available)
    assert (said == "no") == (is_fresh and available == 0 and restricted == 0)


@given(available=st.none() | counts, told=moments, minutes=st.integers(0, 3000))
def test_the_index_and_the_page_agree_in_every_whole_minute(available, told, minutes):
    now = told.replace(second=0, microsecond=0) + minutes * MINUTE
    minute = int(now.timestamp()) // 60

    is_yes = beds.answer(available, told, now) == "yes"

    assert is_yes == (minute < beds.until_minute(available, told))


@given(st.lists(st.sampled_from(["yes", "no", "call"])))
def test_several_units_say_yes_if_one_does_and_no_only_if_all_do(answers):
    said = beds.together(answers)

    assert (said == "yes") == ("yes" in answers)
    assert (said == "no") == (bool(answers) and set(answers) == {"no"})


@pytest.mark.parametrize(
    ("passed", "age"),
    [
        (timedelta(seconds=-40), Age(0, "now")),
        (timedelta(seconds=59), Age(0, "now")),
        (timedelta(minutes=1), Age(1, "minute")),
        (timedelta(minutes=59, seconds=59), Age(59, "minute")),
        (timedelta(hours=1), Age(1, "hour")),
        (timedelta(hours=23, minutes=59), Age(23, "hour")),
        (timedelta(days=1), Age(1, "day")),
        (timedelta(days=400), Age(400, "day")),
    ],
)
def test_the_age_is_rounded_down_so_that_it_is_never_told_older_than_it_is(passed, age):
    assert beds.age(TOLD, TOLD + passed) == age


@given(told=moments, passed=spans)
def test_ending_soon_means_still_fresh_with_two_hours_left_at_most(told, passed):
    now = told + passed

    soon = beds.ends_soon(told, now)

    left = beds.holds_until(told) - now
    assert soon == (timedelta(0) < left <= timedelta(hours=2))
