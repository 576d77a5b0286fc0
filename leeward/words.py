"""Makes the compiled word lists (.mo) that Django reads from the ones people edit (.po)."""

from __future__ import annotations

from pathlib import Path

import polib

import leeward


def compile_words() -> int:
    """Write each word list anew where its source is newer; return how many were written."""
    written = 0
    for source in sorted(Path(leeward.__file__).parent.rglob("locale/*/LC_MESSAGES/*.po")):
        target = source.with_suffix(".mo")
        if not target.exists() or target.stat().st_mtime_ns < source.stat().st_mtime_ns:
            polib.pofile(str(source)).save_as_mofile(str(target))
            written += 1
    return written
