"""A box for short texts: sealed with a key file, opened only with the same key and purpose.

AES-256-GCM (NIST SP 800-38D) under a key derived by HKDF-SHA256 (RFC 5869) from the key file. A
sealed text is bound to its purpose and to the id it belongs to, so it can't be moved elsewhere.
"""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

KEY_BYTES = 32
NONCE_BYTES = 12
VERSION = b"\x01"


class SealBroken(Exception):
    """The text can't be opened: another key, another owner, or it was changed."""


class KeyUnfit(Exception):
    """The key file does not hold a key; the text says which file and what to do."""


class Box:
    """Seals and opens texts of one purpose, such as "stories.consent"."""

    def __init__(self, key: bytes, *, purpose: str) -> None:
        derive = HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=None, info=purpose.encode())
        self._cipher = AESGCM(derive.derive(key))

    def seal(self, text: str, *, owner: str) -> bytes:
        """Return `text` sealed for `owner` (the id it belongs to). Each call differs."""
        nonce = secrets.token_bytes(NONCE_BYTES)
        return VERSION + nonce + self._cipher.encrypt(nonce, text.encode(), owner.encode())

    def open(self, sealed: bytes, *, owner: str) -> str:
        """Return the text that was sealed for `owner`. Raises SealBroken."""
        start = len(VERSION) + NONCE_BYTES
        if sealed[: len(VERSION)] != VERSION or len(sealed) < start:
            raise SealBroken
        nonce = sealed[len(VERSION) : start]
        try:
            return self._cipher.decrypt(nonce, sealed[start:], owner.encode()).decode()
        except InvalidTag as wrong:
            raise SealBroken from wrong


def read_or_make_key(file: Path) -> bytes:
    """Return the key in `file`; make one, readable by its owner only, when there is none.

    Raises KeyUnfit when the file holds something else. Safe when two processes start at once.
    """
    try:
        _make_key(file)
    except FileExistsError:
        pass
    key = file.read_bytes()
    if len(key) != KEY_BYTES:
        raise KeyUnfit(f"{file} does not hold a key. Put the right file back from the backup.")
    return key


def _make_key(file: Path) -> None:
    if file.exists():
        raise FileExistsError(file)
    fresh = file.with_name(f".{file.name}-{secrets.token_hex(8)}")
    handle = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(handle, "wb") as out:
            out.write(secrets.token_bytes(KEY_BYTES))
            out.flush()
            os.fsync(out.fileno())
        os.link(fresh, file)  # whole or not at all, and never over an old key
    finally:
        fresh.unlink()
