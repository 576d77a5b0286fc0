"""Words that blame, that make a show of pain, or that promise more than is true.

The lists stand in `wordlists/harmful.<language>.yaml`, each phrase with a reason and another way
to say it. They are a help for editors, not a judge: an editor may have a reason.
"""

from __future__ import annotations

from leeward.stories.wordlists import Found, find

__all__ = ["Found", "find_harmful"]


def find_harmful(text: str, language: str) -> list[Found]:
    """Return each harmful or over-promising phrase in `text`, in order. language: "en" or "es"."""
    return find("harmful", text, language)
