"""A member's printed recovery code: 20 random bytes as 32 letters that are hard to misread.

Crockford's base32 (<https://www.crockford.com/base32.html>), eight groups of four.
"""

from __future__ import annotations

import base64
import re
import secrets

from leeward.sealing.derive import derive

CODE_BYTES = 20
CODE_LETTERS = 32
GROUP_LETTERS = 4

_STANDARD = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"
_CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_to_crockford = str.maketrans(_STANDARD, _CROCKFORD)
_to_standard = str.maketrans(_CROCKFORD + "OIL", _STANDARD + "ABB")


class CodeUnreadable(ValueError):
    """These letters are not a recovery code: too few, too many, or one that is never printed."""


def new_code() -> bytes:
    """Return a fresh recovery code: 20 bytes, 160 bits."""
    return secrets.token_bytes(CODE_BYTES)


def print_code(code: bytes) -> str:
    """Return `code` (20 bytes) for paper: "ABCD-EFGH-…", eight groups of four."""
    letters = base64.b32encode(code).decode().translate(_to_crockford)
    return "-".join(
        letters[at : at + GROUP_LETTERS] for at in range(0, CODE_LETTERS, GROUP_LETTERS)
    )


def read_code(typed: str) -> bytes:
    """Return the code that was typed from paper. Raises CodeUnreadable.

    Capitals, blanks and hyphens make no difference; O is read as 0, I and L as 1.
    """
    letters = re.sub(r"[\s-]", "", typed).upper()
    if len(letters) != CODE_LETTERS or not set(letters) <= set(_CROCKFORD + "OIL"):
        raise CodeUnreadable
    return base64.b32decode(letters.translate(_to_standard))


def recovery_key(code: bytes) -> bytes:
    """Return the key of the box that holds her private key under this code."""
    return derive(code, b"leeward recovery v1")
