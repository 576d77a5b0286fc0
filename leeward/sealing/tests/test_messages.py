"""A message opens at its own place only; its sealed length tells its size class and no more."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from leeward.sealing.box import SealBroken
from leeward.sealing.boxes import seal_box
from leeward.sealing.contexts import MessagePlace, message_data
from leeward.sealing.messages import open_message, seal_message
from leeward.sealing.padding import SIZE_CLASSES, TooLong, pad, unpad
from leeward.sealing.tests.make import KEY, lengths, places, plains, positions

PLACE = MessagePlace(UUID(int=7), epoch=1, seat=0, number=5)


@given(plains, places)
def test_a_message_opens_at_its_place(data: bytes, place: MessagePlace) -> None:
    sealed = seal_message(data, key=KEY, place=place)

    opened = open_message(sealed, key=KEY, place=place)

    assert opened == data


@given(places, places)
def test_a_message_does_not_open_at_another_place(place: MessagePlace, other: MessagePlace) -> None:
    assume(place != other)
    sealed = seal_message(b"text", key=KEY, place=place)

    with pytest.raises(SealBroken):
        open_message(sealed, key=KEY, place=other)


@pytest.mark.parametrize(
    "elsewhere",
    [
        replace(PLACE, number=6),
        replace(PLACE, seat=1),
        replace(PLACE, epoch=2),
        replace(PLACE, conversation=UUID(int=8)),
        replace(PLACE, seat=5, number=0),
    ],
    ids=["replayed later", "under another's name", "in a later epoch", "elsewhere", "swapped"],
)
def test_a_message_moved_by_one_field_does_not_open(elsewhere: MessagePlace) -> None:
    sealed = seal_message(b"text", key=KEY, place=PLACE)

    with pytest.raises(SealBroken):
        open_message(sealed, key=KEY, place=elsewhere)


@given(lengths)
def test_padding_comes_off_again_and_fills_the_smallest_class(length: int) -> None:
    data = b"x" * length

    padded = pad(data)

    assert unpad(padded) == data
    assert len(padded) == min(size for size in SIZE_CLASSES if size >= length + 4)


@pytest.mark.parametrize(
    ("one", "other", "sealed_length"),
    [(0, 252, 285), (253, 1020, 1053), (1021, 4092, 4125), (4093, 16380, 16413)],
)
def test_messages_of_one_class_are_equally_long(one: int, other: int, sealed_length: int) -> None:
    lengths_seen = {
        len(seal_message(b"x" * length, key=KEY, place=PLACE)) for length in (one, other)
    }

    assert lengths_seen == {sealed_length}


def test_the_longest_message_fits_and_one_byte_more_does_not() -> None:
    sealed = seal_message(b"x" * 32_764, key=KEY, place=PLACE)

    assert len(sealed) == 32_797
    with pytest.raises(TooLong):
        seal_message(b"x" * 32_765, key=KEY, place=PLACE)


@given(plains, positions)
def test_padding_that_holds_anything_but_zeros_is_refused(data: bytes, at: int) -> None:
    padded = bytearray(pad(data))
    filler = range(4 + len(data), len(padded))
    assume(filler)
    padded[filler[at % len(filler)]] = 1

    with pytest.raises(SealBroken):
        unpad(bytes(padded))


@given(st.binary(max_size=1100))
def test_bytes_that_padding_never_makes_are_refused(odd: bytes) -> None:
    assume(len(odd) not in SIZE_CLASSES)

    with pytest.raises(SealBroken):
        unpad(odd)


def test_a_message_padded_to_too_large_a_class_is_refused() -> None:
    padded = (4).to_bytes(4, "big") + b"text" + bytes(1016)
    sealed = seal_box(padded, key=KEY, place=message_data(PLACE))

    with pytest.raises(SealBroken):
        open_message(sealed, key=KEY, place=PLACE)


def test_a_length_beyond_the_data_is_refused() -> None:
    padded = (2**32 - 1).to_bytes(4, "big") + bytes(252)

    with pytest.raises(SealBroken):
        unpad(padded)
