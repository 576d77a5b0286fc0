"""The pepper: 32 bytes in a file outside database and backups, and what follows from it."""

from __future__ import annotations

import hashlib
import hmac
from functools import cache
from pathlib import Path

from django.conf import settings

from leeward.line.wraps.models import WordsWrap
from leeward.sealing.box import KeyUnfit, read_or_make_key
from leeward.sealing.stretching import SALT_BYTES

FILE = "line.pepper"
_FIX = (
    "Put the right file back from where keys are kept, or copy it from the site's other machine; "
    "then start again. Without it nobody can come back with six words."
)

__all__ = ["FILE", "KeyUnfit", "check", "derived", "pepper", "site_salt"]


def pepper() -> bytes:
    """Return the pepper; make one while nobody keeps words. Raises KeyUnfit."""
    return _read(_file())


def check() -> None:
    """Raise KeyUnfit when somebody keeps words and the pepper is gone. Makes none."""
    if _file().exists():
        pepper()
    elif WordsWrap.objects.exists():
        raise KeyUnfit(f"{_file()} is missing, and kept conversations need it. {_FIX}")


def site_salt() -> bytes:
    """Return the 16 bytes that this site's visitors stretch their words with. Public."""
    return derived("site salt")[:SALT_BYTES]


def derived(purpose: str) -> bytes:
    """Return 32 bytes of the pepper for one purpose alone."""
    return hmac.new(pepper(), purpose.encode(), hashlib.sha256).digest()


def _file() -> Path:
    return Path(settings.DATA) / FILE


@cache
def _read(file: Path) -> bytes:
    if not file.exists():
        check()
    return read_or_make_key(file)
