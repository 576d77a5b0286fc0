"""The first byte of everything sealed: which suite of algorithms made it.

Suite 1: HPKE base mode with DHKEM(X25519, HKDF-SHA256), HKDF-SHA256 and AES-256-GCM (RFC 9180);
AES-256-GCM with a random nonce (NIST SP 800-38D); Argon2id version 1.3 (RFC 9106).
Suite 2 is kept for a post-quantum one (X-Wing: ML-KEM-768 with X25519).
"""

from __future__ import annotations

from leeward.sealing.box import SealBroken

SUITE_1 = b"\x01"


class SuiteUnknown(SealBroken):
    """The first byte names a suite that this version can't open. Nothing was tried."""


def mark(body: bytes) -> bytes:
    """Return `body` behind the byte of suite 1."""
    return SUITE_1 + body


def unmark(sealed: bytes, *, at_least: int) -> bytes:
    """Return what follows the suite's byte.

    at_least: the fewest bytes that can follow it. Raises SuiteUnknown; SealBroken when cut short.
    """
    if sealed[:1] != SUITE_1:
        raise SuiteUnknown if sealed else SealBroken
    if len(sealed) <= at_least:
        raise SealBroken
    return sealed[1:]
