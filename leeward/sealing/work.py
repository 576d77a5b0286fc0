"""Proof of work: a browser spends a moment of arithmetic before it may ask for something dear.

A challenge carries its own time, id and difficulty, sealed by a keyed hash, so the server keeps
nothing until it is spent. Without scripts the same challenge proves a short wait instead.
"""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
import struct
from dataclasses import dataclass

from leeward.sealing.encoding import TextUnreadable, from_text, to_text

BITS_MAX = 30
ID_BYTES = 12
TAG_BYTES = 16

_fields = struct.Struct(f">IB{ID_BYTES}s")
_nonce = re.compile(r"[0-9]{1,16}", re.ASCII)


class WorkRefused(Exception):
    """The challenge is not ours or is too old, the work is not done, or the wait is not over."""


@dataclass(frozen=True, slots=True)
class Challenge:
    """What a challenge says. id: 12 random bytes; the caller remembers spent ones until too old."""

    id: bytes
    made_at: int
    bits: int


def new_challenge(*, key: bytes, bits: int, at: int) -> str:
    """Return a challenge of `bits` zero bits (0 to 30): 44 letters.

    at: Unix time in whole seconds. key: 32 bytes for this purpose alone.
    """
    if not 0 <= bits <= BITS_MAX:
        raise ValueError(bits)
    body = _fields.pack(at, bits, secrets.token_bytes(ID_BYTES))
    return to_text(body + _tag(key, body))


def check_work(challenge: str, nonce: str, *, key: bytes, at: int, age_max_s: int) -> Challenge:
    """Return the challenge that `nonce` solves. Raises WorkRefused. Costs two hashes.

    The caller refuses an id that was spent before.
    """
    found = _read(challenge, key=key, at=at, age_max_s=age_max_s)
    if not is_solved(challenge, nonce, bits=found.bits):
        raise WorkRefused
    return found


def check_wait(challenge: str, *, key: bytes, at: int, wait_s: int, age_max_s: int) -> Challenge:
    """Return the challenge, once `wait_s` seconds have passed since it was made.

    Raises WorkRefused. The way for a browser without scripts.
    """
    found = _read(challenge, key=key, at=at, age_max_s=age_max_s)
    if at - found.made_at < wait_s:
        raise WorkRefused
    return found


def is_solved(challenge: str, nonce: str, *, bits: int) -> bool:
    """Tell whether SHA-256(challenge ":" nonce) starts with `bits` zero bits.

    nonce: 1 to 16 decimal digits.
    """
    if not _nonce.fullmatch(nonce):
        return False
    digest = hashlib.sha256(f"{challenge}:{nonce}".encode()).digest()
    return int.from_bytes(digest, "big") >> (8 * len(digest) - bits) == 0


def solve(challenge: str, *, bits: int) -> str:
    """Return the smallest nonce that solves the challenge: about 2^bits hashes."""
    nonce = 0
    while not is_solved(challenge, str(nonce), bits=bits):
        nonce += 1
    return str(nonce)


def _read(challenge: str, *, key: bytes, at: int, age_max_s: int) -> Challenge:
    try:
        data = from_text(challenge)
    except TextUnreadable as wrong:
        raise WorkRefused from wrong
    body, tag = data[: _fields.size], data[_fields.size :]
    if len(body) != _fields.size or not hmac.compare_digest(tag, _tag(key, body)):
        raise WorkRefused
    made_at, bits, found_id = _fields.unpack(body)
    if not 0 <= at - made_at <= age_max_s:
        raise WorkRefused
    return Challenge(id=found_id, made_at=made_at, bits=bits)


def _tag(key: bytes, body: bytes) -> bytes:
    return hmac.new(key, b"leeward work v1\0" + body, hashlib.sha256).digest()[:TAG_BYTES]
