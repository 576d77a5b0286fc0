"""A sealed text opens with the same key, purpose and owner, and with nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leeward.sealing.box import Box, KeyUnfit, SealBroken, read_or_make_key

KEY = bytes(range(32))


@given(st.text())
def test_a_sealed_text_opens_again(text: str) -> None:
    box = Box(KEY, purpose="test")

    sealed = box.seal(text, owner="7")

    assert box.open(sealed, owner="7") == text


def test_a_sealed_text_does_not_show_what_it_holds() -> None:
    sealed = Box(KEY, purpose="test").seal("my sister's phone", owner="7")

    assert b"sister" not in sealed


def test_sealing_twice_gives_two_different_seals() -> None:
    box = Box(KEY, purpose="test")

    assert box.seal("a", owner="7") != box.seal("a", owner="7")


@pytest.mark.parametrize(
    ("box", "owner"),
    [
        (Box(KEY, purpose="test"), "8"),
        (Box(KEY, purpose="other"), "7"),
        (Box(bytes(32), purpose="test"), "7"),
    ],
)
def test_another_owner_purpose_or_key_opens_nothing(box: Box, owner: str) -> None:
    sealed = Box(KEY, purpose="test").seal("a", owner="7")

    with pytest.raises(SealBroken):
        box.open(sealed, owner=owner)


@given(st.integers(min_value=0), st.integers(min_value=1, max_value=255))
def test_a_changed_seal_opens_nothing(at: int, flip: int) -> None:
    box = Box(KEY, purpose="test")
    sealed = bytearray(box.seal("a story", owner="7"))

    sealed[at % len(sealed)] ^= flip

    with pytest.raises(SealBroken):
        box.open(bytes(sealed), owner="7")


def test_a_cut_off_seal_opens_nothing() -> None:
    box = Box(KEY, purpose="test")

    with pytest.raises(SealBroken):
        box.open(b"\x01short", owner="7")


def test_the_key_is_made_once_and_for_its_owner_only(tmp_path: Path) -> None:
    file = tmp_path / "consent.key"

    first = read_or_make_key(file)

    assert read_or_make_key(file) == first
    assert file.stat().st_mode & 0o777 == 0o600
    assert [path.name for path in tmp_path.iterdir()] == ["consent.key"]


def test_a_file_that_holds_no_key_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "consent.key"
    file.write_bytes(b"hello")

    with pytest.raises(KeyUnfit):
        read_or_make_key(file)
