"""Words open a kept conversation with the pepper, and with nothing less."""

from __future__ import annotations

import asyncio
from uuid import UUID

import pytest
from hypothesis import assume, given

from leeward.sealing import unlocking
from leeward.sealing.box import SealBroken
from leeward.sealing.boxes import open_box, seal_box
from leeward.sealing.contexts import words_data
from leeward.sealing.tests.make import KEY, keys

CONVERSATION = UUID(int=7)
SALT = bytes(16)
PEPPER = bytes(range(32, 64))
WORDS = "acorn blazer candle donut ember fabric"


@pytest.fixture(scope="module")
def stretched() -> unlocking.Stretched:
    return unlocking.stretch_words(WORDS, site_salt=SALT)


def unlock(stretched: unlocking.Stretched, *, pepper: bytes) -> bytes:
    return unlocking.unlock_key(
        stretched.half, unlocking.server_share(stretched.claim, pepper=pepper)
    )


def test_the_same_words_open_what_they_locked(stretched: unlocking.Stretched) -> None:
    sealed = seal_box(KEY, key=unlock(stretched, pepper=PEPPER), place=words_data(CONVERSATION))
    again = unlocking.stretch_words(WORDS, site_salt=SALT)

    opened = open_box(sealed, key=unlock(again, pepper=PEPPER), place=words_data(CONVERSATION))

    assert opened == KEY
    assert unlocking.lookup_id(again.claim, pepper=PEPPER) == unlocking.lookup_id(
        stretched.claim, pepper=PEPPER
    )


@pytest.mark.parametrize(
    ("typed", "salt"),
    [("acorn blazer candle donut ember gallon", SALT), (WORDS, b"\x01" + bytes(15))],
    ids=["other words", "another site"],
)
def test_other_words_or_another_site_open_nothing(
    stretched: unlocking.Stretched, typed: str, salt: bytes
) -> None:
    sealed = seal_box(KEY, key=unlock(stretched, pepper=PEPPER), place=words_data(CONVERSATION))
    other = unlocking.stretch_words(typed, site_salt=salt)

    with pytest.raises(SealBroken):
        open_box(sealed, key=unlock(other, pepper=PEPPER), place=words_data(CONVERSATION))


@given(keys)
def test_without_the_pepper_the_right_words_find_and_open_nothing(pepper: bytes) -> None:
    assume(pepper != PEPPER)
    claim, half = bytes(32), bytes(range(32))

    found = unlocking.lookup_id(claim, pepper=pepper)
    share = unlocking.server_share(claim, pepper=pepper)

    assert found != unlocking.lookup_id(claim, pepper=PEPPER)
    assert unlocking.unlock_key(half, share) != unlocking.unlock_key(
        half, unlocking.server_share(claim, pepper=PEPPER)
    )


@given(keys, keys)
def test_the_key_needs_both_halves(half: bytes, share: bytes) -> None:
    key = unlocking.unlock_key(half, share)

    assert key not in {half, share}
    assert key != unlocking.unlock_key(share, half) or half == share


@given(keys)
def test_the_lookup_id_tells_nothing_of_the_share(claim: bytes) -> None:
    found = unlocking.lookup_id(claim, pepper=PEPPER)
    share = unlocking.server_share(claim, pepper=PEPPER)

    assert len({claim, found, share}) == 3


def test_waiting_without_blocking_gives_the_same(stretched: unlocking.Stretched) -> None:
    awaited = asyncio.run(unlocking.stretch_words_soon(WORDS, site_salt=SALT))

    assert awaited == stretched


def test_stretched_words_do_not_show_in_an_error_report(stretched: unlocking.Stretched) -> None:
    assert repr(stretched) == "Stretched()"
