"""Public holidays: ordinary hours are not known, unless a rule says what they are."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from leeward.directory.rules.hours import ScheduleRule, changes_at, compile_hours, is_open

NEW_YORK = ZoneInfo("America/New_York")
WORKDAYS = "MO,TU,WE,TH,FR"
THANKSGIVING = datetime(2026, 11, 26, 10, tzinfo=NEW_YORK)


def test_on_a_public_holiday_ordinary_hours_are_not_known():
    rule = ScheduleRule(byday=WORKDAYS, opens_at="09:00", closes_at="17:00")
    hours = compile_hours([rule], "America/New_York", "US")

    answers = [is_open(hours, THANKSGIVING.replace(hour=hour)) for hour in (8, 10, 18)]

    assert answers == [False, None, False]
    assert changes_at(hours, THANKSGIVING) == THANKSGIVING.replace(hour=17)


@pytest.mark.parametrize(
    "words, expected",
    [
        ("Closed on public holidays.", False),
        ("The service is not available on public holidays.", False),
        ("Open every day including holidays", True),
        ("Open except holidays", False),
        ("Not open on holidays", False),
        ("Open 365 days a year", True),
        ("Happy holidays to all", None),
    ],
)
def test_a_rule_that_names_holidays_is_believed(words, expected):
    rule = ScheduleRule(byday=WORKDAYS, opens_at="09:00", closes_at="17:00", description=words)

    answer = is_open(compile_hours([rule], "America/New_York", "US"), THANKSGIVING)

    assert answer is expected


def test_a_place_open_around_the_clock_is_open_on_holidays():
    rules_of_two_texts = [
        ScheduleRule(byday=WORKDAYS, opens_at="00:00", closes_at="24:00"),
        ScheduleRule(byday="SA,SU", opens_at="00:00", closes_at="23:59"),
    ]

    hours = compile_hours(rules_of_two_texts, "America/New_York", "US")

    assert is_open(hours, THANKSGIVING) is True
    assert changes_at(hours, THANKSGIVING) is None


def test_a_part_of_a_country_keeps_its_own_holidays():
    rule = ScheduleRule(byday=WORKDAYS, opens_at="09:00", closes_at="17:00")
    patriots_day = datetime(2026, 4, 20, 10, tzinfo=NEW_YORK)

    of_the_state = compile_hours([rule], "America/New_York", "US-MA")
    of_the_country = compile_hours([rule], "America/New_York", "US")

    assert is_open(of_the_state, patriots_day) is None
    assert is_open(of_the_country, patriots_day) is True


def test_a_special_opening_for_one_date_holds_on_a_holiday():
    rule = ScheduleRule(
        valid_from=date(2026, 11, 26),
        valid_to=date(2026, 11, 26),
        opens_at="09:00",
        closes_at="12:00",
    )

    assert is_open(compile_hours([rule], "America/New_York", "US"), THANKSGIVING) is True
