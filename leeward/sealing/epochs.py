"""Epoch keys: one key a day for a conversation's messages, sealed to each who may read them."""

from __future__ import annotations

import secrets
from uuid import UUID

from leeward.sealing.box import SealBroken
from leeward.sealing.contexts import epoch_context
from leeward.sealing.envelopes import open_envelope, seal_envelope
from leeward.sealing.keys import KEY_BYTES, KeyRefused


def new_epoch_key() -> bytes:
    """Return a fresh key for one epoch's messages."""
    return secrets.token_bytes(KEY_BYTES)


def seal_epoch_key(key: bytes, *, to: bytes, conversation: UUID, epoch: int) -> bytes:
    """Return `key` sealed to one reader's public key: the epoch's wrap. Raises KeyRefused."""
    if len(key) != KEY_BYTES:
        raise KeyRefused
    return seal_envelope(key, to=to, context=epoch_context(conversation, epoch))


def open_epoch_key(wrap: bytes, *, private: bytes, conversation: UUID, epoch: int) -> bytes:
    """Return the epoch's key from a reader's wrap. Raises SealBroken, SuiteUnknown, KeyRefused."""
    key = open_envelope(wrap, private=private, context=epoch_context(conversation, epoch))
    if len(key) != KEY_BYTES:
        raise SealBroken
    return key
