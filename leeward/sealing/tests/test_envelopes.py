"""An envelope opens with the private key it was sealed to, in its context, and not otherwise."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from leeward.sealing.box import SealBroken
from leeward.sealing.envelopes import open_envelope, seal_envelope
from leeward.sealing.keys import KeyRefused, public_key
from leeward.sealing.suites import SuiteUnknown
from leeward.sealing.tests.make import KEY, flip, flips, keys, plains, positions

PUBLIC = public_key(KEY)


@given(plains, keys, st.binary(max_size=60))
def test_an_envelope_opens_for_its_reader(plain: bytes, private: bytes, context: bytes) -> None:
    sealed = seal_envelope(plain, to=public_key(private), context=context)

    opened = open_envelope(sealed, private=private, context=context)

    assert opened == plain
    assert len(sealed) == len(plain) + 49


@given(plains, positions, flips)
def test_an_envelope_with_any_byte_changed_does_not_open(plain: bytes, at: int, by: int) -> None:
    sealed = seal_envelope(plain, to=PUBLIC, context=b"here")
    # The top bit of an X25519 point is not read (RFC 7748, section 5), yet HPKE binds it.
    changed = flip(sealed, at=at, by=by)

    with pytest.raises(SealBroken):
        open_envelope(changed, private=KEY, context=b"here")


def test_the_bit_of_a_point_that_is_not_read_is_bound_all_the_same() -> None:
    sealed = seal_envelope(b"text", to=PUBLIC, context=b"here")
    changed = flip(sealed, at=32, by=0x80)

    with pytest.raises(SealBroken):
        open_envelope(changed, private=KEY, context=b"here")


@given(plains, positions)
def test_an_envelope_cut_short_anywhere_does_not_open(plain: bytes, at: int) -> None:
    sealed = seal_envelope(plain, to=PUBLIC, context=b"here")

    with pytest.raises(SealBroken):
        open_envelope(sealed[: at % len(sealed)], private=KEY, context=b"here")


@given(keys, keys)
def test_an_envelope_does_not_open_for_another_reader(private: bytes, other: bytes) -> None:
    assume(public_key(private) != public_key(other))
    sealed = seal_envelope(b"text", to=public_key(private), context=b"here")

    with pytest.raises(SealBroken):
        open_envelope(sealed, private=other, context=b"here")


@given(st.binary(max_size=60), st.binary(max_size=60))
def test_an_envelope_does_not_open_in_another_context(context: bytes, other: bytes) -> None:
    assume(context != other)
    sealed = seal_envelope(b"text", to=PUBLIC, context=context)

    with pytest.raises(SealBroken):
        open_envelope(sealed, private=KEY, context=other)


@given(st.integers(min_value=0, max_value=255), st.binary(max_size=90))
def test_an_envelope_of_another_suite_is_told_apart_and_not_tried(suite: int, body: bytes) -> None:
    assume(suite != 1)

    with pytest.raises(SuiteUnknown):
        open_envelope(bytes([suite]) + body, private=KEY, context=b"here")


@pytest.mark.parametrize(
    "public",
    [b"", bytes(31), bytes(33), bytes(32), b"\x01" + bytes(31)],
    ids=["none", "short", "long", "the zero point", "a point of low order"],
)
def test_nothing_is_sealed_to_bytes_that_are_no_safe_key(public: bytes) -> None:
    with pytest.raises(KeyRefused):
        seal_envelope(b"text", to=public, context=b"here")


def test_a_private_key_of_another_length_is_refused() -> None:
    sealed = seal_envelope(b"text", to=PUBLIC, context=b"here")

    with pytest.raises(KeyRefused):
        open_envelope(sealed, private=bytes(31), context=b"here")
    with pytest.raises(KeyRefused):
        public_key(bytes(31))
