"""Quick replies and safety-plan steps, from the files in `data/`."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import yaml

DATA = Path(__file__).parent / "data"
Phrase = dict[str, str]


@cache
def replies() -> list[Phrase]:
    """Return the quick replies, each in both languages: {"en": …, "es": …}."""
    return _read("replies")


@cache
def steps() -> list[Phrase]:
    """Return the steps of a safety plan, each in both languages."""
    return _read("steps")


def _read(name: str) -> list[Phrase]:
    found: list[Phrase] = yaml.safe_load((DATA / f"{name}.yaml").read_text(encoding="utf-8"))
    return found
