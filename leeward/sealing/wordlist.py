"""The EFF's large word list (7,776 words) and those of it that we draw.

Source and licence: data/README.md. Read once, kept in memory (0.6 MB).
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files


@cache
def all_words() -> tuple[str, ...]:
    """Return the whole list, in its order: 7,776 words. Fingerprints count in it."""
    return _read("eff_large_wordlist.txt")


@cache
def drawn_words() -> tuple[str, ...]:
    """Return the words that code words are drawn from, in alphabetical order.

    Left out: four with a hyphen, which a typed separator would cut in two, and words that
    nobody should be asked to remember on a bad day (data/not_drawn.txt).
    """
    left_out = frozenset(_read("not_drawn.txt"))
    return tuple(word for word in all_words() if word not in left_out)


@cache
def drawn_set() -> frozenset[str]:
    """Return `drawn_words` for looking up."""
    return frozenset(drawn_words())


def _read(name: str) -> tuple[str, ...]:
    text = (files("leeward.sealing") / "data" / name).read_text(encoding="ascii")
    return tuple(text.split())
