"""An epoch's key reaches those it is sealed to, for that epoch of that conversation."""

from __future__ import annotations

from uuid import UUID

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from leeward.sealing.box import SealBroken
from leeward.sealing.contexts import epoch_context
from leeward.sealing.envelopes import seal_envelope
from leeward.sealing.epochs import new_epoch_key, open_epoch_key, seal_epoch_key
from leeward.sealing.keys import KeyRefused, public_key
from leeward.sealing.tests.make import KEY, keys, u32

CONVERSATION = UUID(int=7)


@given(keys, st.lists(keys, min_size=1, max_size=3), st.uuids(), u32)
def test_each_reader_opens_the_same_key(
    key: bytes, readers: list[bytes], conversation: UUID, epoch: int
) -> None:
    wraps = [
        seal_epoch_key(key, to=public_key(reader), conversation=conversation, epoch=epoch)
        for reader in readers
    ]

    opened = [
        open_epoch_key(wrap, private=reader, conversation=conversation, epoch=epoch)
        for wrap, reader in zip(wraps, readers, strict=True)
    ]

    assert opened == [key] * len(readers)


@given(u32, u32, st.uuids(), st.uuids())
def test_a_wrap_moved_to_another_epoch_or_conversation_does_not_open(
    epoch: int, other_epoch: int, conversation: UUID, other: UUID
) -> None:
    assume((epoch, conversation) != (other_epoch, other))
    wrap = seal_epoch_key(KEY, to=public_key(KEY), conversation=conversation, epoch=epoch)

    with pytest.raises(SealBroken):
        open_epoch_key(wrap, private=KEY, conversation=other, epoch=other_epoch)


def test_a_wrap_that_holds_no_key_is_refused() -> None:
    context = epoch_context(CONVERSATION, 1)
    wrap = seal_envelope(b"short", to=public_key(KEY), context=context)

    with pytest.raises(SealBroken):
        open_epoch_key(wrap, private=KEY, conversation=CONVERSATION, epoch=1)


def test_only_a_whole_key_is_wrapped() -> None:
    with pytest.raises(KeyRefused):
        seal_epoch_key(b"short", to=public_key(KEY), conversation=CONVERSATION, epoch=1)


def test_epoch_keys_are_whole_and_differ() -> None:
    made = {new_epoch_key() for _ in range(100)}

    assert len(made) == 100
    assert {len(key) for key in made} == {32}
