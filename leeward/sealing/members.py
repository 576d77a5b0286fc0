"""A member's private key, boxed under each of her locks: passphrase, recovery code, passkey.

Made in her browser; the server stores boxes that it can't open.
"""

from __future__ import annotations

from leeward.sealing.box import SealBroken
from leeward.sealing.boxes import open_box, seal_box
from leeward.sealing.contexts import MemberLock, member_data
from leeward.sealing.derive import derive
from leeward.sealing.keys import KEY_BYTES, KeyRefused


def seal_member_key(private: bytes, *, key: bytes, account: int, lock: MemberLock) -> bytes:
    """Return the private key boxed under the key of one lock. Raises KeyRefused."""
    if len(private) != KEY_BYTES:
        raise KeyRefused
    return seal_box(private, key=key, place=member_data(account, lock))


def open_member_key(sealed: bytes, *, key: bytes, account: int, lock: MemberLock) -> bytes:
    """Return the private key. Raises SealBroken, SuiteUnknown, KeyRefused."""
    private = open_box(sealed, key=key, place=member_data(account, lock))
    if len(private) != KEY_BYTES:
        raise SealBroken
    return private


def passkey_key(output: bytes) -> bytes:
    """Return the key made from a passkey's PRF output (WebAuthn level 3, 32 bytes)."""
    return derive(output, b"leeward passkey v1")
