"""Words: how texts become tokens, and how a typed question is read.

Texts and questions go through the same `tokens_of`, so accents, case and every sign that is not
a letter or a digit fall away before the index sees them: no operator of its query language can
come through. A word is read as itself, its plural or singular; if the index has none of these, as
what it begins; else as the nearest word that the index has; and beside that as the needs of our
vocabulary which it names in English or Spanish.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Protocol

from rapidfuzz import process
from rapidfuzz.distance import OSA

from leeward.directory import vocabulary

MOST_TYPED = 1_000
MOST_TERMS = 10
MOST_LETTERS = 40
# A prefix stands for the commonest words that begin so, not for all.
MOST_BEGUN = 4
LEAST_BEGUN = 3
# Short words have too many neighbours; from seven letters on, two slips are forgiven.
LEAST_MISTYPED, LEAST_MISTYPED_TWICE = 4, 7
# Words that say nothing of what is looked for. They are neither stored nor asked.
SMALL_WORDS = frozenset(
    """
    a an and are at by can for from have help i in is it me my near need needs of on or our
    please that the their to us want we with you your
    al ayuda ayudas cerca como con de del donde el en es esta estoy la las lo los me mi mis
    necesito o para por que quiero se sin su sus tengo un una unas unos y yo
    """.split()
)

_TOKEN = re.compile(r"[^\W_]+")
MARK = "·"  # no token of a text begins with it
BEDS = f"{MARK}beds"  # the hidden token of what ever told of a free bed


class Lexicon(Protocol):
    """The words that the index has, and in how many entries."""

    def count(self, word: str) -> int:
        """Return how many entries hold `word`."""

    def begun_by(self, prefix: str) -> list[str]:
        """Return the MOST_BEGUN commonest words that begin so, commonest first, then by letter."""

    def words_of_length(self, least: int, most: int) -> Iterable[tuple[str, int]]:
        """Return the words of so many letters and their counts."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """One word or phrase of the question: all of its groups (any word of each), or a need."""

    groups: tuple[tuple[str, ...], ...]
    needs: frozenset[str]


@dataclass(frozen=True, slots=True)
class Reading:
    """A question as read. `is_hopeless`: it has words, and the index holds nothing like them.

    read_as: typed word to the word it was read as; "" for a word that was left out because
    nothing is like it while other words are known.
    """

    wanted: tuple[Wanted, ...] = ()
    read_as: dict[str, str] = field(default_factory=dict)
    is_hopeless: bool = False


def fold(text: str) -> str:
    """Return `text` in small letters without accents."""
    if text.isascii():
        return text.lower()
    small = unicodedata.normalize("NFKD", text).casefold()
    parts = unicodedata.normalize("NFKD", small)
    return "".join(letter for letter in parts if not unicodedata.combining(letter))


def tokens_of(text: str) -> list[str]:
    """Return the words of a text in order, folded, without the small ones."""
    found = (token[:MOST_LETTERS] for token in _TOKEN.findall(fold(text)))
    return [token for token in found if token not in SMALL_WORDS]


def hidden_token(kind: str, code: str) -> str:
    """Return the token that stands for a code: it cannot be typed."""
    return f"{MARK}{kind}{MARK}{code.encode().hex()}"


def read(text: str, lexicon: Lexicon) -> Reading:
    """Return how typed text is read. Any text is safe; MOST_TERMS words of it count."""
    typed = list(dict.fromkeys(tokens_of(text[:MOST_TYPED])))[:MOST_TERMS]
    wanted, read_as = [], {}
    for phrase, needs in _phrases(typed):
        one = _wanted(phrase, needs, lexicon)
        if not _is_known(one):
            near = _nearest(phrase[0], lexicon)
            read_as[phrase[0]] = near
            if not near:
                continue
            one = _wanted((near,), _needs_of((near,)), lexicon)
        wanted.append(one)
    return Reading(tuple(wanted), read_as, is_hopeless=bool(typed) and not wanted)


def _phrases(typed: list[str]) -> Iterable[tuple[tuple[str, ...], frozenset[str]]]:
    """Return the question cut into the longest phrases of the vocabulary, and single words."""
    at = 0
    while at < len(typed):
        ahead = (tuple(typed[at : at + size]) for size in range(_longest_phrase(), 1, -1))
        phrase = next((each for each in ahead if _vocabulary().get(each)), (typed[at],))
        yield phrase, _needs_of(phrase)
        at += len(phrase)


def _wanted(phrase: tuple[str, ...], needs: frozenset[str], lexicon: Lexicon) -> Wanted:
    groups = tuple(_terms(word, lexicon) for word in phrase)
    return Wanted(groups if all(groups) else (), needs)


def _is_known(wanted: Wanted) -> bool:
    return bool(wanted.groups or wanted.needs)


def _terms(word: str, lexicon: Lexicon) -> tuple[str, ...]:
    """Return the words of the index that `word` stands for."""
    found = tuple(each for each in forms_of(word) if lexicon.count(each))
    if found or len(word) < LEAST_BEGUN:
        return found
    return tuple(lexicon.begun_by(word))


def forms_of(word: str) -> tuple[str, ...]:
    """Return a word, and how its plural or singular would be written in English and Spanish."""
    forms = [word, word + "s", word + "es"]
    if word.endswith("s") and len(word) > LEAST_BEGUN:
        forms.append(word[:-1])
    if word.endswith("es") and len(word) > LEAST_MISTYPED:
        forms.append(word[:-2])
    if word.endswith("ies"):
        forms.append(word[:-3] + "y")
    if word.endswith("y"):
        forms.append(word[:-1] + "ies")
    return tuple(forms)


def _needs_of(phrase: tuple[str, ...]) -> frozenset[str]:
    """Return the needs that a phrase names, in the singular or plural."""
    named = _vocabulary()
    if len(phrase) > 1:
        return named.get(phrase, frozenset())
    found = (named.get((form,), frozenset()) for form in forms_of(phrase[0]))
    return frozenset().union(*found)


@cache
def _vocabulary() -> Mapping[tuple[str, ...], frozenset[str]]:
    """Return the needs that the vocabulary's words and phrases name."""
    named: dict[tuple[str, ...], frozenset[str]] = {}
    for term in vocabulary.terms(vocabulary.NEEDS).values():
        for words in term.words.values():
            for phrase in map(tuple, map(tokens_of, words)):
                if phrase:
                    named[phrase] = named.get(phrase, frozenset()) | {term.code}
    return named


@cache
def _longest_phrase() -> int:
    return max(map(len, _vocabulary()), default=1)


def _nearest(word: str, lexicon: Lexicon) -> str:
    """Return the word that was likely meant: fewest slips, then our vocabulary, then commonest."""
    if len(word) < LEAST_MISTYPED or not word.isalpha():
        return ""
    slips = 2 if len(word) >= LEAST_MISTYPED_TWICE else 1
    least, most = len(word) - slips, len(word) + slips
    own = [phrase[0] for phrase in _vocabulary() if len(phrase) == 1]
    ranked = [(gap, 0, 0, each) for each, gap in _near(word, own, slips)]
    counts = dict(lexicon.words_of_length(least, most))
    ranked += [(gap, 1, -counts[each], each) for each, gap in _near(word, counts, slips)]
    return min(ranked)[3] if ranked else ""


def _near(word: str, words: Iterable[str], slips: int) -> Iterable[tuple[str, int]]:
    found = process.extract(
        word, list(words), scorer=OSA.distance, score_cutoff=slips, limit=None, processor=None
    )
    return [(each, int(gap)) for each, gap, _at in found]
