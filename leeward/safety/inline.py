"""The styles and scripts that every page carries inside itself, and their hashes.

A file of its own would be cached, and a cache tells of the visit; so each page is whole. The
hashes let the content policy allow exactly these bytes and nothing else.
"""

from __future__ import annotations

import base64
import hashlib
from functools import cache
from pathlib import Path

import rcssmin
import rjsmin
from django.conf import settings


@cache
def style() -> str:
    """Return the site's whole style sheet, without comments and spare space."""
    return str(rcssmin.cssmin(_join(settings.INLINE_STYLES)))


@cache
def script() -> str:
    """Return the site's whole script, without comments and spare space."""
    return str(rjsmin.jsmin(_join(settings.INLINE_SCRIPTS)))


def source_hash(text: str) -> str:
    """Return `text` as a CSP hash source, such as 'sha256-…' with its quotes (CSP3, 2.3.1)."""
    digest = hashlib.sha256(text.encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"


def _join(files: list[Path]) -> str:
    return "\n".join(file.read_text(encoding="utf-8") for file in files)
