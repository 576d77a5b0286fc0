"""A database whose disk is full: SQLite may grow by no page, PostgreSQL refuses the row."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

from django.db import OperationalError, connections
from django.db.backends.signals import connection_created
from django.db.backends.utils import CursorWrapper

from leeward.line.models import Message

NO_LIMIT = 2**30  # pages; about SQLite's own
FILLERS = (1_000_000, 30_000, 3_000)  # bytes
TABLE = Message._meta.db_table
REFUSE = """
CREATE FUNCTION no_room() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    RAISE EXCEPTION 'could not extend file: No space left on device' USING ERRCODE = '53100';
END $$;
"""


class Disk:
    """The disk under the main database, for all connections of this process."""

    def __init__(self) -> None:
        self.is_full = False
        self._pages = NO_LIMIT
        self._open: list[Any] = []

    def note(self, connection: Any, **_signal: object) -> None:
        """Take a new connection."""
        if connection.alias == "default" and connection.vendor == "sqlite":
            self._open.append(connection.connection)
            self._limit(connection.connection)

    def fill_up(self) -> None:
        """Leave no room for anything new."""
        self.is_full = True
        with connections["default"].cursor() as cursor:
            if connections["default"].vendor == "sqlite":
                cursor.execute("CREATE TABLE filler (bytes BLOB)")
                cursor.execute("PRAGMA page_count")
                self._set(cursor.fetchone()[0])
                _fill(cursor)
            else:
                trigger = f"BEFORE INSERT ON {TABLE} FOR EACH ROW EXECUTE FUNCTION no_room()"
                cursor.execute(f"{REFUSE} CREATE TRIGGER no_room {trigger}")

    def make_room(self) -> None:
        """Have room again."""
        self.is_full = False
        self._set(NO_LIMIT)
        with connections["default"].cursor() as cursor:
            if connections["default"].vendor == "sqlite":
                cursor.execute("DROP TABLE filler")
            else:
                cursor.execute(f"DROP TRIGGER no_room ON {TABLE}; DROP FUNCTION no_room()")

    def _set(self, pages: int) -> None:
        self._pages = pages
        for each in self._open:
            self._limit(each)

    def _limit(self, connection: sqlite3.Connection) -> None:
        with suppress(sqlite3.ProgrammingError):  # it is closed
            connection.execute(f"PRAGMA max_page_count = {self._pages}")


def _fill(cursor: CursorWrapper) -> None:
    """Use the pages that deleted rows left, large pieces first."""
    for size in FILLERS:
        with suppress(OperationalError):
            while True:
                cursor.execute("INSERT INTO filler VALUES (zeroblob(%s))", [size])


@contextmanager
def disk() -> Iterator[Disk]:
    """Return the disk; it knows the connections made from now on, and this thread's."""
    made = Disk()
    connections["default"].ensure_connection()
    made.note(connections["default"])
    connection_created.connect(made.note)
    try:
        yield made
    finally:
        if made.is_full:
            made.make_room()
        connection_created.disconnect(made.note)
