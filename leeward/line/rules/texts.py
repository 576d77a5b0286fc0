"""What people type, made safe to show: nothing invisible, nothing that turns other words around.

Signs that right-to-left and Indic writing and emoji need stay; a page shows each text in a <bdi> of
its own, so that its direction ends with it.
"""

from __future__ import annotations

import re
import unicodedata
from itertools import groupby

TEXT_MAX = 4_000
MARKS_MAX = 4
EMPTY_LINES_MAX = 2

_LINE_ENDS = re.compile("\r\n?|[\u0085\u2028\u2029]")
_SURROGATES = re.compile("[\ud800-\udfff]")
# Controls, soft hyphen, fillers, zero-width blank, direction overrides and isolates, invisible
# operators, byte order mark, annotation signs, private use, tags, and code points that are none.
_UNSEEN = re.compile(
    "[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e"
    "\u200b\u202a-\u202e\u2060-\u206f\u3164\ue000-\uf8ff\ufeff\uffa0\ufff0-\ufffb\ufffe\uffff"
    "\U000e0000-\U0010ffff]"
)
_JOINERS = re.compile("([\u200c-\u200f])[\u200c-\u200f]+")
_EMPTY_LINES = re.compile(rf"\n(?:[^\S\n]*\n){{{EMPTY_LINES_MAX + 1},}}")


class TextEmpty(ValueError):
    """Nothing was written, or nothing that can be seen."""


class TextTooLong(ValueError):
    """More was written than one message holds (4,000 characters)."""


def read_text(typed: str) -> str:
    """Return what somebody typed, safe to show. Raises TextEmpty, TextTooLong."""
    text = safe_text(typed)
    if not text.strip("\u200c\u200d\u200e\u200f \n\t\ufe0e\ufe0f"):
        raise TextEmpty
    if len(text) > TEXT_MAX:
        raise TextTooLong
    return text


def show_text(text: str) -> str:
    """Return a text that came sealed from a browser, safe to show, cut with "…" if too long."""
    safe = safe_text(text[: 2 * TEXT_MAX])
    return safe if len(safe) <= TEXT_MAX else safe[: TEXT_MAX - 1] + "…"


def safe_text(text: str) -> str:
    """Return `text` without unseen signs, with at most two empty lines and four marks in a row."""
    text = _SURROGATES.sub("\ufffd", _LINE_ENDS.sub("\n", text))
    text = _JOINERS.sub(r"\1", _UNSEEN.sub("", text))
    text = _few_marks(unicodedata.normalize("NFC", text))
    return _EMPTY_LINES.sub("\n" * (EMPTY_LINES_MAX + 1), text).strip()


def _few_marks(text: str) -> str:
    """Return `text` with towers of combining marks cut down."""
    if text.isascii():
        return text
    runs = groupby(text, key=lambda sign: unicodedata.category(sign) in ("Mn", "Me"))
    return "".join("".join(run)[:MARKS_MAX] if is_marks else "".join(run) for is_marks, run in runs)
