"""PostgreSQL keeps the bytes of a deleted row until its table is written anew: here that is done.

For the wraps alone: the promise that what is destroyed stays shut stands on them. SQLite overwrites
by itself (`secure_delete`). What PostgreSQL's own log keeps, and for how long, is the operator's to
bound: docs/operate.md.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.apps import apps
from django.db import OperationalError, connections
from django.db.backends.utils import CursorWrapper

from leeward.line.wraps.routing import APP, STORE

AT_ONCE_BYTES = 64 * 1024 * 1024  # rewritten in about a second; a larger table waits for the night
LOCK_WAIT = "2s"

_gone_before: dict[str, int] = {}  # by table: what PostgreSQL had counted when it was rewritten


def rewrite_wraps(*, however_large: bool = False) -> int:
    """Write anew the tables of the wraps that hold deleted rows; return how many.

    Nobody reads or writes such a table meanwhile. One that is in use for two seconds, or has more
    than 64 MiB, is left for the next time. On SQLite there is nothing to do.
    """
    connection = connections[STORE]
    if connection.vendor != "postgresql" or connection.in_atomic_block:
        return 0
    tables = [model._meta.db_table for model in apps.get_app_config(APP).get_models()]
    with connection.cursor() as cursor:
        due = [table for table in tables if _is_due(cursor, table, however_large=however_large)]
        if due and _old_rows_are_held(cursor):  # then a rewrite copies those as well
            _forget(due)
        return sum(_rewrite(cursor, table) for table in due)


def _is_due(cursor: CursorWrapper, table: str, *, however_large: bool) -> bool:
    """Return whether rows were deleted or changed since this process last wrote the table anew."""
    cursor.execute(
        "SELECT n_tup_del + n_tup_upd, pg_total_relation_size(relid) FROM pg_stat_user_tables"
        " WHERE schemaname = %s AND relname = %s",
        [STORE, table],
    )
    gone, size_bytes = cursor.fetchone() or (0, 0)
    if gone == _gone_before.get(table, 0) or (size_bytes > AT_ONCE_BYTES and not however_large):
        return False
    _gone_before[table] = gone
    return True


def _old_rows_are_held(cursor: CursorWrapper) -> bool:
    """Return whether somebody may still see rows that are deleted by now.

    Who reads this database, and who writes any database of this server: a rewrite looks at its rows
    as a snapshot of its own sees them, and that is never newer than the oldest unfinished write.
    """
    cursor.execute(
        "SELECT pg_snapshot_xmin(seen) < pg_snapshot_xmax(seen) OR EXISTS ("
        " SELECT FROM pg_stat_activity WHERE coalesce(datname, current_database())"
        " = current_database() AND backend_xmin IS NOT NULL AND pid <> pg_backend_pid())"
        " FROM pg_current_snapshot() AS seen"
    )
    return bool((cursor.fetchone() or (False,))[0])


def _forget(tables: Iterable[str]) -> None:
    """Have these tables written anew the next time, too."""
    for table in tables:
        _gone_before.pop(table, None)


def _rewrite(cursor: CursorWrapper, table: str) -> bool:
    cursor.execute(f"SET lock_timeout = '{LOCK_WAIT}'")
    try:
        cursor.execute(f'VACUUM (FULL) "{STORE}"."{table}"')
    except OperationalError:  # somebody is at it: next time
        _forget([table])
        return False
    finally:
        cursor.execute("RESET lock_timeout")
    return True
