"""No two places spell the same bytes."""

from __future__ import annotations

from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leeward.sealing import contexts
from leeward.sealing.contexts import MemberLock, MessagePlace
from leeward.sealing.tests.make import u16, u32, u64

spelled = st.one_of(
    st.tuples(st.just(contexts.epoch_context), st.tuples(st.uuids(), u32)),
    st.tuples(st.just(contexts.team_context), st.tuples(st.uuids(), u32, u64)),
    st.tuples(st.just(contexts.call_context), st.tuples(st.uuids())),
    st.tuples(st.just(contexts.note_context), st.tuples(st.uuids())),
    st.tuples(st.just(contexts.share_context), st.tuples(st.uuids(), u32, u64)),
    st.tuples(st.just(contexts.handed_context), st.tuples(st.uuids(), u32, u64, u64)),
    st.tuples(
        st.just(contexts.message_data),
        st.tuples(st.builds(MessagePlace, st.uuids(), u32, u16, u32)),
    ),
    st.tuples(st.just(contexts.member_data), st.tuples(u64, st.sampled_from(MemberLock))),
    st.tuples(st.just(contexts.words_data), st.tuples(st.uuids())),
)


@given(spelled, spelled)
def test_two_places_never_spell_the_same_bytes(one, other) -> None:
    (spell, fields), (spell_other, fields_other) = one, other

    same_bytes = spell(*fields) == spell_other(*fields_other)

    assert same_bytes == ((spell, fields) == (spell_other, fields_other))


@pytest.mark.parametrize(
    "place",
    [
        MessagePlace(UUID(int=1), epoch=2**32, seat=0, number=1),
        MessagePlace(UUID(int=1), epoch=1, seat=2**16, number=1),
        MessagePlace(UUID(int=1), epoch=1, seat=0, number=2**32),
        MessagePlace(UUID(int=1), epoch=1, seat=0, number=-1),
    ],
)
def test_a_number_that_does_not_fit_its_field_is_refused(place: MessagePlace) -> None:
    with pytest.raises(OverflowError):
        contexts.message_data(place)


def test_an_account_id_keeps_all_its_64_bits() -> None:
    low, high = (contexts.member_data(7 + 2**32 * n, MemberLock.PASSKEY) for n in (0, 1))

    assert low != high
