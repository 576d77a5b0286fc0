"""Keys, ids and nonces that are always the same."""

from __future__ import annotations

import hashlib
from typing import Any
from uuid import UUID

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from leeward.sealing import keys

CONVERSATION = UUID("7d444840-9dc0-4a5a-9d2b-2f3a5c1e8b01")
LINE = UUID("0b7c1f8e-3f62-4b0c-8a54-0d9be1d7c202")
CALL = UUID("c3a1d5f0-6e1b-4e57-b7a9-5a4d8e0f9103")
ACCOUNT = 2**32 + 7
SITE_SALT = hashlib.sha256(b"leeward vector site salt").digest()[:16]

Vector = dict[str, Any]


def fixed(name: str) -> bytes:
    """Return 32 bytes that are always the same for a name."""
    return hashlib.sha256(f"leeward vector {name}".encode()).digest()


def public(name: str) -> bytes:
    """Return the public half of the private key that `name` gives."""
    return keys.public_key(fixed(name))


def box(plain: bytes, *, key: bytes, place: bytes) -> bytes:
    """Return a box put together by hand, its nonce fixed by what it holds."""
    nonce = hashlib.sha256(plain + place).digest()[:12]
    return b"\x01" + nonce + AESGCM(key).encrypt(nonce, plain, place)
