"""Makes the compiled word lists (.mo) that Django reads from the ones people edit (.po)."""

from __future__ import annotations

import os
from pathlib import Path

import polib

import leeward


def compile_words() -> int:
    """Write each word list anew where its source is newer; return how many were written.

    Several processes may do so at once: each list is written aside and moved into place whole.
    """
    written = 0
    for source in sorted(Path(leeward.__file__).parent.rglob("locale/*/LC_MESSAGES/*.po")):
        target = source.with_suffix(".mo")
        if not target.exists() or target.stat().st_mtime_ns < source.stat().st_mtime_ns:
            aside = target.with_suffix(f".{os.getpid()}.tmp")
            polib.pofile(str(source)).save_as_mofile(str(aside))
            aside.replace(target)
            written += 1
    return written
