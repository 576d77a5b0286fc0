"""One way to make a key from a secret: HKDF-SHA256 (RFC 5869), no salt, 32 bytes."""

from __future__ import annotations

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

KEY_BYTES = 32


def derive(secret: bytes, info: bytes) -> bytes:
    """Return 32 bytes that belong to `secret` and to the purpose that `info` names."""
    return HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=None, info=info).derive(secret)
