"""Five words stand for a public key."""

from __future__ import annotations

from hypothesis import assume, given

from leeward.sealing.fingerprint import fingerprint
from leeward.sealing.tests.make import KEY, keys
from leeward.sealing.wordlist import all_words


def test_a_key_has_five_words_and_always_the_same() -> None:
    words = fingerprint(KEY).split()

    assert len(words) == 5
    assert set(words) <= set(all_words())
    assert fingerprint(KEY) == " ".join(words)


@given(keys, keys)
def test_two_keys_have_different_words(one: bytes, other: bytes) -> None:
    assume(one != other)

    assert fingerprint(one) != fingerprint(other)
