"""Our own open vocabulary: needs, people, access. Read once from `data/vocabulary.yaml`."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

FILE = Path(__file__).parent / "data" / "vocabulary.yaml"
NEEDS, PEOPLE, ACCESS = "needs", "people", "access"
GROUPS = (NEEDS, PEOPLE, ACCESS)
# The ids of our terms are made from their codes, so that they are the same on every site.
NAMESPACE = uuid.UUID("6f0f6a2e-6f0f-5c5d-9f5e-0d6a2b6b7c11")


@dataclass(frozen=True, slots=True)
class Term:
    """One term. `words` are what people may type for it, folded to lower case, by language."""

    code: str
    group: str
    names: dict[str, str]
    words: dict[str, tuple[str, ...]]
    maps_to: dict[str, tuple[str, ...]]

    @property
    def id(self) -> uuid.UUID:
        """The HSDS taxonomy_term id, the same on every site."""
        return uuid.uuid5(NAMESPACE, f"{self.group}/{self.code}")

    def name(self, language: str) -> str:
        """Return the term's name in `language`, or in English."""
        return self.names.get(language, self.names["en"])


def taxonomy_id(group: str) -> uuid.UUID:
    """Return the HSDS taxonomy id of one of GROUPS."""
    return uuid.uuid5(NAMESPACE, group)


def taxonomy_name(group: str) -> str:
    """Return the HSDS taxonomy's name of one of GROUPS, such as leeward-needs."""
    return f"leeward-{group}"


@cache
def terms(group: str) -> dict[str, Term]:
    """Return the terms of one of GROUPS by code, in the order of the file."""
    written = yaml.safe_load(FILE.read_text(encoding="utf-8"))[group]
    return {row["code"]: _term(group, row) for row in written}


def _term(group: str, row: dict[str, object]) -> Term:
    words: dict[str, list[str]] = row.get("words", {})  # type: ignore[assignment]
    maps_to: dict[str, list[str]] = row.get("maps_to", {})  # type: ignore[assignment]
    return Term(
        code=str(row["code"]),
        group=group,
        names={"en": str(row["en"]), "es": str(row["es"])},
        words={language: tuple(found) for language, found in words.items()},
        maps_to={scheme: tuple(codes) for scheme, codes in maps_to.items()},
    )
