"""Lists of words to look for in a text, and the finding of them. Plain Python and YAML.

A list is a YAML file: groups with a reason (`why`), each with phrases and what to write instead.
In a phrase `*` stands for the rest of a word, `(one|other)` for either, `(this )?` for a part
that may be missing; case, accents, curly apostrophes and spacing don't matter.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

_HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Found:
    """A phrase as it stands in the text, why not to say it, and what to say instead."""

    phrase: str
    why: str
    instead: str


@dataclass(frozen=True, slots=True)
class _Entry:
    pattern: re.Pattern[str]
    why: str
    instead: str


def find(list_name: str, text: str, language: str) -> list[Found]:
    """Return each phrase of the list that stands in `text`, in the order of the text.

    list_name: file name without language and ending. Of two that overlap the longer one counts.
    A language without a list finds nothing.
    """
    folded, places = _fold(text)
    hits = [
        (match.start(), match.end(), entry)
        for entry in _entries(list_name, language)
        for match in entry.pattern.finditer(folded)
    ]
    found: list[Found] = []
    last_end = 0
    for start, end, entry in sorted(hits, key=lambda hit: (hit[0], -hit[1])):
        if start >= last_end:
            as_written = text[places[start] : places[end - 1] + 1]
            found.append(Found(as_written, entry.why, entry.instead))
            last_end = end
    return found


@cache
def _entries(list_name: str, language: str) -> tuple[_Entry, ...]:
    return tuple(
        _Entry(_pattern(phrase), group["why"], instead)
        for group in _groups(list_name, language)
        for phrase, instead in group["phrases"].items()
    )


def _groups(list_name: str, language: str) -> list[dict[str, Any]]:
    file = _HERE / f"{list_name}.{language}.yaml"
    if not file.exists():
        return []
    groups: list[dict[str, Any]] = yaml.safe_load(file.read_text(encoding="utf-8"))
    return groups


def _pattern(phrase: str) -> re.Pattern[str]:
    folded, _places = _fold(phrase)
    pattern = re.sub(r"[^\w()|*?\s-]", lambda mark: re.escape(mark[0]), folded)
    pattern = pattern.replace("(", "(?:").replace("*", r"\w*")
    return re.compile(r"(?<!\w)" + re.sub(r"[\s-]+", r"[\\s-]+", pattern) + r"(?!\w)")


def _fold(text: str) -> tuple[str, list[int]]:
    """Return `text` in plain small letters, and for each of them its place in `text`."""
    folded, places = [], []
    for place, letter in enumerate(text):
        straight = "'" if letter in "’‘`´" else letter
        for part in unicodedata.normalize("NFD", straight.casefold()):
            if not unicodedata.combining(part):
                folded.append(part)
                places.append(place)
    return "".join(folded), places


def phrases_of(list_name: str, language: str) -> list[str]:
    """Return the phrases of a list as they are written in its file."""
    return [phrase for group in _groups(list_name, language) for phrase in group["phrases"]]
