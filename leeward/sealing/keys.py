"""Key pairs: X25519 (RFC 7748), both halves as 32 raw bytes."""

from __future__ import annotations

import secrets

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

KEY_BYTES = 32


class KeyRefused(ValueError):
    """These bytes can't be a key: wrong length, or a point that makes every secret the same."""


def new_private_key() -> bytes:
    """Return a fresh private key."""
    return secrets.token_bytes(KEY_BYTES)


def public_key(private: bytes) -> bytes:
    """Return the public half of `private`. Raises KeyRefused unless it has 32 bytes."""
    if len(private) != KEY_BYTES:
        raise KeyRefused
    return X25519PrivateKey.from_private_bytes(private).public_key().public_bytes_raw()
