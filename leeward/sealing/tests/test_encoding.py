"""Bytes have one spelling as text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leeward.sealing.encoding import TextUnreadable, from_text, to_text


@given(st.binary(max_size=100))
def test_bytes_come_back_from_their_text(data: bytes) -> None:
    text = to_text(data)

    assert from_text(text) == data


@given(st.text(alphabet="AQgwxyz089-_=+/ ", max_size=12))
def test_a_text_reads_as_the_bytes_it_spells_or_not_at_all(text: str) -> None:
    try:
        data = from_text(text)
    except TextUnreadable:
        return

    assert to_text(data) == text


@pytest.mark.parametrize(
    "text",
    ["A", "AA==", "AA=", "A A", "AA\n", "AB", "+/8", "ÁA", "AA\0", "====", "AAAA===="],
)
def test_other_spellings_are_refused(text: str) -> None:
    with pytest.raises(TextUnreadable):
        from_text(text)
