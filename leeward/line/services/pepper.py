"""The pepper and the site's salt: files of their own, outside database and backups.

The pepper is 32 secret bytes; without it nobody can guess at six words. The salt is 16 bytes that
every visitor's browser is told; it stays when the pepper changes, or old words would stretch to
something else. A pepper that was replaced goes on opening what was kept under it for 90 days.
"""

from __future__ import annotations

import hashlib
import hmac
import os
import time
from functools import cache
from pathlib import Path

from django.conf import settings

from leeward.line.wraps.models import WordsWrap
from leeward.sealing.box import KeyUnfit, read_or_make_key
from leeward.sealing.stretching import SALT_BYTES

FILE = "line.pepper"
OLDER_FILE = "line.pepper.older"
SALT_FILE = "line.salt"
OLDER_KEPT_DAYS = 90  # the longest that she may keep a conversation after her last message
_DAY_S = 86_400
_FIX = (
    "Put the right file back from where keys are kept, or copy it from the site's other machine; "
    "then start again. Without it nobody can come back with six words."
)

__all__ = [
    "FILE",
    "OLDER_FILE",
    "SALT_FILE",
    "KeyUnfit",
    "check",
    "derived",
    "older",
    "pepper",
    "renew",
    "site_salt",
]


def pepper() -> bytes:
    """Return the pepper; make one while nobody keeps words. Raises KeyUnfit."""
    return _read(_file(FILE))


def older() -> bytes | None:
    """Return the pepper before this one, None after 90 days or when there was none."""
    file = _file(OLDER_FILE)
    try:
        age_s = time.time() - file.stat().st_mtime
    except FileNotFoundError:
        return None
    return _read(file) if age_s < OLDER_KEPT_DAYS * _DAY_S else None


def renew() -> None:
    """Put a fresh pepper in the place of this one, for a site that is stopped.

    What is kept opens under the older one for 90 days more. Raises KeyUnfit while one is older
    than this already and still opens something.
    """
    if older() is not None:
        raise KeyUnfit(
            f"{_file(OLDER_FILE)} is not 90 days old yet. A second change now would lock out "
            "whoever keeps words under it. If it leaked, delete it first: those words are lost."
        )
    pepper()
    os.utime(_file(FILE))
    _file(FILE).replace(_file(OLDER_FILE))
    read_or_make_key(_file(FILE))
    _read.cache_clear()


def check() -> None:
    """Raise KeyUnfit when somebody keeps words and pepper or salt is gone. Makes none."""
    for name in (FILE, SALT_FILE):
        if not _file(name).exists() and WordsWrap.objects.exists():
            raise KeyUnfit(f"{_file(name)} is missing, and kept conversations need it. {_FIX}")
    if _file(FILE).exists():
        pepper()
    if _file(SALT_FILE).exists():
        site_salt()


def site_salt() -> bytes:
    """Return the 16 bytes that this site's visitors stretch their words with. Public."""
    return _read(_file(SALT_FILE))[:SALT_BYTES]


def derived(purpose: str) -> bytes:
    """Return 32 bytes of the pepper for one purpose alone."""
    return hmac.new(pepper(), purpose.encode(), hashlib.sha256).digest()


def _file(name: str) -> Path:
    return Path(settings.DATA) / name


@cache
def _read(file: Path) -> bytes:
    """Return what a file holds; make it unless somebody keeps words already."""
    if not file.exists():
        check()
    return read_or_make_key(file)
