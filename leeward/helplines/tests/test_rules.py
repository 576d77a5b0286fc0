"""When a line counts as checked, which dates hold, and what can be dialled."""

from __future__ import annotations

from datetime import date, timedelta

import phonenumbers
import pytest
from hypothesis import given
from hypothesis import strategies as st

from leeward.helplines import facts, rules
from leeward.helplines.rules import CheckFact, EmergencyFact, Freshness, LineFact, Standing

TODAY = date(2026, 11, 23)
NUMBER = "+18007997233||"
LINE = LineFact(grade="A", number=NUMBER, source_on="")


def check(by: int, *, days_ago: int = 0, is_good: bool = True, number: str = NUMBER) -> CheckFact:
    return CheckFact(by=by, on=TODAY - timedelta(days=days_ago), is_good=is_good, number=number)


def standing(line: LineFact, *checks: CheckFact) -> Standing:
    return rules.freshness(line, checks, today=TODAY).standing


def test_two_people_within_ninety_days_make_a_line_checked_with_the_last_date():
    fresh = rules.freshness(LINE, [check(1, days_ago=90), check(2, days_ago=3)], today=TODAY)

    assert fresh == Freshness(
        Standing.CHECKED, on=TODAY - timedelta(days=3), until=TODAY, is_demo=False
    )


def test_on_the_ninety_first_day_a_check_no_longer_counts():
    assert standing(LINE, check(1, days_ago=90), check(2)) is Standing.CHECKED
    assert standing(LINE, check(1, days_ago=91), check(2)) is Standing.HIDDEN


def test_one_person_who_checks_twice_is_still_one_person():
    assert standing(LINE, check(1, days_ago=2), check(1)) is Standing.HIDDEN


def test_a_check_of_another_number_does_not_count():
    assert standing(LINE, check(1), check(2, number="+18001111111||")) is Standing.HIDDEN


def test_a_check_from_the_future_does_not_count():
    assert standing(LINE, check(1), check(2, days_ago=-1)) is Standing.HIDDEN


def test_one_finding_of_wrong_takes_a_checked_line_off():
    checks = (check(1, days_ago=5), check(2, days_ago=4), check(3, is_good=False))

    assert standing(LINE, *checks) is Standing.HIDDEN


def test_two_people_bring_a_line_back_after_it_was_found_wrong():
    checks = (check(1), check(2), check(3, is_good=False), check(1), check(2))

    assert standing(LINE, *checks) is Standing.CHECKED


def test_a_source_alone_shows_a_grade_a_line_with_its_date_only():
    line = LineFact("A", NUMBER, "2026-07-19")

    assert standing(line) is Standing.SOURCE
    assert standing(line, check(1)) is Standing.SOURCE


def test_a_source_does_not_outweigh_a_finding_of_wrong():
    line = LineFact("A", NUMBER, "2026-07-19")

    assert standing(line, check(1, is_good=False)) is Standing.HIDDEN
    assert standing(line, check(1, is_good=False), check(2)) is Standing.HIDDEN


@pytest.mark.parametrize("source_on", ["", "undated", "2020-05-11", "2023-09", "2023"])
def test_a_source_without_a_date_or_older_than_three_years_shows_nothing(source_on):
    assert standing(LineFact("A", NUMBER, source_on)) is Standing.HIDDEN


@given(
    grade=st.sampled_from(["B", "", "C"]),
    checks=st.lists(st.builds(check, st.integers(1, 4), days_ago=st.integers(0, 100))),
)
def test_no_number_of_checks_shows_a_row_below_grade_a(grade, checks):
    assert standing(LineFact(grade, NUMBER, "2026-07-19"), *checks) is Standing.HIDDEN


def test_a_retired_line_is_hidden_whoever_checked_it():
    line = LineFact("A", NUMBER, "2026", is_retired=True)

    assert standing(line, check(1), check(2)) is Standing.HIDDEN


@given(
    st.lists(
        st.builds(
            check,
            st.integers(1, 4),
            days_ago=st.integers(-5, 200),
            is_good=st.booleans(),
        ),
        max_size=12,
    )
)
def test_checked_always_means_two_people_of_late_and_nobody_against_since(checks):
    fresh = rules.freshness(LINE, checks, today=TODAY)

    if fresh.standing is Standing.CHECKED:
        against = [place for place, each in enumerate(checks) if not each.is_good]
        since = checks[against[-1] + 1 :] if against else checks
        late = [each for each in since if 0 <= (TODAY - each.on).days <= rules.FRESH_DAYS]
        assert len({each.by for each in late}) >= rules.PEOPLE_NEEDED
        assert fresh.on in {each.on for each in late}


@given(st.integers(0, 90), st.integers(0, 90))
def test_a_line_stays_checked_to_its_last_day_and_not_one_more(first, second):
    checks = [check(1, days_ago=first), check(2, days_ago=second)]

    until = rules.freshness(LINE, checks, today=TODAY).until

    assert until is not None
    assert rules.freshness(LINE, checks, today=until).standing is Standing.CHECKED
    after = rules.freshness(LINE, checks, today=until + timedelta(days=1))
    assert after.standing is Standing.HIDDEN


def test_a_line_is_due_in_the_week_before_it_goes_stale():
    day = Freshness(Standing.CHECKED, until=TODAY + timedelta(days=7))

    assert not rules.is_due(day, today=TODAY)
    assert rules.is_due(day, today=TODAY + timedelta(days=1))
    assert rules.is_due(rules.HIDDEN, today=TODAY)


@pytest.mark.parametrize(
    ("dates", "latest"),
    [
        (["2026-10-01", "2026-07-19", "2022-01-20"], "2026-10-01"),
        (["2022-2026", "2025-12-19"], "2026"),
        (["2025/26", "2024-09-20"], "2026"),
        (["2025-06", "undated"], "2025-06"),
        (["undated"], ""),
        ([], ""),
    ],
)
def test_the_latest_of_the_sources_dates_is_taken(dates, latest):
    assert rules.latest_partial(dates) == latest


@pytest.mark.parametrize("text", ["2026-13", "2026-02-30", "26", "soon", "2026-1-1"])
def test_what_is_no_date_has_no_earliest_day(text):
    assert rules.earliest_day(text) is None


# -- numbers --


@pytest.mark.parametrize("region", ["US", "ES", "MX", "GB", "DE", "IN", "ZA", "JP", "IT"])
def test_a_number_as_people_write_it_becomes_one_that_can_be_dialled(region):
    example = phonenumbers.example_number(region)
    assert example is not None
    written = phonenumbers.format_number(example, phonenumbers.PhoneNumberFormat.NATIONAL)

    dial = rules.dial_of(written, region)

    assert dial.startswith("+")
    assert rules.dial_problem(dial, region) == ""


@given(st.text(max_size=20), st.sampled_from(["US", "ES", "ZZ"]))
def test_a_dial_string_holds_nothing_but_what_a_phone_dials(text, country):
    dial = rules.dial_of(text, country)

    assert dial == "" or set(dial) <= set("+0123456789*#")


@given(st.text(max_size=20))
def test_only_dialled_characters_pass_as_a_dial_string(text):
    if not set(text) <= set("+0123456789*#"):
        assert rules.dial_problem(text, "US")


@given(st.text(alphabet="0123456789*#", min_size=2, max_size=13))
def test_a_phone_link_needs_no_further_escaping(code):
    link = rules.phone_link(code)

    assert link.startswith("tel:")
    assert set(link[4:]) <= set("0123456789*%")


def test_the_number_of_another_country_is_refused():
    assert rules.dial_problem("+18007997233", "US") == ""
    assert "another country" in rules.dial_problem("+34900105090", "US")
    assert rules.dial_problem("+1555", "US")


@given(st.text(max_size=20))
def test_a_text_link_never_carries_a_text(number):
    if not rules.sms_problem(number):
        assert set(rules.sms_link(number)[4:]) <= set("+0123456789")


# -- emergency numbers --

SURE = EmergencyFact(("911", "112"), "911", "911", is_sure=True)
UNSURE = EmergencyFact(("100", "101"), "100", "", is_sure=False)


def test_a_number_that_two_sources_agree_on_is_shown():
    assert rules.emergency(SURE, [], today=TODAY).is_one


def test_a_number_with_one_source_is_not_shown():
    assert not rules.emergency(UNSURE, [], today=TODAY).is_known


def test_one_person_can_neither_show_nor_hide_an_emergency_number():
    says = check(1, number="101/102")

    assert not rules.emergency(UNSURE, [says], today=TODAY).is_known
    assert rules.emergency(SURE, [says], today=TODAY).police == "911"


def test_two_people_who_say_the_same_are_believed_for_ninety_days():
    said = [check(1, number="101/102", days_ago=90), check(2, number="101/102")]

    shown = rules.emergency(UNSURE, said, today=TODAY)
    later = rules.emergency(UNSURE, said, today=TODAY + timedelta(days=1))

    assert (shown.police, shown.ambulance) == ("101", "102")
    assert not later.is_known


def test_a_shipped_number_that_two_people_contradicted_does_not_come_back():
    said = [check(1, number="101/102"), check(2, number="101/102")]

    later = rules.emergency(SURE, said, today=TODAY + timedelta(days=200))

    assert not later.is_known


def test_no_shipped_region_shows_a_number_that_its_sources_do_not_agree_on():
    for row in facts.emergency_rows():
        shown = rules.emergency(facts.emergency_facts()[row["iso"]], [], today=TODAY)
        if not row["two_sources"] or "held" in row:
            assert not shown.is_known, row["iso"]
