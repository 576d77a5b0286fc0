"""Waits, budgets, names: plain arithmetic."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leeward.people import rules


@pytest.mark.parametrize("tries", range(5))
def test_the_first_wrong_tries_cost_no_wait(tries: int) -> None:
    assert rules.wait_s(tries) == 0


def test_the_fifth_wrong_try_costs_a_short_wait() -> None:
    assert rules.wait_s(5) == 5


@given(st.integers(0, 10_000))
def test_a_further_wrong_try_never_shortens_the_wait(tries: int) -> None:
    assert rules.wait_s(tries) <= rules.wait_s(tries + 1)


@given(st.integers(0, 10**9))
def test_a_wait_is_never_longer_than_a_quarter_of_an_hour(tries: int) -> None:
    assert 0 <= rules.wait_s(tries) <= 900


@given(st.lists(st.floats(0, 100_000), max_size=9), st.floats(0, 200_000))
def test_fewer_than_ten_codes_never_spend_the_budget(at: list[float], now: float) -> None:
    assert not rules.is_code_budget_spent(at, now)


def test_ten_codes_spend_the_budget_for_an_hour() -> None:
    at = [float(second) for second in range(10)]

    assert rules.is_code_budget_spent(at, now=3599.0)
    assert not rules.is_code_budget_spent(at, now=3600.0)


@given(st.datetimes(timezones=st.just(UTC)))
def test_an_hour_holds_no_minutes_and_is_not_later(moment: datetime) -> None:
    hour = rules.hour_of(moment)

    assert (hour.minute, hour.second, hour.microsecond) == (0, 0, 0)
    assert 0 <= (moment - hour).total_seconds() < 3600


@pytest.mark.parametrize(
    ("name", "made"),
    [("Ana López", "ana-lopez"), ("  Zoë  ", "zoe"), ("李", ""), ("O'Neil, Pat", "o-neil-pat")],
)
def test_a_sign_in_name_is_made_from_a_persons_name(name: str, made: str) -> None:
    assert rules.sign_in_name_from(name) == made


@given(st.text())
def test_a_made_sign_in_name_is_empty_or_allowed(name: str) -> None:
    import re

    made = rules.sign_in_name_from(name)

    assert made == "" or re.match(rules.SIGN_IN_NAME, made)


@pytest.mark.parametrize("event", ["people.signed_in", "stories.consent.withdrawn"])
def test_an_event_is_named_by_area_and_what_happened(event: str) -> None:
    assert rules.is_event_name(event)


@pytest.mark.parametrize("event", ["signed_in", "people.Ana called", "people.", "a.b " * 30, ""])
def test_a_sentence_is_no_event(event: str) -> None:
    assert not rules.is_event_name(event)


@pytest.mark.parametrize("identity", ["12", "", "0b8ffb2e-2ef5-4a9a-9c1e-bb0c6f7e0f3a"])
def test_an_id_is_a_number_or_a_uuid(identity: str) -> None:
    assert rules.is_id(identity)


@pytest.mark.parametrize("identity", ["she called at 5", "x" * 41, "a@b.example"])
def test_a_sentence_is_no_id(identity: str) -> None:
    assert not rules.is_id(identity)


def test_the_last_administrator_is_kept() -> None:
    assert not rules.leaves_an_administrator([7], account=7, stays_administrator=False)
    assert rules.leaves_an_administrator([7], account=7, stays_administrator=True)
    assert rules.leaves_an_administrator([7, 8], account=7, stays_administrator=False)
