"""Any two supervisors have the team key together; one alone has noise."""

from __future__ import annotations

from itertools import permutations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from leeward.sealing.box import SealBroken
from leeward.sealing.keys import KeyRefused, public_key
from leeward.sealing.shares import (
    Share,
    SharesMismatched,
    join_shares,
    read_share,
    split_key,
    write_share,
)
from leeward.sealing.tests.make import KEY, keys


@given(keys)
def test_any_two_of_three_join_to_the_key_in_any_order(private: bytes) -> None:
    public = public_key(private)

    joined = {join_shares(*two, public=public) for two in permutations(split_key(private), 2)}

    assert joined == {private}


def test_one_alone_does_not_join_with_itself() -> None:
    one = split_key(KEY)[0]

    with pytest.raises(SharesMismatched):
        join_shares(one, one, public=public_key(KEY))


@given(keys)
def test_shares_of_two_splittings_do_not_join(private: bytes) -> None:
    one, _, _ = split_key(private)
    _, other, _ = split_key(private)

    with pytest.raises(SharesMismatched):
        join_shares(one, other, public=public_key(private))


@given(keys, keys)
def test_a_key_of_another_team_is_not_taken_for_this_one(private: bytes, other: bytes) -> None:
    assume(public_key(private) != public_key(other))
    one, two, _ = split_key(other)

    with pytest.raises(SharesMismatched):
        join_shares(one, two, public=public_key(private))


def test_a_single_share_is_fresh_noise_each_time() -> None:
    halves = [half for _ in range(50) for half in split_key(KEY)[1].halves.values()]

    assert len(set(halves)) == 100
    assert KEY not in halves


@given(keys, st.integers(min_value=0, max_value=2))
def test_a_share_is_read_back_from_its_text(private: bytes, whose: int) -> None:
    share = split_key(private)[whose]

    assert read_share(write_share(share)) == share


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\xff",
        b"null",
        b"[]",
        b'"12"',
        b'{"12": 1, "13": 2}',
        b'{"12": "AA", "13": "AA"}',
        b'{"12": "%s"}' % (b"A" * 43),
        b'{"12": "%s", "31": "%s"}' % (b"A" * 43, b"A" * 43),
        b'{"12": "==", "13": "=="}',
    ],
)
def test_anything_else_is_no_share(data: bytes) -> None:
    with pytest.raises(SealBroken):
        read_share(data)


def test_a_share_does_not_show_in_an_error_report() -> None:
    assert repr(Share({"12": KEY, "13": KEY})) == "Share()"


def test_only_a_whole_key_is_split() -> None:
    with pytest.raises(KeyRefused):
        split_key(b"short")
