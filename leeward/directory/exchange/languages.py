"""Codes of languages by the names that files give them (CLDR's English ones, and others)."""

from __future__ import annotations

import re
from functools import cache

from babel import Locale

# Names that CLDR has otherwise or not at all; sign languages are ISO 639-3.
_OTHERS = {
    "american sign language": "ase", "asl": "ase", "sign language": "ase", "farsi": "fa",
    "dari": "prs", "mandarin": "zh", "chinese mandarin": "zh", "mandarin chinese": "zh",
    "cantonese": "yue", "chinese cantonese": "yue", "haitian creole": "ht", "creole": "ht",
    "tagalog": "tl", "tagalog languages": "tl", "castilian": "es", "español": "es",
    "singhalese": "si", "mandigo": "man", "mandingo": "man", "panjabi": "pa", "bengali": "bn",
    "bangla": "bn", "moldovan": "ro", "kreyol": "ht", "taishanese": "zh", "toishanese": "zh",
    "wenzhounese": "zh", "fuzhounese": "zh", "fujianese": "zh",
}  # fmt: skip
MOST_PARTS = 40


def code_of(name: str) -> str:
    """Return the ISO code of a language by its English name, or ""."""
    plain = " ".join(re.sub(r"[^\w\s]", " ", name.lower()).split())
    return _names().get(plain, "")


def named_in(text: str) -> list[str]:
    """Return the codes of the languages in a list such as "German, Farsi"; others are passed by."""
    parts = re.split(r"[,;/\n]|\band\b|<br>", text)[:MOST_PARTS]
    return list(dict.fromkeys(code for part in parts if (code := code_of(part))))


def name_of(code: str) -> str:
    """Return a language's English name, or its code."""
    return str(Locale("en").languages.get(code, code))


@cache
def _names() -> dict[str, str]:
    found: dict[str, str] = {}
    for code, name in sorted(Locale("en").languages.items(), key=lambda each: len(each[0])):
        if "_" not in code:
            found.setdefault(" ".join(re.sub(r"[^\w\s]", " ", name.lower()).split()), code)
    return found | _OTHERS
