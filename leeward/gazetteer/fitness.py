"""Whether a file of places can be read: there, whole, and of this version."""

from __future__ import annotations

from pathlib import Path

# Raise it when the tables, the folding or the data change: set-up then makes the file anew.
VERSION = 2
_HEAD_BYTES = 100
_LARGEST_PAGE = 65536


def is_fit(path: Path) -> bool:
    """Return whether the file at `path` is there, whole, and of this version.

    Reads its first 100 bytes (SQLite's header, "The Database File Format", section 1.3).
    """
    try:
        with path.open("rb") as file:
            head, size = file.read(_HEAD_BYTES), path.stat().st_size
    except OSError:
        return False
    page_bytes, pages = int.from_bytes(head[16:18], "big"), int.from_bytes(head[28:32], "big")
    is_whole = size == (page_bytes if page_bytes != 1 else _LARGEST_PAGE) * pages
    version = int.from_bytes(head[60:64], "big")
    return head.startswith(b"SQLite format 3\0") and is_whole and version == VERSION
