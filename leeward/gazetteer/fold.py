"""One spelling for what people write in many ways; what a name sounds like; a name in a code."""

from __future__ import annotations

import re
import unicodedata

MOST_LETTERS = 120
_LETTERS = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ħ": "h"}
)
_SILENT = re.compile(r"['’‘ʻʼ`´\u200b-\u200f]")
_BREAK = re.compile(r"[\W_]+")
_WORDS = {"st": "saint", "ste": "sainte", "ft": "fort", "mt": "mount", "sta": "santa"}
_SOUNDS = (("ph", "f"), ("ck", "k"), ("qu", "k"))
_ALIKE = str.maketrans("cqzwjv", "kksvyb")
_WEAK = re.compile(r"[aeiouhy ]")
_TWICE = re.compile(r"(.)\1+")


def fold(text: str) -> str:
    """Return `text` without accents, case and marks: "St. Mary's" and "saint marys" are the same.

    Words are parted by single spaces; "" when nothing is left. Only the first 120 letters count.
    """
    text = _SILENT.sub("", text[:MOST_LETTERS])
    if not text.isascii():
        spread = unicodedata.normalize("NFKD", text)
        text = "".join(letter for letter in spread if not unicodedata.combining(letter))
        text = text.casefold().translate(_LETTERS)
    words = _BREAK.sub(" ", text.casefold()).split()
    return " ".join(_WORDS.get(word, word) for word in words)


def slug(name: str) -> str:
    """Return a name as it stands in an area's code: "Kings County" is kings-county."""
    return fold(name).replace(" ", "-")


def sound(folded: str) -> str:
    """Return what is left of a folded name when vowels and doubled letters do not count.

    "brooklyn", "bruklin" and "brookyln" are the same. Letters that English and Spanish
    writers mix up (b/v, c/k, s/z) are one. The first letter always stays.
    """
    for written, heard in _SOUNDS:
        folded = folded.replace(written, heard)
    folded = folded.translate(_ALIKE)
    return _TWICE.sub(r"\1", folded[:1] + _WEAK.sub("", folded[1:]))


def shorter_by_one(key: str) -> set[str]:
    """Return every spelling of `key` with one letter left out."""
    return {key[:place] + key[place + 1 :] for place in range(len(key))}
