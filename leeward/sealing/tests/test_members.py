"""A member's private key opens under each of her locks, and under nobody else's."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from leeward.sealing.box import SealBroken
from leeward.sealing.boxes import seal_box
from leeward.sealing.contexts import MemberLock, member_data
from leeward.sealing.keys import KeyRefused
from leeward.sealing.members import open_member_key, passkey_key, seal_member_key
from leeward.sealing.passphrases import new_salt, passphrase_key
from leeward.sealing.recovery import (
    CodeUnreadable,
    new_code,
    print_code,
    read_code,
    recovery_key,
)
from leeward.sealing.tests.make import KEY, keys, u64

locks = st.sampled_from(MemberLock)
codes = st.binary(min_size=20, max_size=20)


@given(keys, keys, u64, locks)
def test_a_private_key_opens_under_its_lock(
    private: bytes, key: bytes, account: int, lock: MemberLock
) -> None:
    sealed = seal_member_key(private, key=key, account=account, lock=lock)

    assert open_member_key(sealed, key=key, account=account, lock=lock) == private


@given(u64, locks, u64, locks)
def test_a_box_given_to_another_account_or_lock_does_not_open(
    account: int, lock: MemberLock, other: int, other_lock: MemberLock
) -> None:
    assume((account, lock) != (other, other_lock))
    sealed = seal_member_key(KEY, key=KEY, account=account, lock=lock)

    with pytest.raises(SealBroken):
        open_member_key(sealed, key=KEY, account=other, lock=other_lock)


def test_a_box_that_holds_no_private_key_is_refused() -> None:
    sealed = seal_box(b"short", key=KEY, place=member_data(7, MemberLock.PASSKEY))

    with pytest.raises(SealBroken):
        open_member_key(sealed, key=KEY, account=7, lock=MemberLock.PASSKEY)
    with pytest.raises(KeyRefused):
        seal_member_key(b"short", key=KEY, account=7, lock=MemberLock.PASSKEY)


def test_a_passphrase_gives_the_same_key_however_its_letters_are_composed() -> None:
    salt = new_salt()

    composed = passphrase_key("cinco caf\u00e9s", salt=salt)

    assert composed == passphrase_key("cinco cafe\u0301s", salt=salt)
    assert composed == passphrase_key("cinco ｃａｆ\u00e9s", salt=salt)
    assert composed != passphrase_key("cinco cafes", salt=salt)
    assert composed != passphrase_key("cinco caf\u00e9s", salt=new_salt())


@given(codes)
def test_a_printed_code_is_read_back(code: bytes) -> None:
    printed = print_code(code)

    assert read_code(printed) == code
    assert [len(group) for group in printed.split("-")] == [4] * 8


@given(codes)
def test_a_code_is_read_however_it_is_copied_from_paper(code: bytes) -> None:
    printed = print_code(code)
    copied = printed.lower().replace("-", " \n").replace("0", "o").replace("1", "l")

    assert read_code(copied) == code


def test_a_printed_code_holds_no_letters_that_look_alike() -> None:
    letters = set("".join(print_code(new_code()) for _ in range(300))) - {"-"}

    assert letters == set("0123456789ABCDEFGHJKMNPQRSTVWXYZ")


@pytest.mark.parametrize("typed", ["", "ABCD", "ABCD-" * 9, "U" * 32, "Á" * 32, "=" * 32, "٣" * 32])
def test_letters_that_are_no_code_are_refused(typed: str) -> None:
    with pytest.raises(CodeUnreadable):
        read_code(typed)


@given(codes, keys)
def test_each_kind_of_lock_has_a_key_of_its_own(code: bytes, output: bytes) -> None:
    made = {recovery_key(code), passkey_key(code), recovery_key(output), passkey_key(output)}

    assert len(made) == 4
    assert {len(key) for key in made} == {32}


def test_new_codes_and_salts_differ() -> None:
    assert len({new_code() for _ in range(100)}) == 100
    assert len({new_salt() for _ in range(100)}) == 100
