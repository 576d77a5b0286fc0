"""The shipped facts, read from the files in `data/`. Needs no database, so error pages can too."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import yaml

from leeward.helplines.rules import EmergencyFact

DATA = Path(__file__).parent / "data"
_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def _read(name: str) -> dict[str, Any]:
    with (DATA / name).open(encoding="utf-8") as file:
        found: dict[str, Any] = yaml.load(file, Loader=_Loader)  # noqa: S506  -- a safe loader
    return found


def shipped_lines() -> list[dict[str, Any]]:
    """Return every shipped line as written in lines.yaml."""
    return list(_read("lines.yaml")["lines"])


def sources() -> dict[str, dict[str, str]]:
    """Return the sources by key: what, date, kind, and url where there is one."""
    return dict(_read("lines.yaml")["sources"])


def leads() -> list[dict[str, str]]:
    """Return the leads, for staff's eyes only: country, name, phone, source, why_held_back."""
    return list(_read("leads.yaml")["leads"])


@cache
def emergency_facts() -> dict[str, EmergencyFact]:
    """Return each region's emergency numbers, by two-letter code."""
    return {row["iso"]: _emergency_fact(row) for row in emergency_rows()}


def emergency_rows() -> list[dict[str, Any]]:
    """Return every region as written in emergency_numbers.yaml."""
    return list(_read("emergency_numbers.yaml")["emergency_numbers"])


def _emergency_fact(row: dict[str, Any]) -> EmergencyFact:
    return EmergencyFact(
        numbers=tuple(row["numbers"]),
        police=row["police"] or "",
        ambulance=row["ambulance"] or "",
        is_sure=row["two_sources"] and "held" not in row,
    )
