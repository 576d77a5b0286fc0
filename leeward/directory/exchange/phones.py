"""Phone cells as people fill them: words, several numbers, letters on the keys, extensions."""

from __future__ import annotations

import re
from dataclasses import dataclass

import phonenumbers
from phonenumbers import Leniency, PhoneNumber, PhoneNumberFormat, PhoneNumberMatcher

MOST_NUMBERS = 8
MOST_LETTERS = 400
MOST_EXTENSION = 2_147_483_647
_SHORT = re.compile(r"^\d{3,6}$")
_GAPS = re.compile(r"(?<=\d)\s*([-.])\s*(?=\d)")
_AMERICAN = re.compile(r"^(?:\+?1[\s.-]*)?\(?([2-9]\d\d)\)?[\s.-]*([2-9]\d\d)[\s.-]*(\d{4})$")
_AMERICAN_COUNTRIES = {"US", "CA", "PR", "GU", "VI", "AS", "MP"}
_SHAPE = re.compile(r"^[\d\s()+./-]{3,60}$")
_VANITY = re.compile(
    r"(?:\+?1[-.\s]*)?\(?[2-9]\d\d\)?(?:[-.\s]+[A-Z0-9]+){1,4}(?:\s*(?:ext|x)\.?\s*\d+)?",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Read:
    """One number. number: international form, or as told when it is short or unsure."""

    number: str
    extension: int | None
    note: str


def read_phones(cell: str, country: str) -> list[Read]:
    """Return the numbers in a cell, in order, with the words before each as its note.

    country: two letters, for numbers without their country's prefix. Nothing readable: an empty
    list. Texts over MOST_LETTERS are cut first.
    """
    text = _GAPS.sub(r"\1", cell[:MOST_LETTERS].strip().strip("\"'").strip())
    if _SHORT.match(text):
        return [Read(text, None, "")]
    if country in _AMERICAN_COUNTRIES and (usual := _AMERICAN.match(text)):
        return [Read("+1 " + "-".join(usual.groups()), None, "")]
    found = _matches(text, country) or _vanity(text, country)
    if not found and _SHAPE.match(text) and any(letter.isdigit() for letter in text):
        return [Read(text, None, "")]
    return found


def _matches(text: str, country: str) -> list[Read]:
    found: list[Read] = []
    end = 0
    for match in PhoneNumberMatcher(text, country, leniency=Leniency.POSSIBLE):
        if len(found) == MOST_NUMBERS:
            break
        found.append(_read(match.number, text[end : match.start]))
        end = match.end
    rest = _note(text[end:])
    if len(found) == 1 and rest and not found[0].note:
        return [Read(found[0].number, found[0].extension, rest)]
    return found


def _vanity(text: str, country: str) -> list[Read]:
    """Read 1-800-CALL-NOW; its letters stay as the note."""
    match = _VANITY.search(text)
    if match is None:
        return []
    try:
        number = phonenumbers.parse(match[0], country)
    except phonenumbers.NumberParseException:
        return []
    if not phonenumbers.is_possible_number(number):
        return []
    return [_read(number, text)]


def _read(number: PhoneNumber, note: str) -> Read:
    told = number.extension or ""
    extension = int(told) if told.isdigit() else None
    bare = PhoneNumber(
        country_code=number.country_code,
        national_number=number.national_number,
        italian_leading_zero=number.italian_leading_zero,
        number_of_leading_zeros=number.number_of_leading_zeros,
    )
    written = phonenumbers.format_number(bare, PhoneNumberFormat.INTERNATIONAL)
    fits = extension is not None and extension <= MOST_EXTENSION
    return Read(written, extension if fits else None, _note(note))


def _note(text: str) -> str:
    return text.strip(" \t\n:;,|/()-–—\"'").strip()
