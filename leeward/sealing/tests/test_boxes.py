"""A box opens under its key at its place, and nowhere else."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from leeward.sealing.box import SealBroken
from leeward.sealing.boxes import open_box, seal_box
from leeward.sealing.keys import KeyRefused
from leeward.sealing.suites import SuiteUnknown
from leeward.sealing.tests.make import KEY, flip, flips, keys, plains, positions


@given(plains, keys, st.binary(max_size=60))
def test_a_box_opens_under_its_key_at_its_place(plain: bytes, key: bytes, place: bytes) -> None:
    sealed = seal_box(plain, key=key, place=place)

    opened = open_box(sealed, key=key, place=place)

    assert opened == plain
    assert len(sealed) == len(plain) + 29


@given(plains, positions, flips)
def test_a_box_with_any_byte_changed_does_not_open(plain: bytes, at: int, by: int) -> None:
    sealed = flip(seal_box(plain, key=KEY, place=b"here"), at=at, by=by)

    with pytest.raises(SealBroken):
        open_box(sealed, key=KEY, place=b"here")


@given(plains, positions)
def test_a_box_cut_short_anywhere_does_not_open(plain: bytes, at: int) -> None:
    sealed = seal_box(plain, key=KEY, place=b"here")

    with pytest.raises(SealBroken):
        open_box(sealed[: at % len(sealed)], key=KEY, place=b"here")


@given(plains, st.binary(min_size=1, max_size=40))
def test_a_box_with_more_behind_it_does_not_open(plain: bytes, more: bytes) -> None:
    sealed = seal_box(plain, key=KEY, place=b"here")

    with pytest.raises(SealBroken):
        open_box(sealed + more, key=KEY, place=b"here")


@given(keys, keys)
def test_a_box_does_not_open_under_another_key(key: bytes, other: bytes) -> None:
    assume(key != other)
    sealed = seal_box(b"text", key=key, place=b"here")

    with pytest.raises(SealBroken):
        open_box(sealed, key=other, place=b"here")


@given(st.binary(max_size=60), st.binary(max_size=60))
def test_a_box_does_not_open_elsewhere(place: bytes, other: bytes) -> None:
    assume(place != other)
    sealed = seal_box(b"text", key=KEY, place=place)

    with pytest.raises(SealBroken):
        open_box(sealed, key=KEY, place=other)


@given(st.integers(min_value=0, max_value=255), st.binary(max_size=60))
def test_a_box_of_another_suite_is_told_apart_and_not_tried(suite: int, body: bytes) -> None:
    assume(suite != 1)

    with pytest.raises(SuiteUnknown):
        open_box(bytes([suite]) + body, key=KEY, place=b"here")


def test_sealing_twice_gives_two_different_boxes() -> None:
    boxes = {seal_box(b"text", key=KEY, place=b"here") for _ in range(100)}

    assert len(boxes) == 100


@pytest.mark.parametrize("length", [0, 16, 31, 33])
def test_a_key_of_another_length_is_refused(length: int) -> None:
    sealed = seal_box(b"text", key=KEY, place=b"here")

    with pytest.raises(KeyRefused):
        seal_box(b"text", key=bytes(length), place=b"here")
    with pytest.raises(KeyRefused):
        open_box(sealed, key=bytes(length), place=b"here")
