"""Everything that lies on the disk: databases and their logs, other files, backups, temp files."""

from __future__ import annotations

import gzip
import os
import sqlite3
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event, Thread
from time import sleep

import psycopg
from django.conf import settings
from django.db import connections

from leeward.line.wraps.models import TeamKeyWrap
from leeward.line.wraps.routing import STORE


def everything_on_disk(*, backups: Path) -> bytes:
    """Return every byte that the site has written, and a fresh backup of each database.

    backups: an empty folder for them. On PostgreSQL the server's own files of this database, dead
    rows included, and its write-ahead log up to a checkpoint, where this user may read them: where
    PostgreSQL runs on this machine and the tests run as root.
    """
    folders = [Path(settings.DATA), Path(tempfile.gettempdir()), *_servers_folders()]
    _back_up(backups)
    found = [_content(file) for folder in (*folders, backups) for file in _files(folder)]
    return b"\0".join(found)


def let_deletions_be_counted() -> None:
    """Have PostgreSQL count now what went, not at its leisure: a connection tells once a second."""
    if connections["default"].vendor == "postgresql":
        with connections[STORE].cursor() as cursor:
            cursor.execute("SELECT pg_stat_force_next_flush()")


def let_older_work_end() -> None:
    """Wait until every write that runs now is over: another worker's test holds the server's rows.

    Raise AssertionError after two minutes.
    """
    if connections["default"].vendor != "postgresql":
        return
    with connections[STORE].cursor() as cursor:
        cursor.execute("SELECT pg_snapshot_xmax(pg_current_snapshot())::text::bigint")
        newest = cursor.fetchone()[0]
        for _ in range(1200):
            cursor.execute("SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint")
            if cursor.fetchone()[0] >= newest:
                return
            sleep(0.1)
    raise AssertionError("somebody has been writing for two minutes")


@contextmanager
def somebody_writing_elsewhere() -> Iterator[None]:
    """Hold an unfinished write in another database of the same server; on SQLite there is none."""
    if connections["default"].vendor != "postgresql":
        yield
        return
    where = connections[STORE].get_connection_params()
    where = {name: where[name] for name in ("host", "port", "user", "password")}
    with psycopg.connect(**where, dbname="postgres") as elsewhere:
        elsewhere.execute("SELECT pg_current_xact_id()")
        yield
        elsewhere.rollback()


@contextmanager
def somebody_reading() -> Iterator[None]:
    """Hold a reader of the wraps in a connection of its own, who sees them as they are now."""
    reads, done = Event(), Event()

    def read() -> None:
        with connections[STORE].cursor() as cursor:
            is_sqlite = connections[STORE].vendor == "sqlite"
            cursor.execute("BEGIN" if is_sqlite else "BEGIN ISOLATION LEVEL REPEATABLE READ")
            TeamKeyWrap.objects.count()  # another table: to rewrite the first needs it to itself
            reads.set()
            done.wait()
            cursor.execute("ROLLBACK")
        connections.close_all()

    reader = Thread(target=read)
    reader.start()
    reads.wait()
    try:
        yield
    finally:
        done.set()
        reader.join()


def write_all_anew() -> None:
    """Do what docs/operate.md asks for on PostgreSQL after something must be gone for good."""
    if connections["default"].vendor == "postgresql":
        with connections["default"].cursor() as cursor:
            cursor.execute("VACUUM (FULL, ANALYZE)")


def _servers_folders() -> list[Path]:
    """Return where PostgreSQL keeps this database and its log, after a checkpoint; else nothing."""
    connection = connections["default"]
    if connection.vendor != "postgresql":
        return []
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_switch_wal()")
        cursor.execute("CHECKPOINT")
        cursor.execute("SELECT oid FROM pg_database WHERE datname = current_database()")
        oid = cursor.fetchone()[0]
        cursor.execute("SHOW data_directory")
        server = Path(cursor.fetchone()[0])
    if not os.access(server, os.R_OK):
        return []
    return [server / "base" / str(oid), server / "pg_wal"]


def _files(folder: Path) -> list[Path]:
    """Return a folder's files; of the machine's temp folder only what this process wrote."""
    if folder == Path(tempfile.gettempdir()):
        mine = [file for file in folder.iterdir() if file.is_file() and _is_mine(file)]
        return [file for file in mine if file.stat().st_mtime >= _STARTED]
    return [file for file in folder.rglob("*") if file.is_file()]


def _is_mine(file: Path) -> bool:
    return file.stat().st_uid == os.getuid()


def _content(file: Path) -> bytes:
    try:
        data = file.read_bytes()
    except OSError:  # gone meanwhile: somebody else's
        return b""
    return gzip.decompress(data) if file.suffix == ".gz" else data


def _back_up(folder: Path) -> None:
    """Make the backups that docs/operate.md asks for, one of them compressed as many do."""
    for connection in connections.all():
        name = str(connection.settings_dict["NAME"])
        copy = folder / f"{connection.alias}.backup"
        if connection.vendor == "sqlite":
            with sqlite3.connect(name) as source, sqlite3.connect(copy) as target:
                source.backup(target)  # what the program's ".backup" does
            target.close()
            source.close()
        else:
            values = connection.settings_dict
            command = ["pg_dump", "-h", str(values["HOST"]), "-p", str(values["PORT"])]
            command += ["-U", str(values["USER"]), "-f", str(copy), name]
            env = {**os.environ, "PGPASSWORD": str(values["PASSWORD"])}
            subprocess.run(command, check=True, env=env)
        (folder / f"{connection.alias}.gz").write_bytes(gzip.compress(copy.read_bytes()))


_STARTED = Path("/proc/self").stat().st_mtime
