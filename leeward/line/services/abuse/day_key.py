"""A key for one day: made by chance, shared by this machine's processes, destroyed when it is over.

It lies in a file of its own, outside database and backups, so nothing of it stays in a log or a
copy; what was mixed with it yesterday can't be worked out by anybody today. On several machines
each has its own.
"""

from __future__ import annotations

import os
import secrets
from datetime import date
from pathlib import Path

from django.conf import settings

from leeward.sealing.box import KeyUnfit, read_or_make_key

NAME = "line.day-"
KEY_BYTES = 32


def key_of(day: date) -> bytes:
    """Return the key of a day, 32 bytes; destroy those of other days.

    While nothing can be written, this process has one of its own, in memory.
    """
    file = _file(day)
    try:
        forget_others(day)
        return read_or_make_key(file)
    except (OSError, KeyUnfit):
        return secrets.token_bytes(KEY_BYTES)


def forget_others(today: date) -> int:
    """Overwrite and delete the keys of all days but this one; return how many."""
    others = [file for file in Path(settings.DATA).glob(f"{NAME}*") if file != _file(today)]
    for file in others:
        _destroy(file)
    return len(others)


def _file(day: date) -> Path:
    return Path(settings.DATA) / f"{NAME}{day.isoformat()}"


def _destroy(file: Path) -> None:
    try:
        with file.open("r+b") as out:
            out.write(secrets.token_bytes(KEY_BYTES))
            out.flush()
            os.fsync(out.fileno())
        file.unlink()
    except FileNotFoundError:  # another process was quicker
        pass
