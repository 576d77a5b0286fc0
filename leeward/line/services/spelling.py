"""Bytes as letters for forms and JSON, for the parts of the line that may not reach sealing."""

from __future__ import annotations

from leeward.sealing.encoding import TextUnreadable, from_text, to_text

__all__ = ["TextUnreadable", "from_text", "to_text"]
