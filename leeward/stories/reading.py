"""How easy a text is to read, as one figure with a target. Plain Python, asks nothing of anybody.

English: Flesch-Kincaid grade. Spanish: Fernández Huerta's ease. The syllables are counted here,
because the library that does it (textstat) fetches a dictionary from another host when it is
first used: `docs/decisions/0010-reading-figures.md` weighs it, and a test holds our counts
against the CMU Pronouncing Dictionary.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

ENGLISH_GRADE_AT_MOST = 6.0
SPANISH_EASE_AT_LEAST = 70.0
SHORTEST_LABEL_WORDS = 3

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_SENTENCE_END = re.compile(r"[.!?…]+(?=[\s\"'”’»)\]]|$)")


@dataclass(frozen=True, slots=True)
class Figure:
    """How easy a text reads. `value` has one decimal; `is_met` says whether it is on target."""

    name: str
    value: float
    target: float
    is_met: bool


def grade(text: str, language: str) -> Figure | None:
    """Return the reading figure of `text`: plain text, one paragraph, heading or item a line.

    Each line ends a sentence. A line of one or two words without a full stop (a label) is left
    out, so that buttons don't make a page look easier than it is. Returns None when there is
    nothing to measure, or no figure for the language.
    Source: Kincaid et al., Derivation of New Readability Formulas for Navy Enlisted Personnel,
    1975 (English, school grade, 6 or less wanted); Fernández Huerta, Medidas sencillas de
    lecturabilidad, 1959 (Spanish, 0 to 100, 70 or more wanted), with the words for each sentence
    in its second term, as Law corrected it in 2011.
    """
    sentences = _sentences(text)
    words = [word for sentence in sentences for word in sentence]
    if not words or language not in {"en", "es"}:
        return None
    words_each = len(words) / len(sentences)
    if language == "en":
        syllables_each = sum(map(english_syllables, words)) / len(words)
        value = round(0.39 * words_each + 11.8 * syllables_each - 15.59, 1)
        is_met = value <= ENGLISH_GRADE_AT_MOST
        return Figure("Flesch-Kincaid", value, ENGLISH_GRADE_AT_MOST, is_met)
    syllables_each = sum(map(spanish_syllables, words)) / len(words)
    value = round(206.84 - 60 * syllables_each - 1.02 * words_each, 1)
    is_met = value >= SPANISH_EASE_AT_LEAST
    return Figure("Fernández Huerta", value, SPANISH_EASE_AT_LEAST, is_met)


def _sentences(text: str) -> list[list[str]]:
    """Return the words of each sentence; labels and lines without words are left out."""
    found = []
    for line in text.splitlines():
        pieces = _SENTENCE_END.split(line.strip())
        for place, piece in enumerate(pieces):
            words = _WORD.findall(piece)
            is_ended = place < len(pieces) - 1
            if words and (is_ended or len(words) >= SHORTEST_LABEL_WORDS):
                found.append(words)
    return found


# -- Spanish: the spelling says it --

_SPANISH_NUCLEUS = re.compile(r"[aeiouáéíóúü]+|y(?![aeiouáéíóú])")
_STRONG = re.compile(r"[aeoáéóíú]")


def spanish_syllables(word: str) -> int:
    """Return the syllables of a Spanish word, at least 1.

    Two strong vowels (a, e, o, or an accented i or u) are two syllables; a weak vowel joins its
    neighbour. Source: Real Academia Española, Ortografía de la lengua española, 2010, II.2.
    """
    word = re.sub(r"(?<=[aeiouáéíóú])y(?![aeiouáéíóú])", "i", word.lower())
    groups = _SPANISH_NUCLEUS.findall(word)
    return max(1, sum(max(1, len(_STRONG.findall(group))) for group in groups))


# -- English: the spelling hints at it --

_ENGLISH_GROUP = re.compile(r"[aeiouy]+")
# An e that is written and not said: "came", "named", "lives", "safely", "someone".
_SILENT_E = re.compile(
    r"(?<=[^aeiouyl])e$|(?<=[aeiouyl]l)e$|(?<=[^aeioutd])ed$"
    r"|(?<=[^aeiouslxzcg])(?<![cs]h)es$|(?<=[aeiouyl]l)es$"
    r"|(?<=[^aeiou])e(?=(?:ly|ful|less|ness|lessness|ment|ty|body|times?|where|thing|guards?)$)"
    r"|(?<=som)e(?=one)|(?<=lif)e(?=line)|(?<=hous)e(?=hold)"
)
# Two vowels side by side that are said apart: "create", "diet", "doing", "serious", "usual".
_SAID_APART = re.compile(
    r"(?<![tscgrl])i[ao](?!u)|(?<![tscgln])iou|[lr]ia(?!g)|(?<=[tsc])ia(?=te)|[aeouy]ing|ism$"
    r"|(?<!q)ui?e(?=t)|(?<=[^aeioucgstr])ie(?=[tn])|(?<=d)iu|eo(?!p|us)|ue(?=l)|(?<=cr)ea(?=t[ei])"
    r"|(?<=qu)ie(?=t)|[stndx]ua|uou|^[rp]re?a(?=ct)|(?<=[rl])ier$|^anyone$|^caf"
)
_ENGLISH_ODD = {
    "area": 3, "being": 2, "business": 2, "centre": 2, "evening": 2, "friend": 1, "friends": 1,
    "idea": 3, "ideas": 3, "maybe": 2, "million": 2, "nineteen": 2, "ok": 2, "okay": 2,
    "people": 2, "period": 3, "practice": 2, "science": 2, "suicide": 3, "union": 2,
}  # fmt: skip


def english_syllables(word: str) -> int:
    """Return the syllables of an English word as near as its spelling tells, at least 1."""
    word = re.sub(r"(?<=[^aeio])n['’]t$", "net", word.lower())  # "didn't" has two
    word = re.sub(r"['’].*", "", word).replace("every", "evry ")
    if not _ENGLISH_GROUP.search(word):
        return len(word) + 2 * word.count("w")  # spelled out: "SMS"
    return _ENGLISH_ODD.get(word) or max(1, _by_spelling(word))


def _by_spelling(word: str) -> int:
    groups = len(_ENGLISH_GROUP.findall(word))
    return groups - len(_SILENT_E.findall(word)) + len(_SAID_APART.findall(word))
