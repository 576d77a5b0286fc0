"""Code words are drawn well, read as people type them, and a slip is pointed out."""

from __future__ import annotations

import hashlib
import itertools
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leeward.sealing import words
from leeward.sealing.wordlist import all_words, drawn_words

LIST_SHA256 = "addd35536511597a02fa0a9ff1e5284677b8883b83e986e43f15a3db996b903e"

drawn = st.lists(st.sampled_from(drawn_words()), min_size=6, max_size=6)


def test_the_list_is_the_one_that_the_eff_published() -> None:
    rolls = map("".join, itertools.product("123456", repeat=5))

    published = "".join(f"{roll}\t{word}\n" for roll, word in zip(rolls, all_words(), strict=True))

    assert len(all_words()) == 7776
    assert hashlib.sha256(published.encode()).hexdigest() == LIST_SHA256


def test_six_drawn_words_hold_77_bits() -> None:
    bits = 6 * math.log2(len(set(drawn_words())))

    assert bits > 77.2


def test_drawn_words_are_plain_letters_and_spare_her_the_cruel_ones() -> None:
    assert all(word.isascii() and word.isalpha() and word.islower() for word in drawn_words())
    assert {"strangle", "captive", "husband", "yo-yo"}.isdisjoint(drawn_words())


def test_drawing_gives_six_words_of_the_list_and_never_twice_the_same() -> None:
    phrases = [words.draw_words() for _ in range(200)]

    assert all(words.is_complete(phrase) for phrase in phrases)
    assert len(set(phrases)) == 200


@given(st.binary(min_size=32, max_size=32), st.binary(min_size=32, max_size=32))
def test_a_seed_has_six_words_of_the_list_and_another_seed_others(
    seed: bytes, other: bytes
) -> None:
    six = words.words_from(seed)

    assert words.words_from(seed) == six
    assert words.is_complete(six)
    if other != seed:
        assert words.words_from(other) != six


def test_words_of_seeds_come_from_every_part_of_the_list() -> None:
    seeds = (hashlib.sha256(str(number).encode()).digest() for number in range(3000))

    found = {word for seed in seeds for word in words.words_from(seed).split()}

    parts = [set(drawn_words()[start : start + 500]) for start in range(0, 7487, 500)]
    assert all(len(found & part) > len(part) // 2 for part in parts)


def test_every_part_of_the_list_is_drawn() -> None:
    seen = {word[0] for _ in range(2000) for word in words.draw_words().split()}

    assert seen == {word[0] for word in drawn_words()}


@given(drawn, st.sampled_from([" ", "  ", ", ", "-", "\n", ".", " / ", "\t", " 1) "]))
def test_separators_and_capitals_make_no_difference(six: list[str], between: str) -> None:
    typed = between.join(word.title() for word in six)

    assert words.normalise(typed) == " ".join(six)
    assert words.is_complete(typed)


@given(st.text(max_size=500))
def test_normalising_leaves_plain_words_and_does_so_once(typed: str) -> None:
    plain = words.normalise(typed)

    assert words.normalise(plain) == plain
    assert all(word.isascii() and word.isalpha() and word.islower() for word in plain.split())
    assert plain == " ".join(plain.split())


@pytest.mark.parametrize(
    "typed",
    [
        "ácorn blázer",
        "ACORN\u00a0BLAZER",
        "aco\u200brn \u202ebla\u00adzer\u202c\ufeff",
        "ａｃｏｒｎ ｂｌａｚｅｒ",
        "acorn…blazer!",
    ],
    ids=["accents", "a hard blank", "invisible signs", "wide letters", "points"],
)
def test_what_a_keyboard_adds_makes_no_difference(typed: str) -> None:
    assert words.normalise(typed) == "acorn blazer"


def test_a_slip_is_pointed_out_with_the_word_it_must_have_been() -> None:
    slips = words.find_slips("acorn blazerr candle donut embr fabirc")

    assert [(slip.position, slip.typed, slip.nearest) for slip in slips] == [
        (2, "blazerr", "blazer"),
        (5, "embr", "ember"),
        (6, "fabirc", "fabric"),
    ]


def test_a_word_like_none_of_the_list_has_no_nearest() -> None:
    (slip,) = words.find_slips("acorn qqqqqqqq")

    assert slip.nearest == ""


@given(st.sampled_from(drawn_words()), st.data())
def test_one_letter_left_out_is_a_word_or_has_a_near_one(word: str, data) -> None:
    at = data.draw(st.integers(min_value=0, max_value=len(word) - 1))
    typed = word[:at] + word[at + 1 :]

    slips = words.find_slips(typed)

    assert all(slip.nearest in drawn_words() for slip in slips)


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "acorn blazer candle donut ember",
        "acorn blazer candle donut ember fabric gallon",
        "acorn blazer candle donut ember strangle",
    ],
    ids=["nothing", "five", "seven", "one that is never drawn"],
)
def test_anything_but_six_drawn_words_is_not_complete(typed: str) -> None:
    assert not words.is_complete(typed)


def test_a_flood_of_typing_is_read_only_at_its_beginning() -> None:
    plain = words.normalise("acorn " * 1_000_000)

    assert len(plain) <= 400
