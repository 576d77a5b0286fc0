"""Envelopes: sealed to a public key, opened with its private half (HPKE base mode, RFC 9180).

`suite (1) | encapsulated key (32) | ciphertext and tag`. The context is HPKE's `info`. Anybody who
has the public key can seal: an envelope says to whom, never from whom.
"""

from __future__ import annotations

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite

from leeward.sealing.box import SealBroken
from leeward.sealing.keys import KeyRefused
from leeward.sealing.suites import mark, unmark

ENCAPSULATED_BYTES = 32
TAG_BYTES = 16

_hpke = Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM)


def seal_envelope(plain: bytes, *, to: bytes, context: bytes) -> bytes:
    """Return `plain` sealed to the public key `to` (32 bytes), 49 bytes longer. Each call differs.

    context: from `contexts`; the same is needed to open. Raises KeyRefused.
    """
    try:
        return mark(_hpke.encrypt(plain, X25519PublicKey.from_public_bytes(to), info=context))
    except ValueError as wrong:
        raise KeyRefused from wrong


def open_envelope(sealed: bytes, *, private: bytes, context: bytes) -> bytes:
    """Return what was sealed to the public half of `private` in this context.

    Raises SealBroken, SuiteUnknown; KeyRefused unless `private` has 32 bytes.
    """
    body = unmark(sealed, at_least=ENCAPSULATED_BYTES + TAG_BYTES)
    try:
        key = X25519PrivateKey.from_private_bytes(private)
    except ValueError as wrong:
        raise KeyRefused from wrong
    try:
        return _hpke.decrypt(body, key, info=context)
    except (InvalidTag, ValueError) as wrong:
        raise SealBroken from wrong
