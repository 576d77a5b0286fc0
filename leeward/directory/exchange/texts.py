"""Texts from anywhere made plain: no markup, no control characters, no more than fits."""

from __future__ import annotations

import html
import re

MOST_RAW = 200_000
MOST_TEXT = 20_000
MOST_ROUNDS = 12

_QUICK = re.compile(
    r"[<&\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff]"
)
# Control characters, direction overrides (they make text read as another) and lone surrogates.
_UNSEEN = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff]"
)
_PROGRAM = re.compile(r"<(script|style)\b[^<>]*>.*?</\1\s*>", re.IGNORECASE | re.DOTALL)
_BREAK = re.compile(r"<(?:br|/p|/div|/li|/ul|/tr|/h\d)\b[^<>]*>", re.IGNORECASE)
_TAG = re.compile(r"</?[a-zA-Z!][^<>]*>")
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_SPACES = re.compile(r"[^\S\n]+")
_LINES = re.compile(r" ?\n(?:\s*\n)*\s*")


def plain(text: str) -> str:
    """Return `text` without markup and control characters, spaces put right; line breaks stay.

    The same text again comes back unchanged. Texts over MOST_RAW letters are cut first.
    """
    text = text[:MOST_RAW]
    if _QUICK.search(text):
        text = _without_markup(text.replace("\r\n", "\n").replace("\r", "\n"))
    if "\n" not in text:
        return " ".join(text.split())
    return _LINES.sub("\n", _SPACES.sub(" ", text)).strip()


def one_line(text: str) -> str:
    """Return `text` as `plain` does, on one line."""
    return " ".join(plain(text).split())


def _without_markup(text: str) -> str:
    """Take markup out until none is left: what an entity hid may be markup again."""
    for _round in range(MOST_ROUNDS):
        before = text
        text = _UNSEEN.sub("", text)
        text = _TAG.sub(" ", _BREAK.sub("\n", _PROGRAM.sub(" ", text)))
        text = _ENTITY.sub(lambda found: html.unescape(found[0]), text)
        if text == before:
            return text
    return text.replace("<", " ").replace("&", " ")
