"""Rules into bytes: what can't be read is not known, and nothing at all is an error."""

from __future__ import annotations

from dataclasses import fields
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leeward.directory.rules.hours import ScheduleRule, changes_at, compile_hours, is_open, week

AT = datetime(2026, 11, 23, 15, tzinfo=UTC)  # Monday, ten in New York
ZONE = "America/New_York"
OFFICE = ScheduleRule(byday="MO,TU,WE,TH,FR", opens_at="09:00", closes_at="17:00")


def anything_for(kind: str):
    """Return values of a field's type, also such that mean nothing."""
    if "date" in kind:
        return st.none() | st.dates()
    if "float" in kind:
        return st.none() | st.floats(-1e6, 1e6)
    if "int" in kind:
        return st.none() | st.integers(0, 5000)
    words = ["MO", "2MO,-1FR", "5SU", "WEEKLY", "MONTHLY", "DAILY", "YEARLY", "31", "-400,3"]
    return st.sampled_from(["", *words, "09:00", "25:99", "00:00Z", "24:00", "closed"]) | st.text()


any_rule = st.builds(
    ScheduleRule, **{each.name: anything_for(str(each.type)) for each in fields(ScheduleRule)}
)


@given(rule=any_rule, zone=st.sampled_from([ZONE, "", "../etc", "\0"]), country=st.text(max_size=5))
def test_no_rule_is_an_error(rule, zone, country):
    hours = compile_hours([OFFICE, rule], zone, country)

    answers = (is_open(hours, AT), changes_at(hours, AT), week(hours), week(hours, on=AT.date()))

    assert answers[0] in {True, False, None}


@given(damaged=st.binary(max_size=60))
def test_no_bytes_are_an_error(damaged):
    assert is_open(b"1" + damaged, AT) in {True, False, None}
    assert is_open(damaged, AT) in {True, False, None}


@pytest.mark.parametrize(
    "damaged",
    [
        b'1["UTC","US",[[1,2]]]',
        b'1["UTC","US",[["a","b",null,"c","d",1]]]',
        b'1["UTC",3,[[1,2,null,0,5,127]]]',
        b'1["UTC","US",[[1,1,99999,0,60,127]]]',
        b'1["UTC","US",[[1,1,null,0,60,0,0,0,"NONSENSE"]]]',
    ],
)
def test_damaged_bytes_answer_that_nothing_is_known(damaged):
    assert is_open(damaged, AT) is None
    assert changes_at(damaged, AT) is None
    assert week(damaged) == []


def test_the_same_rules_in_another_order_give_the_same_bytes():
    tuesday = ScheduleRule(byday="TU", opens_at="09:00", closes_at="17:00")
    monday = ScheduleRule(byday="MO", opens_at="09:00", closes_at="17:00")
    both = ScheduleRule(byday="TU,MO", opens_at="9:00", closes_at="17:00:00")

    compiled = {compile_hours(some, ZONE, "US") for some in ([tuesday, monday], [both, monday])}

    assert len(compiled) == 1
    assert len(compiled.pop()) < 60


@pytest.mark.parametrize(
    "rule",
    [
        ScheduleRule(opens_at="09:00", closes_at="17:00"),  # on which days?
        ScheduleRule(byday="MO", opens_at="nine", closes_at="five"),
        ScheduleRule(byday="MO", opens_at="09:00", closes_at="09:00"),  # never, or always?
        ScheduleRule(byday="XX", opens_at="09:00", closes_at="17:00"),
        ScheduleRule(freq="WEEKLY", byday="MO", interval=2, opens_at="09:00", closes_at="17:00"),
        ScheduleRule(freq="HOURLY", byday="MO", opens_at="09:00", closes_at="17:00"),
        ScheduleRule(byday="MO", description="Call first"),
        ScheduleRule(description="Every now and then"),
        ScheduleRule(byday="SU", description="Closed"),
        ScheduleRule(),
    ],
)
def test_what_cannot_be_read_surely_is_not_known(rule):
    assert compile_hours([rule], ZONE, "US") == b""


def test_a_rule_that_cannot_be_read_leaves_the_others_open_hours_standing():
    hours = compile_hours([OFFICE, ScheduleRule(description="and by arrangement")], ZONE, "US")

    assert is_open(hours, AT) is True
    assert is_open(hours, AT.replace(hour=23)) is None


def test_a_rule_that_is_prose_only_is_read():
    hours = compile_hours([ScheduleRule(description="Monday - Friday: 9 am - 5 pm")], ZONE, "US")

    assert hours == compile_hours([OFFICE], ZONE, "US")


def test_without_a_zone_only_around_the_clock_is_known():
    always = ScheduleRule(freq="DAILY", opens_at="00:00", closes_at="00:00")

    assert is_open(compile_hours([always], "", "US"), AT) is True
    assert compile_hours([OFFICE], "", "US") == b""
    assert compile_hours([OFFICE], "No/Such", "US") == b""


@pytest.mark.parametrize(
    "rule, open_days",
    [
        (ScheduleRule(freq="MONTHLY", byday="2MO,-1FR"), [9, 27]),
        (ScheduleRule(byday="2MO"), [9]),
        (ScheduleRule(freq="MONTHLY", bymonthday="1,-1"), [1, 30]),
        (ScheduleRule(freq="MONTHLY", dtstart=date(2020, 1, 15)), [15]),
        (ScheduleRule(freq="WEEKLY", interval=2, dtstart=date(2026, 11, 3)), [3, 17]),
        (ScheduleRule(freq="WEEKLY", byday="WE", until=date(2026, 11, 12)), [4, 11]),
        (ScheduleRule(freq="MONTHLY", byday="1MO", interval=2, dtstart=date(2026, 1, 5)), [2]),
        (ScheduleRule(freq="MONTHLY", byday="1MO", interval=2, dtstart=date(2026, 2, 2)), []),
        (ScheduleRule(freq="MONTHLY", byday="MO,1TU"), [2, 3, 9, 16, 23, 30]),
        (ScheduleRule(freq="YEARLY", dtstart=date(2000, 11, 5)), [5]),
        (ScheduleRule(freq="DAILY", interval=10, dtstart=date(2026, 1, 1)), [7, 17, 27]),
    ],
)
def test_each_kind_of_recurrence_falls_on_its_days(rule, open_days):
    some = ScheduleRule(
        **{each.name: getattr(rule, each.name) for each in fields(rule)}
        | {"opens_at": "12:00", "closes_at": "13:00"}
    )
    hours = compile_hours([some], "UTC", "")

    found = [day for day in range(1, 31) if is_open(hours, datetime(2026, 11, day, 12, tzinfo=UTC))]

    assert found == open_days
