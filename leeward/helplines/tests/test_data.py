"""The shipped facts: how many there are, and that each can be used."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest

from leeward.helplines import facts, rules
from leeward.helplines.words import TOPICS, country_name

LINES = facts.shipped_lines()


def test_172_lines_in_113_countries_ship():
    assert len(LINES) == 172
    assert len({row["country"] for row in LINES}) == 113
    assert len({row["key"] for row in LINES}) == 172


def test_240_regions_have_an_emergency_row():
    rows = facts.emergency_rows()

    assert len(rows) == 240
    assert len({row["iso"] for row in rows}) == 240


def test_every_line_stands_in_a_known_country_topic_and_source():
    for row in LINES:
        assert row["country"] in facts.emergency_facts(), row["key"]
        assert row["topic"] in TOPICS, row["key"]
        assert set(row["sources"]) <= set(facts.sources()), row["key"]
        assert row["grade"] in {"A", "B"}, row["key"]


@pytest.mark.parametrize("row", LINES, ids=lambda row: row["key"])
def test_what_is_dialled_is_the_number_that_is_shown(row):
    dial = row.get("dial", "")
    shown = re.sub(r"[^0-9*#]", "", row.get("phone", ""))

    assert bool(dial) == bool(shown)
    if dial:
        assert rules.dial_problem(dial, row["country"]) == ""
        assert dial == shown or dial == rules.dial_of(row["phone"], row["country"])
    assert rules.sms_problem(row.get("sms_number", "")) == ""


@pytest.mark.parametrize("row", LINES, ids=lambda row: row["key"])
def test_every_word_for_visitors_is_there_in_both_languages(row):
    if row["grade"] == "A":
        for name in ("note", "scope"):
            assert bool(row.get(f"{name}_en")) == bool(row.get(f"{name}_es")), name
        if row.get("hours_en", "24/7") != "24/7":
            assert row["hours_es"]


def test_the_number_that_the_hotline_no_longer_lists_is_in_no_field_that_visitors_see():
    for row in LINES:
        for name, value in row.items():
            if name != "editor_note":
                assert "787-3224" not in str(value), row["key"]


def test_police_lines_are_marked():
    police = {row["key"] for row in LINES if row.get("is_police_run")}

    assert {"us-007", "au-032", "in-095", "lb-126"} <= police
    assert "us-001" not in police


def test_every_region_has_a_name_in_both_languages():
    for country in facts.emergency_facts():
        for language in ("en", "es"):
            assert country_name(country, language) != country


def test_leads_are_in_no_shipped_line():
    shown = {(row["country"], rules.dial_of(row.get("phone", ""), row["country"])) for row in LINES}

    for lead in facts.leads():
        dial = rules.dial_of(lead["phone"], lead["country"])
        assert not dial or (lead["country"], dial) not in shown, lead["name"]


def test_topics_end_with_the_report_to_the_police():
    assert list(TOPICS)[-1] == "trafficking_report"
    assert all(first != second for first, second in pairwise(TOPICS))
