"""The last thing a server does: what was destroyed leaves the databases' logs with it."""

from __future__ import annotations

from django.db import DatabaseError, connections

from leeward.line.services.endings import destroying
from leeward.safety import log


def leave_no_logs() -> None:
    """Cut SQLite's logs and close this thread's connections. Never raises for a fault."""
    try:
        destroying.empty_logs()
    except DatabaseError as wrong:  # a full disk, a file that is gone: the next start cuts them
        log.warning("line.logs_not_cut", kind=type(wrong).__name__)
    finally:
        connections.close_all()
