"""Codes of areas, from the world to a ZIP, and their names.

    world · US · US-NY · US-NY/kings-county · US-NY/kings-county/brooklyn · US/11201

Outside the USA a town stands right under its country's part: `FR-11/paris`.
"""

from __future__ import annotations

WORLD = "world"


def name_of(code: str, language: str = "en") -> str:
    """Return what to show for an area's code in "en" or "es"; the code itself when unknown."""
    return code
