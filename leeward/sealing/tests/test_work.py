"""A challenge is ours, young and solved, or it is refused."""

from __future__ import annotations

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leeward.sealing import work
from leeward.sealing.encoding import from_text, to_text
from leeward.sealing.tests.make import KEY, flip, flips, positions
from leeward.sealing.work import WorkRefused

AT = 1_790_000_000
AGE_MAX_S = 600


def check(challenge: str, nonce: str, *, key: bytes = KEY, at: int = AT) -> work.Challenge:
    return work.check_work(challenge, nonce, key=key, at=at, age_max_s=AGE_MAX_S)


@given(
    st.integers(min_value=0, max_value=9),
    st.integers(min_value=0, max_value=2**32 - 1 - AGE_MAX_S),
    st.integers(min_value=0, max_value=AGE_MAX_S),
)
def test_a_solved_challenge_is_taken_until_it_is_too_old(bits: int, made_at: int, age: int) -> None:
    challenge = work.new_challenge(key=KEY, bits=bits, at=made_at)
    nonce = work.solve(challenge, bits=bits)

    found = check(challenge, nonce, at=made_at + age)

    assert (found.made_at, found.bits) == (made_at, bits)


@pytest.mark.parametrize("at", [AT - 1, AT + AGE_MAX_S + 1])
def test_a_challenge_from_the_future_or_too_old_is_refused(at: int) -> None:
    challenge = work.new_challenge(key=KEY, bits=0, at=AT)

    with pytest.raises(WorkRefused):
        check(challenge, "0", at=at)


def test_work_not_done_is_refused() -> None:
    challenge = work.new_challenge(key=KEY, bits=10, at=AT)
    undone = next(n for n in range(100) if not work.is_solved(challenge, str(n), bits=10))

    with pytest.raises(WorkRefused):
        check(challenge, str(undone))


def test_the_work_is_the_zero_bits_that_begin_the_digest() -> None:
    challenge = work.new_challenge(key=KEY, bits=5, at=AT)
    nonces = [str(number) for number in range(1000)]

    solved = [nonce for nonce in nonces if work.is_solved(challenge, nonce, bits=5)]

    assert solved == [nonce for nonce in nonces if bits_of(challenge, nonce).startswith("00000")]


def bits_of(challenge: str, nonce: str) -> str:
    digest = hashlib.sha256(f"{challenge}:{nonce}".encode()).digest()
    return "".join(f"{byte:08b}" for byte in digest)


@given(positions, flips)
def test_a_challenge_with_any_byte_changed_is_refused(at: int, by: int) -> None:
    data = from_text(work.new_challenge(key=KEY, bits=0, at=AT))

    with pytest.raises(WorkRefused):
        check(to_text(flip(data, at=at, by=by)), "0")


@given(st.text(max_size=60))
def test_any_other_text_is_no_challenge(text: str) -> None:
    with pytest.raises(WorkRefused):
        check(text, "0")


def test_a_challenge_of_another_site_is_refused() -> None:
    challenge = work.new_challenge(key=bytes(32), bits=0, at=AT)

    with pytest.raises(WorkRefused):
        check(challenge, "0")


@pytest.mark.parametrize("nonce", ["", "-1", "1.0", "1e3", " 1", "1\n", "٣", "1" * 17, "x"])
def test_a_nonce_is_decimal_digits_only(nonce: str) -> None:
    challenge = work.new_challenge(key=KEY, bits=0, at=AT)

    with pytest.raises(WorkRefused):
        check(challenge, nonce)


def test_each_challenge_has_an_id_of_its_own_to_be_spent_once() -> None:
    challenges = [work.new_challenge(key=KEY, bits=0, at=AT) for _ in range(100)]

    assert len({check(challenge, "0").id for challenge in challenges}) == 100


@pytest.mark.parametrize(("waited", "taken"), [(0, False), (4, False), (5, True), (600, True)])
def test_without_scripts_a_wait_stands_for_the_work(*, waited: int, taken: bool) -> None:
    challenge = work.new_challenge(key=KEY, bits=20, at=AT)

    assert is_waited(challenge, at=AT + waited) == taken


def is_waited(challenge: str, *, at: int) -> bool:
    try:
        work.check_wait(challenge, key=KEY, at=at, wait_s=5, age_max_s=AGE_MAX_S)
    except WorkRefused:
        return False
    return True


@pytest.mark.parametrize("bits", [-1, 31])
def test_a_difficulty_out_of_bounds_is_refused(bits: int) -> None:
    with pytest.raises(ValueError, match=str(bits)):
        work.new_challenge(key=KEY, bits=bits, at=AT)
