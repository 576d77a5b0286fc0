"""Six words picked out again, so that a slip does not lose them; and words as people type them."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass

from leeward.sealing.stretching import StretchingBusy
from leeward.sealing.wordlist import drawn_words
from leeward.sealing.words import WORD_COUNT, Slip, find_slips, is_complete, normalise

ASKED = 3
CHOICES = 4

__all__ = [
    "WORD_COUNT",
    "Question",
    "Slip",
    "StretchingBusy",
    "find_slips",
    "is_complete",
    "normalise",
    "picked",
    "questions",
]

_random = secrets.SystemRandom()


@dataclass(frozen=True, slots=True)
class Question:
    """Which word stood at `position` (1 to 6)? One of `choices` did."""

    position: int
    choices: tuple[str, ...]


def questions(words: str) -> list[Question]:
    """Return three of the six words to pick out again, each among three others."""
    drawn = words.split()
    positions = sorted(_random.sample(range(1, len(drawn) + 1), ASKED))
    return [Question(position, _choices(drawn[position - 1])) for position in positions]


def picked(words: str, answers: Mapping[int, str]) -> bool:
    """Tell whether three words or more were picked out, and each of them rightly.

    answers: word by position, 1 to 6.
    """
    drawn = words.split()
    if len(answers) < ASKED:
        return False
    return all(
        1 <= position <= len(drawn) and drawn[position - 1] == answer
        for position, answer in answers.items()
    )


def _choices(right: str) -> tuple[str, ...]:
    others = [word for word in _random.sample(drawn_words(), CHOICES) if word != right]
    choices = [right, *others[: CHOICES - 1]]
    _random.shuffle(choices)
    return tuple(choices)
