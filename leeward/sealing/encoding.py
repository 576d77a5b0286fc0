"""Bytes as text for forms and JSON: base64url without padding (RFC 4648, section 5)."""

from __future__ import annotations

import base64
import binascii


class TextUnreadable(ValueError):
    """The text is not base64url without padding, or not in its one proper spelling."""


def to_text(data: bytes) -> str:
    """Return `data` as base64url without padding."""
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def from_text(text: str) -> bytes:
    """Return the bytes that `text` spells. Raises TextUnreadable.

    Each run of bytes has one spelling: padding, blanks and loose last bits are refused.
    """
    try:
        data = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError) as wrong:
        raise TextUnreadable from wrong
    if to_text(data) != text:
        raise TextUnreadable
    return data
