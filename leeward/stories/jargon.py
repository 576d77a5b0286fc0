"""Words that people who help use among themselves, and that a frightened reader may not know.

The lists stand in `wordlists/jargon.<language>.yaml`.
"""

from __future__ import annotations

from leeward.stories.wordlists import Found, find

__all__ = ["Found", "find_jargon"]


def find_jargon(text: str, language: str) -> list[Found]:
    """Return each word of the trade in `text`, in order. language: "en" or "es"."""
    return find("jargon", text, language)
