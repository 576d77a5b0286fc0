"""How long a person's word holds, and addresses brought to one form."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from leeward.directory.rules import street, trust
from leeward.directory.rules.visibility import ORDER, hidden_wins

DAY = date(2026, 11, 23)


def test_a_record_is_fresh_on_its_due_day_and_stale_the_day_after():
    assert not trust.is_stale(DAY, DAY)
    assert trust.is_stale(DAY, DAY + timedelta(days=1))


def test_what_nobody_ever_verified_is_stale():
    assert trust.is_stale(None, DAY)


def test_a_visit_holds_longest_and_the_providers_own_word_shortest():
    due = {how: trust.next_due(DAY, how) for how in trust.HOLDS_DAYS}

    assert due["visited"] > due["called"] == due["wrote"] > due["own"] > DAY
    assert due["visited"] - DAY <= timedelta(days=365)


def test_an_unknown_way_of_verifying_is_refused():
    with pytest.raises(KeyError):
        trust.next_due(DAY, "guessed")


def test_an_approval_holds_for_a_year_and_not_a_day_longer():
    until = trust.approved_until(DAY)

    assert trust.is_approved(until, DAY + timedelta(days=365))
    assert not trust.is_approved(until, DAY + timedelta(days=366))
    assert not trust.is_approved(None, DAY)


def test_an_undecided_report_is_kept_longer_than_a_decided_one():
    assert trust.keep_report_until(DAY, is_decided=True) == DAY + timedelta(days=90)
    assert trust.keep_report_until(DAY, is_decided=False) == DAY + timedelta(days=365)


@pytest.mark.parametrize(
    "lines",
    [
        ("44 Elm Street",),
        ("44 ELM ST.",),
        ("44 Elm St, Apt 3B",),
        ("44 Elm Street Suite 200",),
        ("44 Elm Street, 2nd Floor",),
        ("Hope House", "44 Elm Street"),
        ("  44   élm  street ",),
    ],
)
def test_an_address_written_in_many_ways_is_one(lines):
    assert street.street(lines) == "44 elm st"


@pytest.mark.parametrize("lines", [(), ("",), ("PO",), ("Hope House",), ("12",)])
def test_what_names_no_house_and_street_is_no_address(lines):
    assert street.street(lines) == ""
    assert street.pattern(lines) is None


def test_spanish_streets_and_apostrophes_are_found_too():
    assert street.pattern(["12 Calle Peñón"]).search("en la 12 CALLE PEÑÓN, San Juan")
    assert street.pattern(["9 O'Neil Road"]).search("at 9 O’Neil Rd. in the yard")


def test_another_house_is_another_address():
    assert street.street(["46 Elm Street"]) != street.street(["44 Elm Street"])


@pytest.mark.parametrize(
    ("code", "plain"), [("11201-4301", "11201"), ("11201", "11201"), ("sw1a 1aa", "sw1a1aa")]
)
def test_a_zip_counts_by_its_five_digits(code, plain):
    assert street.postal(code) == plain


@pytest.mark.parametrize(
    "text",
    [
        "Come to 44 Elm Street, ring twice.",
        "we are at 44 elm st.",
        "https://maps.example/?q=44+Elm+Street",
        "44  ELM\nSTREET",
        "44%20Élm%20Street",
    ],
)
def test_a_street_is_found_inside_a_text(text):
    assert street.pattern(["44 Elm St"]).search(text)


@pytest.mark.parametrize("text", ["144 Elm Street", "44 Elmwood Street", "44 Oak Street"])
def test_another_street_inside_a_text_is_left_alone(text):
    assert not street.pattern(["44 Elm Street"]).search(text)


# -- when two records disagree --


@pytest.mark.parametrize("first", ORDER)
@pytest.mark.parametrize("second", ORDER)
def test_the_more_hidden_of_two_wins_whichever_comes_first(first, second):
    winner = hidden_wins(first, second)

    assert ORDER.index(winner) == max(ORDER.index(first), ORDER.index(second))


def test_a_word_that_is_no_visibility_hides():
    assert hidden_wins("public", "everybody") == "staff"
