"""Street addresses, written in many ways, brought to one. Plain Python.

Used to recognise a confidential address however an import writes it, and to find it inside texts.
Where two addresses might be the same, they count as the same: hiding too much is the safe mistake.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

# The usual short forms of streets and directions (USPS Publication 28, appendix C1 and 233).
SHORT_FORMS = {
    "avenue": "ave", "av": "ave", "boulevard": "blvd", "circle": "cir", "court": "ct",
    "drive": "dr", "expressway": "expy", "freeway": "fwy", "highway": "hwy", "lane": "ln",
    "parkway": "pkwy", "place": "pl", "plaza": "plz", "road": "rd", "square": "sq",
    "street": "st", "str": "st", "terrace": "ter", "trail": "trl", "turnpike": "tpke",
    "north": "n", "south": "s", "east": "e", "west": "w", "northeast": "ne", "northwest": "nw",
    "southeast": "se", "southwest": "sw", "saint": "st", "first": "1st", "second": "2nd",
    "third": "3rd", "fourth": "4th", "fifth": "5th", "sixth": "6th", "seventh": "7th",
    "eighth": "8th", "ninth": "9th", "tenth": "10th",
}  # fmt: skip
# From here on it says where in the house.
UNIT_WORDS = {
    "apartment", "apt", "basement", "bldg", "building", "bsmt", "floor", "fl", "front", "lobby",
    "penthouse", "ph", "rear", "rm", "room", "ste", "suite", "unit", "piso", "apartamento",
}  # fmt: skip
# What may stand between the words of a street in a text or in a web address.
_BETWEEN = r"(?:[\s.,'’+_/-]|%20)+"
# As a letter may be written: with or without its accent.
_LETTERS = {
    "a": "aáàâäã", "c": "cç", "e": "eéèêë", "i": "iíìîï", "n": "nñ", "o": "oóòôöõ", "u": "uúùûü",
}  # fmt: skip
_WORD = re.compile(r"[a-z0-9]+")
_ORDINAL_FLOOR = re.compile(r"^\d+(st|nd|rd|th)$")


def words_of(text: str) -> list[str]:
    """Return the words of `text`, lower case, without accents, streets in their short form."""
    flat = unicodedata.normalize("NFKD", text.casefold().replace("ß", "ss"))
    plain = "".join(letter for letter in flat if not unicodedata.combining(letter))
    plain = plain.replace("'", "").replace("’", "").replace(".", "")
    return [SHORT_FORMS.get(word, word) for word in _WORD.findall(plain)]


def street(lines: Iterable[str]) -> str:
    """Return the house and street of address lines, in one form; "" when there is none.

    The first line that holds a number and a word counts (a line before it may be a name); what
    follows a unit word ("Suite 4", "2nd Floor") is left out.
    """
    for line in lines:
        words = _without_unit(words_of(line.partition("#")[0]))
        if len(words) > 1 and any(word[0].isdigit() for word in words):
            return " ".join(words)
    return ""


def _without_unit(words: list[str]) -> list[str]:
    for at, word in enumerate(words):
        if at > 1 and word in UNIT_WORDS:
            is_floor = word in {"floor", "fl"} and _ORDINAL_FLOOR.match(words[at - 1])
            return words[: at - 1 if is_floor else at]
    return words


def postal(code: str) -> str:
    """Return a postal code in one form; of a ZIP+4 the five digits."""
    plain = "".join(words_of(code))
    return plain[:5] if plain.isdigit() and len(plain) >= 5 else plain  # noqa: PLR2004


def pattern(lines: Iterable[str]) -> re.Pattern[str] | None:
    """Return what finds the street of these lines in any text, short or long forms alike."""
    words = street(lines).split()
    if not words:
        return None
    return re.compile(r"\b" + _BETWEEN.join(_any_form(word) for word in words), re.IGNORECASE)


def _any_form(word: str) -> str:
    forms = [word, *(long for long, short in SHORT_FORMS.items() if short == word)]
    written = "|".join(_with_accents(form) for form in sorted(forms, key=len, reverse=True))
    return rf"(?:{written})\b"


def _with_accents(word: str) -> str:
    letters = (f"[{_LETTERS[sign]}]" if sign in _LETTERS else sign for sign in word)
    return "['’.]?".join(letters)
