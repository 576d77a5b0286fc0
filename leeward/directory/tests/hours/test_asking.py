"""What compiled hours answer, judged by a slow reading of the rules themselves."""

from __future__ import annotations

import calendar
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from leeward.directory.rules.hours import (
    LOOK_AHEAD_DAYS,
    ScheduleRule,
    changes_at,
    compile_hours,
    is_open,
    week,
)

NEW_YORK = ZoneInfo("America/New_York")
DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
WORKDAYS = "MO,TU,WE,TH,FR"
# Clocks that jump by an hour, by half an hour, never, and one off the whole hour.
ZONES = ("America/New_York", "Europe/London", "Australia/Lord_Howe", "Asia/Kathmandu")
MINUTE = timedelta(minutes=1)

times = st.integers(0, 95).map(lambda quarter: f"{quarter // 4:02}:{quarter % 4 * 15:02}")
starts = st.dates(date(2025, 6, 1), date(2026, 4, 30))
days_in_2026 = st.dates(date(2026, 1, 1), date(2026, 12, 31))
moments = st.integers(0, 349 * 1440).map(
    lambda minute: datetime(2026, 1, 5, tzinfo=UTC) + MINUTE * minute
)


@st.composite
def rules(draw) -> ScheduleRule:
    opens, closes = draw(times), draw(times)
    if opens == closes:
        opens = closes = "00:00"
    is_monthly = draw(st.booleans())
    prefix = st.sampled_from(["", "1", "2", "-1"]) if is_monthly else st.just("")
    named = draw(st.lists(st.tuples(prefix, st.sampled_from(DAYS)), min_size=1, max_size=3))
    return ScheduleRule(
        freq="MONTHLY" if is_monthly else "WEEKLY",
        byday=",".join(number + day for number, day in named),
        interval=draw(st.integers(1, 3)),
        dtstart=draw(starts),
        valid_to=draw(st.none() | days_in_2026),
        opens_at=opens,
        closes_at=closes,
    )


def begins_on(rule: ScheduleRule, day: date) -> bool:
    """Return whether a rule's stretch begins on a day, by the words of RFC 5545."""
    assert rule.dtstart is not None
    assert rule.interval is not None
    if day < rule.dtstart or (rule.valid_to and day > rule.valid_to):
        return False
    if rule.freq == "WEEKLY":
        monday = rule.dtstart - timedelta(days=rule.dtstart.weekday())
        weeks = (day - monday).days // 7
        return weeks % rule.interval == 0 and DAYS[day.weekday()] in rule.byday.split(",")
    months = (day.year - rule.dtstart.year) * 12 + day.month - rule.dtstart.month
    if months % rule.interval:
        return False
    nth, name = (day.day - 1) // 7 + 1, DAYS[day.weekday()]
    is_last = day.day + 7 > calendar.monthrange(day.year, day.month)[1]
    wanted = set(rule.byday.split(","))
    return bool(wanted & {name, f"{nth}{name}"}) or (is_last and f"-1{name}" in wanted)


def slow_is_open(some: list[ScheduleRule], zone: ZoneInfo, at: datetime) -> bool:
    """Return whether any rule has the place open, on the clock on its wall."""
    wall = at.astimezone(zone)
    for rule in some:
        start, end = (int(t[:2]) * 60 + int(t[3:]) for t in (rule.opens_at, rule.closes_at))
        end = end if end > start else end + 1440
        for back in (0, 1):
            minute = wall.hour * 60 + wall.minute + back * 1440
            if start <= minute < end and begins_on(rule, wall.date() - timedelta(days=back)):
                return True
    return False


@settings(max_examples=300)
@given(some=st.lists(rules(), min_size=1, max_size=3), zone=st.sampled_from(ZONES), at=moments)
def test_is_open_agrees_with_a_slow_reading_of_the_rules(some, zone, at):
    hours = compile_hours(some, zone, "")

    answers = [is_open(hours, at + MINUTE * 397 * step) for step in range(20)]

    slow = [slow_is_open(some, ZoneInfo(zone), at + MINUTE * 397 * step) for step in range(20)]
    assert answers == slow


@given(some=st.lists(rules(), min_size=1, max_size=2), zone=st.sampled_from(ZONES), at=moments)
def test_nothing_changes_before_the_moment_that_changes_at_names(some, zone, at):
    hours = compile_hours(some, zone, "US")

    change = changes_at(hours, at)

    now = is_open(hours, at)
    until = min(change or at + timedelta(days=2), at + timedelta(days=2))
    minutes = int((until - at) / MINUTE)
    assert all(is_open(hours, at + MINUTE * step) == now for step in range(minutes))
    assert change is None or is_open(hours, change) != now


@pytest.mark.parametrize("transition", ["2026-03-08T07:00", "2026-11-01T06:00"])
@given(opens=times, closes=times, before=st.integers(0, 600))
@example(opens="00:00", closes="01:15", before=0)
@example(opens="01:15", closes="02:00", before=10)
def test_on_the_nights_the_clock_changes_the_clock_on_the_wall_decides(
    transition, opens, closes, before
):
    rule = ScheduleRule(freq="DAILY", opens_at=opens, closes_at=closes)
    at = datetime.fromisoformat(transition).replace(tzinfo=UTC) - MINUTE * before
    hours = compile_hours([rule], "America/New_York", "")

    change = changes_at(hours, at)

    expected = None
    for step in range(1, 3 * 1440) if hours else ():
        if is_open(hours, at + MINUTE * step) != is_open(hours, at):
            expected = at + MINUTE * step
            break
    assert (change and change.astimezone(UTC)) == expected


def test_a_place_open_overnight_is_open_at_half_past_two_in_the_night_of_the_change():
    hours = compile_hours(nights(), "America/New_York", "US")

    twice = [
        is_open(hours, datetime(2026, 11, 1, 1, 30, fold=fold, tzinfo=NEW_YORK)) for fold in (0, 1)
    ]

    assert twice == [True, True]
    assert is_open(hours, datetime(2026, 11, 1, 2, 30, tzinfo=NEW_YORK)) is True
    assert is_open(hours, datetime(2026, 3, 8, 7, 30, tzinfo=UTC)) is True  # 03:30, after the gap


def nights() -> list[ScheduleRule]:
    return [ScheduleRule(byday=",".join(DAYS), opens_at="19:00", closes_at="07:00")]


def test_a_night_goes_over_from_sunday_to_monday():
    hours = compile_hours(
        [ScheduleRule(byday="SU", opens_at="19:00", closes_at="07:00")], "America/New_York", "US"
    )

    monday = datetime(2026, 11, 23, tzinfo=NEW_YORK)

    assert is_open(hours, monday.replace(hour=6, minute=59)) is True
    assert is_open(hours, monday.replace(hour=7)) is False
    assert changes_at(hours, monday) == monday.replace(hour=7)


def test_a_day_on_which_one_must_ask_is_not_known_outside_the_hours_that_are():
    some = [
        ScheduleRule(byday="MO", opens_at="09:00", closes_at="17:00"),
        ScheduleRule(byday="MO", description="call to ask about the evening"),
    ]
    hours = compile_hours(some, "America/New_York", "US")

    monday = datetime(2026, 11, 23, tzinfo=NEW_YORK)

    assert [is_open(hours, monday.replace(hour=hour)) for hour in (8, 10, 18)] == [None, True, None]
    assert is_open(hours, monday + timedelta(days=1, hours=10)) is False


def test_closed_for_some_days_wins_over_the_hours_of_the_week():
    some = [
        ScheduleRule(byday=WORKDAYS, opens_at="09:00", closes_at="17:00"),
        ScheduleRule(
            valid_from=date(2026, 11, 23),
            valid_to=date(2026, 11, 24),
            description="Closed for repairs",
        ),
    ]
    hours = compile_hours(some, "America/New_York", "US")

    answers = [is_open(hours, datetime(2026, 11, day, 10, tzinfo=NEW_YORK)) for day in (24, 25)]

    assert answers == [False, True]


def test_times_told_in_universal_time_are_turned_to_the_places_clock():
    rule = ScheduleRule(byday="MO", opens_at="15:00Z", closes_at="23:00Z")
    hours = compile_hours([rule], "America/New_York", "US")

    answers = [is_open(hours, datetime(2026, 11, 23, hour, 30, tzinfo=UTC)) for hour in (14, 15)]

    assert answers == [False, True]
    assert week(hours)[0] == (0, [(600, 1080)])


def test_an_offset_that_the_place_itself_shows_is_the_clock_on_its_wall():
    rule = ScheduleRule(byday="MO", opens_at="09:00-05:00", closes_at="17:00-05:00")
    hours = compile_hours([rule], "America/New_York", "US")

    in_summer = datetime(2026, 7, 13, 9, 0, tzinfo=NEW_YORK)

    assert is_open(hours, in_summer) is True
    assert is_open(hours, in_summer - MINUTE) is False


def test_a_counted_rule_ends_with_its_last_time():
    rule = ScheduleRule(
        freq="WEEKLY",
        byday="MO",
        dtstart=date(2026, 11, 2),
        count=3,
        opens_at="9:00",
        closes_at="10:00",
    )
    hours = compile_hours([rule], "America/New_York", "")

    mondays = [datetime(2026, 11, day, 9, tzinfo=NEW_YORK) for day in (2, 9, 16, 23)]

    assert [is_open(hours, monday) for monday in mondays] == [True, True, True, False]


def test_the_week_is_shown_day_by_day_with_touching_hours_as_one():
    some = [
        ScheduleRule(byday="MO,TU", opens_at="09:00", closes_at="13:00"),
        ScheduleRule(byday="MO", opens_at="13:00", closes_at="17:00"),
        ScheduleRule(byday="SA", opens_at="22:00", closes_at="02:00"),
        ScheduleRule(freq="MONTHLY", byday="4TH", opens_at="09:00", closes_at="10:00"),
    ]
    hours = compile_hours(some, "America/New_York", "US")

    every_week = dict(week(hours))

    assert every_week[0] == [(540, 1020)]
    assert every_week[1] == [(540, 780)]
    assert every_week[3] == []
    assert every_week[5] == [(1320, 1560)]
    assert dict(week(hours, on=date(2026, 7, 22)))[3] == [(540, 600)]


def test_nothing_known_answers_nothing_and_a_moment_without_a_zone_is_refused():
    at = datetime(2026, 11, 23, 10, tzinfo=UTC)

    assert is_open(b"", at) is None
    assert changes_at(b"", at) is None
    assert week(b"") == []
    with pytest.raises(ValueError, match="zone"):
        is_open(b"", at.replace(tzinfo=None))


def test_what_never_changes_within_sight_has_no_change():
    rule = ScheduleRule(dtstart=date(2027, 6, 1), opens_at="09:00", closes_at="10:00")
    hours = compile_hours([rule], "America/New_York", "US")

    far = datetime(2027, 6, 1, tzinfo=NEW_YORK) - timedelta(days=LOOK_AHEAD_DAYS + 2)

    assert changes_at(hours, far) is None
    assert changes_at(hours, far + timedelta(days=10)) == datetime(2027, 6, 1, 9, tzinfo=NEW_YORK)
