"""From six words to the key that opens a kept conversation, shared between her side and ours.

Her side stretches the words into `claim` and `half`; ours turns the claim into a lookup id and a
share, with the pepper. Only `half` and `share` together make the key.
"""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass, field

from leeward.sealing.derive import derive
from leeward.sealing.stretching import stretch, stretch_soon

HALF_BYTES = 32


@dataclass(frozen=True, slots=True)
class Stretched:
    """Two halves of the stretched words. The claim goes to the server, the half never does."""

    claim: bytes = field(repr=False)
    half: bytes = field(repr=False)


def stretch_words(words: str, *, site_salt: bytes) -> Stretched:
    """Return claim and half of normalised `words`. Blocks; raises StretchingBusy.

    site_salt: 16 bytes, public, one for a site.
    """
    return _cut(stretch(words.encode(), salt=site_salt, length=2 * HALF_BYTES))


async def stretch_words_soon(words: str, *, site_salt: bytes) -> Stretched:
    """Return what `stretch_words` returns, without blocking the loop. Raises StretchingBusy."""
    return _cut(await stretch_soon(words.encode(), salt=site_salt, length=2 * HALF_BYTES))


def lookup_id(claim: bytes, *, pepper: bytes) -> bytes:
    """Return the 32 bytes under which the kept conversation is found. Needs the pepper."""
    return _keyed(pepper, b"lookup\0" + claim)


def server_share(claim: bytes, *, pepper: bytes) -> bytes:
    """Return the server's 32 bytes of the unlock key. Kept nowhere: made anew from the claim."""
    return _keyed(pepper, b"share\0" + claim)


def unlock_key(half: bytes, share: bytes) -> bytes:
    """Return the key of the box that holds the visitor's secret (`contexts.words_data`)."""
    return derive(half + share, b"leeward words v1")


def _cut(stretched: bytes) -> Stretched:
    return Stretched(claim=stretched[:HALF_BYTES], half=stretched[HALF_BYTES:])


def _keyed(pepper: bytes, data: bytes) -> bytes:
    return hmac.new(pepper, data, hashlib.sha256).digest()
