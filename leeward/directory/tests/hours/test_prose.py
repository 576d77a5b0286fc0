"""Hours written as prose: read wholly and surely, or not at all."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leeward.directory.rules.hours import ScheduleRule, from_main_and_weekend, from_prose

WORKDAYS = "MO,TU,WE,TH,FR"


def read(text: str) -> list[tuple[str, str, str]] | None:
    rules = from_prose(text)
    return (
        None if rules is None else [(rule.byday, rule.opens_at, rule.closes_at) for rule in rules]
    )


@pytest.mark.parametrize(
    "text, expected",
    [
        ("Monday - Friday: 9 am - 5 pm", [(WORKDAYS, "09:00", "17:00")]),
        ("Mon-Fri 9am–5:30pm", [(WORKDAYS, "09:00", "17:30")]),
        ("weekdays 9 a.m. to 5 p.m.", [(WORKDAYS, "09:00", "17:00")]),
        (
            "Monday - Friday: 9 am - 1 pm, 2 pm - 5 pm",
            [(WORKDAYS, "09:00", "13:00"), (WORKDAYS, "14:00", "17:00")],
        ),
        ("Open 24 hours 7 days a week\n", [("MO,TU,WE,TH,FR,SA,SU", "00:00", "24:00")]),
        ("24/7", [("MO,TU,WE,TH,FR,SA,SU", "00:00", "24:00")]),
        ("Saturday - Sunday: 24 hours", [("SA,SU", "00:00", "24:00")]),
        ("Tuesdays: 9 am - 5 pm", [("TU", "09:00", "17:00")]),
        ("Tuesday and Wednesday: 9 am - 5 pm", [("TU,WE", "09:00", "17:00")]),
        ("Monday, Wednesday, and Friday: 9 am - noon", [("MO,WE,FR", "09:00", "12:00")]),
        ("Monday - Tuesday- Wednesdays: <br> 9 am - 5 pm", [("MO,TU,WE", "09:00", "17:00")]),
        ("Friday - Monday: 9 am - 5 pm", [("FR,SA,SU,MO", "09:00", "17:00")]),
        ("Monday - Friday: 7 pm - 7 am", [(WORKDAYS, "19:00", "07:00")]),
        ("Saturday: 9 am - 12 am", [("SA", "09:00", "24:00")]),
        ("Monday: 09:00 - 17:00", [("MO", "09:00", "17:00")]),
        (
            "<ul>\n  <li>Monday: 9 am-7 pm\n  <li>Tuesday-Thursday: 9 am- 9 pm </li></ul>",
            [("MO", "09:00", "19:00"), ("TU,WE,TH", "09:00", "21:00")],
        ),
        (
            "Immigration consultations every 2nd and 4th Mondays of the month: 9 am - 5 pm ",
            [("2MO,4MO", "09:00", "17:00")],
        ),
    ],
)
def test_plain_hours_are_read(text, expected):
    assert read(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Call to inquire about hours of operation",
        "Monday - Friday: 9 - 5",
        "Monday - Friday: 9 am - 5 pm (Appointments only)",
        "Monday - Friday: 2:30 pm - 6pm (school year)",
        "Monday - Friday: 9 am to 5 pm\nHotline Hours: Monday - Friday: 10 am - 4 pm",
        "Monday - Friday: 9 am - 5 pm; Friday: 9 am - 1 pm",
        "Saturday - Sunday: 9 pm - 5 pm",
        "Monday: 9 am - 9 am",
        "Monday: 25 am - 5 pm",
        "Monday: 99:99 - 12:00",
        "Monday - Monday: 9 am - 5 pm",
        "Monday: 9 am - 1 pm, 12 pm - 5 pm",
        "<li>Tuesday,Thursday: 9am-10pm</li>",
        "Hotline: Sundays 9 am - 12 pm",
        "24 hour services are available",
        "Daytime hours: 8am - 8pm\nCall to inquire about Overnight hours of operation",
        "<ul><li>Crime advocacy services:<br>Monday - Friday: 12 pm - 8 pm</li></ul>",
        "Monday - Friday",
        "9 am - 5 pm",
        "x" * 2000,
    ],
)
def test_what_leaves_a_doubt_is_not_read(text):
    assert read(text) is None


def test_call_about_the_evening_leaves_the_rest_of_these_days_not_known():
    text = "Monday - Friday: 9 am - 5pm; please call to inquire about availability after 5 pm"

    rules = from_prose(text)

    assert [(rule.byday, rule.opens_at) for rule in rules] == [(WORKDAYS, "09:00"), (WORKDAYS, "")]


def test_two_texts_make_one_week():
    rules = from_main_and_weekend("Monday - Friday: 9 am - 5 pm", "Saturday: 9 am - 1 pm")

    assert [(rule.byday, rule.closes_at) for rule in rules] == [
        (WORKDAYS, "17:00"),
        ("SA", "13:00"),
    ]


def test_a_weekend_that_cannot_be_read_is_not_known_and_keeps_its_text():
    rules = from_main_and_weekend("Monday - Friday: 9 am - 5 pm", "10am-3pm <b>(call first)</b>")

    assert rules[1] == ScheduleRule(
        freq="WEEKLY", byday="SA,SU", description="10am-3pm (call first)"
    )


def test_a_week_that_cannot_be_read_is_not_known_beside_a_weekend_that_can():
    rules = from_main_and_weekend("Ask inside", "Saturday: 9 am - 1 pm")

    assert [(rule.byday, rule.opens_at) for rule in rules] == [(WORKDAYS, ""), ("SA", "09:00")]


@pytest.mark.parametrize(
    "main, weekend",
    [
        ("Ask inside", ""),
        ("Ask inside", "Ask inside"),
        ("Monday - Saturday: 9 am - 5 pm", "Saturday: 9 am - 1 pm"),
    ],
)
def test_two_texts_that_say_nothing_sure_are_not_read(main, weekend):
    assert from_main_and_weekend(main, weekend) is None


@given(
    text=st.text()
    | st.lists(
        st.sampled_from(
            [
                "Monday",
                "-",
                "Friday",
                ":",
                "9 am",
                "5 pm",
                ",",
                "and",
                "24 hours",
                "<li>",
                "1st",
                "call",
            ]
        )
    ).map(" ".join)
)
def test_no_text_is_an_error(text):
    rules = from_prose(text)

    assert rules is None or all(rule.byday for rule in rules)
