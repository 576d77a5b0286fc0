"""Six code words: drawn, read as people type them, and the likely word where a letter slipped."""

from __future__ import annotations

import re
import secrets
import unicodedata
from dataclasses import dataclass

from rapidfuzz import process
from rapidfuzz.distance import OSA, JaroWinkler

from leeward.sealing.derive import derive
from leeward.sealing.wordlist import drawn_set, drawn_words

WORD_COUNT = 6
TYPED_MAX = 400
SLIPS_MAX = 2

# Accents that a keyboard adds, and invisible signs that copying brings along.
_DROPPED = re.compile("[\u0300-\u036f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]")
_BETWEEN = re.compile("[^a-z]+")


@dataclass(frozen=True, slots=True)
class Slip:
    """A typed word that is not on the list.

    position: 1 is the first word. nearest: the word of the list at most two slips away, or "".
    """

    position: int
    typed: str
    nearest: str


def draw_words() -> str:
    """Return six words drawn evenly and each by itself: 77.2 bits. Lower case, single blanks."""
    return " ".join(secrets.choice(drawn_words()) for _ in range(WORD_COUNT))


def words_from(seed: bytes) -> str:
    """Return the six words that belong to a seed of 32 random bytes: the same each time."""
    listed = drawn_words()
    drawn = (derive(seed, b"leeward drawn word v1" + bytes([at])) for at in range(WORD_COUNT))
    # 256 bits over 7,487 words: no word is likelier than another by anything that can be told.
    return " ".join(listed[int.from_bytes(number, "big") % len(listed)] for number in drawn)


def normalise(typed: str) -> str:
    """Return what was typed as lower-case words of a to z with single blanks between.

    Capitals, accents, wide letters, invisible signs and any separators make no difference. What
    stands beyond the 400th character is not read.
    """
    plain = _DROPPED.sub("", unicodedata.normalize("NFKD", typed[:TYPED_MAX])).lower()
    return _BETWEEN.sub(" ", plain).strip()


def find_slips(typed: str) -> tuple[Slip, ...]:
    """Return the typed words that are not on the list, each with the nearest that is."""
    return tuple(
        Slip(position, word, _nearest(word))
        for position, word in enumerate(normalise(typed).split(), start=1)
        if word not in drawn_set()
    )


def is_complete(typed: str) -> bool:
    """Tell whether six words of the list were typed. Says nothing about whose they are."""
    return len(normalise(typed).split()) == WORD_COUNT and not find_slips(typed)


def _nearest(word: str) -> str:
    near = process.extract(
        word, drawn_words(), scorer=OSA.distance, score_cutoff=SLIPS_MAX, limit=None
    )
    if not near:
        return ""
    fewest = near[0][1]
    # Of equally near words the one that begins alike: people slip at the end of a word.
    return max(
        (found for found, slips, _ in near if slips == fewest),
        key=lambda found: JaroWinkler.similarity(word, found),
    )
