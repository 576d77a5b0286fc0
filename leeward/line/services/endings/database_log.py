"""SQLite's write-ahead log: who writes it back, and when.

By itself SQLite does it in the midst of a commit, each thousand pages: whoever commits then waits
for all of them. PostgreSQL does it in a process of its own.
"""

from __future__ import annotations

from django.db import connection

LONG_PAGES = 4_000  # 16 MB


def leave_log_alone() -> None:
    """Have this thread's commits never write the log back."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_autocheckpoint = 0")


def write_back() -> None:
    """Write the log back; others go on writing meanwhile.

    A log that has grown long all the same is begun anew: writing waits for the rest of it, which
    is short by then.
    """
    if connection.vendor != "sqlite":
        return
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(PASSIVE)")
        _busy, pages, _written = cursor.fetchone()
        if pages > LONG_PAGES:
            cursor.execute("PRAGMA wal_checkpoint(FULL)")
