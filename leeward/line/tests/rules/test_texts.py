"""Texts, however odd, are shown safely; messages hold what they may and nothing else."""

from __future__ import annotations

import json
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leeward.line.rules import life, queue, speaking, texts
from leeward.line.rules.counting import shown

TURNING = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
UNSEEN = "\u0000\u0007\u001b\u0085\u00ad\u200b\u2060\ufeff\U000e0041"


@given(st.text() | st.text(alphabet=TURNING + UNSEEN + "ab \n\r\u0301\u200d\u200e\ud800"))
def test_nothing_unseen_or_turning_is_shown_and_cleaning_twice_is_cleaning_once(typed):
    safe = texts.safe_text(typed)

    assert not set(safe) & set(TURNING + UNSEEN)
    assert all(
        unicodedata.category(sign) not in ("Cc", "Cs", "Co") or sign in "\n\t" for sign in safe
    )
    assert texts.safe_text(safe) == safe
    safe.encode()


@pytest.mark.parametrize(
    "said",
    [
        "¿Estás ahí?",
        "مرحبا، أنا هنا",
        "می\u200cخواهم",
        "👩\u200d👧 ok",
        "नमस्ते",
        "cafe\u0301 au lait",
    ],
)
def test_real_languages_and_emoji_read_as_they_were_written(said):
    assert texts.read_text(said) == unicodedata.normalize("NFC", said)


def test_a_tower_of_marks_is_cut_down():
    assert len(texts.safe_text("z" + "\u0353" * 500)) == 1 + texts.MARKS_MAX


@pytest.mark.parametrize("nothing", ["", "  \n ", "\u200b\u2060", "\u200d", "\u202e"])
def test_what_cannot_be_seen_is_no_message(nothing):
    with pytest.raises(texts.TextEmpty):
        texts.read_text(nothing)


def test_a_text_may_have_4000_characters_and_no_more():
    assert len(texts.read_text("é" * 4000)) == 4000
    with pytest.raises(texts.TextTooLong):
        texts.read_text("é" * 4001)
    assert texts.show_text("é" * 9000).endswith("…")


def test_the_longest_text_fits_into_a_sealed_message():
    assert len(speaking.write({"kind": "text", "text": "👩" * 4000})) <= speaking.DATA_MAX_BYTES


@pytest.mark.parametrize(
    "unfit",
    [
        {},
        {"kind": "script", "text": "x"},
        {"kind": ["text"], "text": "x"},
        {"kind": "text", "text": 7},
        {"kind": "card", "service": []},
        {"kind": "card", "service": {"name": {"deep": {}}}},
        {"kind": "page", "title": "x", "lines": ["y"] * 999},
        {"kind": "consent", "consent": "x", "answer": "maybe"},
    ],
)
def test_a_message_of_no_known_shape_is_refused_both_ways(unfit):
    with pytest.raises(speaking.DataUnfit):
        speaking.write(unfit)
    with pytest.raises(speaking.DataUnfit):
        speaking.show(json.dumps(unfit).encode())


@given(st.binary(max_size=300))
def test_any_bytes_are_shown_or_refused(spelled):
    try:
        speaking.show(spelled)
    except speaking.DataUnfit:
        pass


def test_fields_that_nobody_asked_for_are_dropped():
    said = json.dumps({"kind": "text", "text": "yes", "style": "x"}).encode()

    assert speaking.show(said) == {"kind": "text", "text": "yes"}


@pytest.mark.parametrize(
    ("ahead", "places", "minutes"), [(-1, 2, 0), (0, 2, 20), (3, 2, 70), (0, 0, None)]
)
def test_the_wait_is_rounded_up_to_five_minutes(ahead, places, minutes):
    assert queue.wait_minutes(ahead, places, 35) == minutes


@pytest.mark.parametrize("how", list(life.How))
def test_what_nobody_keeps_is_destroyed_however_it_ends(how):
    for state in life.State:
        for waits in (True, False):
            assert life.after_end(state, how=how, is_kept=False, has_unanswered=waits) is None


def test_what_she_keeps_waits_for_its_answer_unless_the_team_ended_it():
    after = life.after_end(life.State.WAITING, how=life.How.AWAY, is_kept=True, has_unanswered=True)
    by_staff = life.after_end(
        life.State.WAITING, how=life.How.STAFF, is_kept=True, has_unanswered=True
    )

    assert after == life.After(life.State.WAITING, is_message=True)
    assert by_staff == life.After(life.State.RESTING, is_message=False)


def test_counts_of_one_to_four_are_hidden():
    assert [shown(count) for count in (0, 1, 4, 5)] == [0, None, None, 5]
