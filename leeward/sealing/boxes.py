"""Boxes: sealed under a key of 32 bytes that both sides hold (AES-256-GCM, NIST SP 800-38D).

`suite (1) | nonce (12) | ciphertext and tag`. The place is the associated data: moved elsewhere, a
box does not open.
"""

from __future__ import annotations

import secrets

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from leeward.sealing.box import SealBroken
from leeward.sealing.keys import KEY_BYTES, KeyRefused
from leeward.sealing.suites import mark, unmark

NONCE_BYTES = 12
TAG_BYTES = 16


def seal_box(plain: bytes, *, key: bytes, place: bytes) -> bytes:
    """Return `plain` sealed under `key` (32 bytes) for `place`, 29 bytes longer. Each call differs.

    place: associated data from `contexts`. Raises KeyRefused.
    """
    nonce = secrets.token_bytes(NONCE_BYTES)
    return mark(nonce + _cipher(key).encrypt(nonce, plain, place))


def open_box(sealed: bytes, *, key: bytes, place: bytes) -> bytes:
    """Return what was sealed under `key` for `place`.

    Raises SealBroken, SuiteUnknown; KeyRefused unless `key` has 32 bytes.
    """
    body = unmark(sealed, at_least=NONCE_BYTES + TAG_BYTES)
    try:
        return _cipher(key).decrypt(body[:NONCE_BYTES], body[NONCE_BYTES:], place)
    except InvalidTag as wrong:
        raise SealBroken from wrong


def _cipher(key: bytes) -> AESGCM:
    if len(key) != KEY_BYTES:
        raise KeyRefused
    return AESGCM(key)
