"""Two-of-three recovery of a team key: any two supervisors together, one alone holds noise.

For each pair of supervisors a fresh random half: the first of the pair gets it, the second gets the
key xor it.
"""

from __future__ import annotations

import json
import secrets
from dataclasses import dataclass, field
from json import JSONDecodeError

from leeward.sealing import keys
from leeward.sealing.box import SealBroken
from leeward.sealing.encoding import TextUnreadable, from_text, to_text
from leeward.sealing.keys import KEY_BYTES, KeyRefused

PAIRS = ("12", "13", "23")
HELD = (("12", "13"), ("12", "23"), ("13", "23"))  # by the first, the second, the third


class SharesMismatched(Exception):
    """These two shares do not make this team's key: another key's, or twice the same."""


@dataclass(frozen=True, slots=True)
class Share:
    """One supervisor's two halves, by pair: {"12": 32 bytes, "13": 32 bytes} for the first."""

    halves: dict[str, bytes] = field(repr=False)


def split_key(private: bytes) -> tuple[Share, Share, Share]:
    """Return the shares of the first, second and third supervisor. Raises KeyRefused."""
    if len(private) != KEY_BYTES:
        raise KeyRefused
    noise = {pair: secrets.token_bytes(KEY_BYTES) for pair in PAIRS}
    rest = {pair: _xor(private, half) for pair, half in noise.items()}
    return (
        Share({"12": noise["12"], "13": noise["13"]}),
        Share({"12": rest["12"], "23": noise["23"]}),
        Share({"13": rest["13"], "23": rest["23"]}),
    )


def join_shares(one: Share, other: Share, *, public: bytes) -> bytes:
    """Return the team's private key, checked against its public key. Raises SharesMismatched."""
    common = one.halves.keys() & other.halves.keys()
    if len(common) != 1:
        raise SharesMismatched
    pair = common.pop()
    private = _xor(one.halves[pair], other.halves[pair])
    if keys.public_key(private) != public:
        raise SharesMismatched
    return private


def write_share(share: Share) -> bytes:
    """Return the share as JSON, to be sealed to its supervisor (`contexts.share_context`)."""
    texts = {pair: to_text(half) for pair, half in sorted(share.halves.items())}
    return json.dumps(texts, separators=(",", ":")).encode()


def read_share(data: bytes) -> Share:
    """Return the share that `data` spells. Raises SealBroken."""
    try:
        texts = json.loads(data)
        halves = {pair: from_text(text) for pair, text in texts.items()}
    except (
        TextUnreadable,
        AttributeError,
        TypeError,
        UnicodeDecodeError,
        JSONDecodeError,
    ) as wrong:
        raise SealBroken from wrong
    if tuple(halves) not in HELD or any(len(half) != KEY_BYTES for half in halves.values()):
        raise SealBroken
    return Share(halves)


def _xor(one: bytes, other: bytes) -> bytes:
    return bytes(a ^ b for a, b in zip(one, other, strict=True))
