"""A public key as five words, for two people to compare by voice."""

from __future__ import annotations

import hashlib

from leeward.sealing.wordlist import all_words

WORD_COUNT = 5


def fingerprint(public: bytes) -> str:
    """Return five words of the EFF list for a public key: 64.6 bits of its SHA-256."""
    rest = int.from_bytes(hashlib.sha256(b"leeward fingerprint v1\0" + public).digest(), "big")
    words = []
    for _ in range(WORD_COUNT):
        rest, index = divmod(rest, len(all_words()))
        words.append(all_words()[index])
    return " ".join(words)
