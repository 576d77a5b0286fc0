"""A member's passphrase: stretched into the key of the box that holds her private key.

Her browser does this; the same is here for shared vectors and for tools that rescue a key.
"""

from __future__ import annotations

import secrets
import unicodedata

from leeward.sealing.keys import KEY_BYTES
from leeward.sealing.stretching import SALT_BYTES, stretch


def new_salt() -> bytes:
    """Return a fresh salt. It is stored in the open beside the box."""
    return secrets.token_bytes(SALT_BYTES)


def passphrase_key(passphrase: str, *, salt: bytes) -> bytes:
    """Return the key for `passphrase` (made NFKC first). Blocks; raises StretchingBusy."""
    plain = unicodedata.normalize("NFKC", passphrase)
    return stretch(plain.encode(), salt=salt, length=KEY_BYTES)
