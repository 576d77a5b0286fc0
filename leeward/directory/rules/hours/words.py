"""Prose about hours, cut into the words that are known."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from typing import NamedTuple

from leeward.directory.rules.hours.clock import minute_of

_DAY_NAMES = {
    "MO": r"mon(?:day)?",
    "TU": r"tues?(?:day)?",
    "WE": r"wed(?:nesday)?",
    "TH": r"thu(?:rs?)?(?:day)?",
    "FR": r"fri(?:day)?",
    "SA": r"sat(?:urday)?",
    "SU": r"sun(?:day)?",
}
_NUMBERS = {
    "1": "1st|first",
    "2": "2nd|second",
    "3": "3rd|third",
    "4": "4th|fourth",
    "-1": "last",
}
_ALL_DAYS = "MO,TU,WE,TH,FR,SA,SU"
_ASK = r"(?:please )?call(?: us)? to (?:inquire|ask|find out) about"
# (kind, value, pattern): the first that fits at a place is taken. "" as value: the text itself.
_KNOWN: tuple[tuple[str, str, str], ...] = (
    ("ask", "weekend", rf"{_ASK} weekend hours(?: of operation)?"),
    ("ask", "same", rf"{_ASK} (?:availability|hours) (?:before|after) \d{{1,2}}(?::\d\d)? ?[ap]m"),
    ("ask", "other", rf"{_ASK} [^;\n]*"),
    ("around", "", r"(?:open )?(?:24/7|24[ -]?hours?(?: (?:a|per) day)?)"),
    ("days", _ALL_DAYS, r"(?:7|seven) days(?: (?:a|per) week)?|daily|every ?day"),
    ("days", "MO,TU,WE,TH,FR", r"weekdays"),
    ("days", "SA,SU", r"weekends"),
    *(("day", code, rf"(?:{name}s?)\b\.?") for code, name in _DAY_NAMES.items()),
    *(("number", code, rf"(?:every |the )?(?:{name})\b") for code, name in _NUMBERS.items()),
    ("month", "", r"(?:of|in) (?:the|each|every) month"),
    ("time", "", r"\d{1,2}(?::\d{2})? ?[ap]\.?m\b\.?|noon\b|midnight\b"),
    ("clock", "", r"\d{2}:\d{2}(?! ?[ap]\.?m)"),
    ("dash", "", r"[-–—]+|to\b|until\b|through\b|thru\b"),
    ("and", "", r"and\b|&"),
    ("comma", "", r","),
    ("colon", "", r":"),
    ("break", "", r"[;\n.]"),
    ("hours", "", r"(?:office |opening |business )?hours(?: of operation)?\b(?= ?:)"),
    ("open", "", r"open\b"),
)
_PATTERN = re.compile(
    "|".join(f"(?P<k{place}>{pattern})" for place, (_k, _v, pattern) in enumerate(_KNOWN)),
    re.IGNORECASE,
)
_LABEL = re.compile(r"[A-Za-z]+(?: [A-Za-z]+){0,3} (?=every (?:\d(?:st|nd|rd|th)|first|last))")
# A line to call is not a door to knock at.
_LINES = re.compile(r"hot|chat|phone|line|text", re.IGNORECASE)
_TAG = re.compile(r"<(/?)(\w+)[^<>]*>")
_LISTS = {"ul", "ol"}
_INLINE = {"b", "strong", "em", "i", "span"}


class NotSure(Exception):
    """The text can't be read wholly and surely."""


class Word(NamedTuple):
    """One known word: day, days, time (value: minute of the day), dash, around and others."""

    kind: str
    value: str


def plain_text(text: str, *, is_strict: bool = True) -> str:
    """Return the text without HTML; list items and paragraphs end a line.

    Raises NotSure, when strict, for a piece of a list: its other pieces stand elsewhere.
    """
    if is_strict and _is_piece_of_a_list(text):
        raise NotSure

    def mark(found: re.Match[str]) -> str:
        name = found[2].lower()
        return "" if name in _INLINE else " " if name == "br" else "\n"

    flat = html.unescape(_TAG.sub(mark, text)).replace("\xa0", " ")
    return "\n".join(" ".join(line.split()) for line in flat.splitlines() if line.strip())


def _is_piece_of_a_list(text: str) -> bool:
    depth = 0
    for end, name in _TAG.findall(text):
        if name.lower() in _LISTS:
            depth += -1 if end else 1
        elif name.lower() == "li" and depth < 1:
            return True
    return depth != 0


def words_of(plain: str) -> Iterator[Word]:
    """Yield the words of a plain text. Raises NotSure at the first one that is not known."""
    label = _LABEL.match(plain)
    if label and _LINES.search(label[0]):
        raise NotSure
    place = label.end() if label else 0
    while place < len(plain):
        if plain[place] == " ":
            place += 1
            continue
        found = _PATTERN.match(plain, place)
        if found is None or found.lastgroup is None:
            raise NotSure
        yield _word(found)
        place = found.end()


def _word(found: re.Match[str]) -> Word:
    kind, value, _pattern = _KNOWN[int((found.lastgroup or "k0")[1:])]
    if kind == "time":
        return Word(kind, str(_minute(found[0])))
    if kind == "clock":
        return Word("time", str(_minute(found[0])))
    return Word(kind, value or found[0])


def _minute(text: str) -> int:
    text = {"noon": "12:00", "midnight": "00:00"}.get(text.lower(), text)
    read = minute_of(text.replace(".", ""))
    if read is None or read[1] is not None:
        raise NotSure
    return read[0]
