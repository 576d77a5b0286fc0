"""Reads what the search form sent. Nothing is refused: what can't be meant is left out.

Somebody frightened, on an old phone, gets no list of errors for a slip; and whatever a program
sends, the answer is a calm page.
"""

from __future__ import annotations

import unicodedata

from django.http import QueryDict

from leeward.directory.models import Report
from leeward.directory.search.types import MOST_RESULTS, PAGE
from leeward.directory.services.question import (
    MOST_WHERE_LENGTH,
    MOST_WORDS_LENGTH,
    OLDEST_BOY,
    RADII_KM,
    USUAL_RADIUS_KM,
    Question,
)
from leeward.directory.services.reports import MOST_TEXT
from leeward.directory.vocabulary import NEEDS, PEOPLE, terms

# Languages to choose from: those most spoken where such help is given, sign languages with them.
# ISO 639-1, else 639-3. A longer list would be slower to choose from than words to type.
LANGUAGES = (
    "en", "es", "am", "ar", "bn", "fa", "fr", "gu", "hi", "hmn", "ht", "it", "ja", "km", "ko",
    "ne", "pa", "pl", "ps", "pt", "ru", "so", "sw", "ti", "tl", "tr", "uk", "ur", "vi", "yi",
    "yue", "zh", "ase",
)  # fmt: skip
NOT_TICKED = ("boys", "boys_to_age")  # asked for by the age of the oldest boy


def people_to_tick() -> list[str]:
    """Return the codes of who may come along, in the order of the vocabulary."""
    return [code for code in terms(PEOPLE) if code not in NOT_TICKED]


def read_question(sent: QueryDict) -> Question:
    """Return the question that a form asked; unknown codes and odd numbers are left out."""
    within = _number(sent.get("within", ""), most=max(RADII_KM))
    start = _number(sent.get("from", ""), most=MOST_RESULTS - PAGE) or 0
    return Question(
        where=_line(sent.get("where", ""), MOST_WHERE_LENGTH),
        words=_line(sent.get("words", ""), MOST_WORDS_LENGTH),
        needs=_known(sent, "need", tuple(terms(NEEDS))),
        within_km=next((km for km in RADII_KM if within and within <= km), USUAL_RADIUS_KM),
        who=_known(sent, "who", tuple(people_to_tick())),
        boy=_number(sent.get("boy", ""), most=OLDEST_BOY),
        languages=_known(sent, "lang", LANGUAGES),
        is_open_now=bool(sent.get("open")),
        has_bed=bool(sent.get("bed")),
        is_sure=bool(sent.get("sure")) or ("asked" in sent and not sent.get("unknown")),
        by_fit=sent.get("order") == "fit",
        start=start - start % PAGE,
    )


def read_report(sent: QueryDict) -> tuple[str, str] | None:
    """Return (kind, text) of a report about a listing; None until a kind was chosen."""
    kind = sent.get("kind", "")
    if kind not in Report.Kind.values:
        return None
    return kind, sent.get("text", "").replace("\0", "")[:MOST_TEXT]


def _line(text: str, most: int) -> str:
    """Return `text` as one line without control characters, at most `most` letters."""
    shown = "".join(sign if unicodedata.category(sign)[0] != "C" else " " for sign in text[:1000])
    return " ".join(shown.split())[:most].strip()


def _known(sent: QueryDict, name: str, codes: tuple[str, ...]) -> tuple[str, ...]:
    wanted = set(sent.getlist(name))
    return tuple(code for code in codes if code in wanted)


def _number(text: str, *, most: int) -> int | None:
    """Return a whole number from 0 to `most`, cut at `most`; None for anything else."""
    text = text.strip()
    if not text.isdecimal() or len(text) > 4:  # noqa: PLR2004  -- no age or distance is longer
        return None
    return min(int(text), most)
