"""SQLite's log written back into the database beside the writer: no message waits for it."""

from __future__ import annotations

import threading

from django.db import DatabaseError, connections

from leeward.line.services.endings import database_log
from leeward.safety import log

BACK_EVERY = 150  # messages: about 4 MB of log


class Log(threading.Thread):
    """The one thread that writes the log back, told how much was stored."""

    def __init__(self) -> None:
        super().__init__(name="line-log", daemon=True)
        self._is_due = threading.Event()
        self._is_over = False
        self._grown_by = 0

    def grew(self, messages: int) -> None:
        """Note that so many messages were stored. The writer alone calls it."""
        self._grown_by += messages
        if self._grown_by >= BACK_EVERY:
            self._grown_by = 0
            self._is_due.set()

    def stop(self) -> None:
        """End it. Blocks for a moment."""
        self._is_over = True
        self._is_due.set()
        self.join()

    def run(self) -> None:
        """Write back until told to stop."""
        try:
            while self._is_due.wait() and not self._is_over:
                self._is_due.clear()
                self._write_back()
        finally:
            connections.close_all()

    def _write_back(self) -> None:
        try:
            database_log.write_back()
        except DatabaseError as wrong:
            log.error("line.log_not_written_back", kind=type(wrong).__name__)
            connections.close_all()
