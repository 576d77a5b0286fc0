"""Texts, dates, times and numbers, made fit."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leeward.directory.exchange import languages, moments, texts
from leeward.directory.exchange.phones import read_phones


@pytest.mark.parametrize(
    ("told", "kept"),
    [
        ("<p>Call <b>first</b>.</p><p>Then come.</p>", "Call first .\nThen come."),
        ("Food &amp; shelter", "Food & shelter"),
        ("a < b and c > d", "a < b and c > d"),
        ("&amp;lt;b&amp;gt;bold", "bold"),
        ("one\x00two\x07three", "onetwothree"),
        ("<script>alert(1)</script>Help", "Help"),
        ("\u202eesrever", "esrever"),
        ("lone \ud800 half", "lone half"),
        ("many    spaces\t here", "many spaces here"),
        ("AT&T and R&D", "AT&T and R&D"),
    ],
)
def test_texts_lose_markup_and_what_cannot_be_seen(told, kept):
    plain = texts.plain(told)

    assert plain == kept


@given(st.text(alphabet=st.sampled_from('<>&;ab/#x1 \n"lgtamp'), max_size=60))
def test_a_text_made_plain_stays_as_it_is(told):
    once = texts.plain(told)

    assert texts.plain(once) == once


@pytest.mark.parametrize(
    ("told", "day"),
    [
        ("2020-01-31", date(2020, 1, 31)),
        ("2020-01-31T10:00:00Z", date(2020, 1, 31)),
        ("12/24/15", date(2015, 12, 24)),
        ("January 01, 1970", date(1970, 1, 1)),
        ("0000-00-00", None),
        ("January 01, 0001", None),
        ("2020-02-30", None),
        ("soon", None),
    ],
)
def test_dates_are_read_or_not_known(told, day):
    assert moments.day(told) == day


@pytest.mark.parametrize(
    ("told", "clock"),
    [
        ("9am", "09:00"),
        ("4:00 PM", "16:00"),
        ("12 a.m.", "00:00"),
        ("10:00:00", "10:00"),
        ("09:30-05:00", "09:30-05:00"),
        ("10:00z", "10:00Z"),
        ("noon", "12:00"),
        ("24:00", "24:00"),
        ("25:00", None),
        ("13pm", None),
        ("when we are there", None),
    ],
)
def test_times_are_read_or_not_known(told, clock):
    assert moments.clock(told) == clock


@pytest.mark.parametrize(
    ("cell", "numbers"),
    [
        ("718 - 237- 2502", [("+1 718-237-2502", None, "")]),
        ("1-800-CALL-NOW ext 4", [("+1 800-225-5669", 4, "1-800-CALL-NOW ext 4")]),
        ("860-276-3000 x301", [("+1 860-276-3000", 301, "")]),
        (
            "Hotline: 718-555-0134; Office: 212-555-0199",
            [("+1 718-555-0134", None, "Hotline"), ("+1 212-555-0199", None, "Office")],
        ),
        ('"+44 1234 234567"', [("+44 1234 234567", None, "")]),
        ("988", [("988", None, "")]),
        ("call us", []),
        ("", []),
    ],
)
def test_phone_cells_are_read_however_they_are_written(cell, numbers):
    read = [(each.number, each.extension, each.note) for each in read_phones(cell, "US")]

    assert read == numbers


@given(st.text(alphabet="0123456789+-() .x/extCALNOW:;", max_size=40))
def test_a_number_that_was_read_reads_the_same_again(cell):
    for each in read_phones(cell, "US"):
        again = read_phones(each.number, "US")

        assert [found.number for found in again] == [each.number]


def test_languages_have_their_code_by_many_names():
    found = languages.named_in(
        "Punjabi,Farsi, American Sign Language<br>Klingonish and Haitian-Creole"
    )

    assert found == ["pa", "fa", "ase", "ht"]
