"""One migrated database for all tests, made once and copied for each test process.

Wagtail's migrations take many seconds. They run once for each engine into a template: a file in
`.cache/` for SQLite, a database of its own on a PostgreSQL server. Its name carries a hash of
every migration and of what fills the database after them, so that a change makes a new one.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
from abc import ABC, abstractmethod
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import connection, connections

from leeward.line.wraps import store

ROOT = Path(__file__).resolve().parent.parent
CACHE = ROOT / ".cache" / "test-databases"
KEPT_TEMPLATES = 3
# Beside migrations, these modules of ours may write rows once migrations are done.
FILLING_MODULES = ("apps.py", "roles.py", "first_pages.py")


def template_hash() -> str:
    """Return a short mark of everything that decides what a migrated database holds."""
    mark = hashlib.sha256(repr((settings.LANGUAGES, settings.LANGUAGE_CODE)).encode())
    for app in sorted(apps.get_app_configs(), key=lambda app: app.name):
        folder = Path(app.path)
        files = sorted((folder / "migrations").glob("*.py"))
        if ROOT in folder.parents:
            files += [folder / name for name in FILLING_MODULES if (folder / name).exists()]
        for file in files:
            mark.update(f"{app.name}/{file.name}".encode())
            mark.update(file.read_bytes())
    return mark.hexdigest()[:12]


class TestDatabase(ABC):
    """This process's own database, made from the template."""

    __test__ = False  # pytest: not a test, in spite of the name

    @abstractmethod
    def restore(self) -> None:
        """Put the database back as the migrations left it; make the template if it is missing."""

    @abstractmethod
    def drop(self) -> None:
        """Remove this process's database; the template stays for next time."""


class SqliteDatabase(TestDatabase):
    """Files in the throw-away data folder, copied from a template folder in `.cache/`."""

    def __init__(self) -> None:
        self._template = CACHE / f"{template_hash()}.sqlite3s"
        self._files = [Path(settings.DATABASES[alias]["NAME"]) for alias in connections]

    def restore(self) -> None:
        """Copy the template's files over this process's own."""
        connections.close_all()
        self.drop()
        with _one_at_a_time("sqlite"):
            if not self._template.exists():
                self._make_template()
            for file in self._files:
                shutil.copyfile(self._template / file.name, file)
        self._template.touch()

    def drop(self) -> None:
        """Remove the files and what SQLite keeps beside them."""
        connections.close_all()
        for file in self._files:
            for end in ("", "-wal", "-shm"):
                Path(f"{file}{end}").unlink(missing_ok=True)

    def _make_template(self) -> None:
        with _no_waiting_for_the_disk():
            _migrate()
            connections.close_all()  # the last to close writes the log back into the file
        half_made = self._template.with_suffix(".half")
        shutil.rmtree(half_made, ignore_errors=True)
        half_made.mkdir()
        for file in self._files:
            shutil.copyfile(file, half_made / file.name)
        half_made.rename(self._template)
        newest_first = sorted(CACHE.glob("*.sqlite3s"), key=os.path.getmtime, reverse=True)
        for old in newest_first[KEPT_TEMPLATES:]:
            shutil.rmtree(old)


class PostgresDatabase(TestDatabase):
    """A database copied by the server itself from a template database."""

    def __init__(self) -> None:
        self._template = f"leeward_template_{template_hash()}"
        self._name = f"leeward_test_{os.getpid()}"

    def restore(self) -> None:
        """Make this process's database anew from the template."""
        self.drop()
        with _one_at_a_time("postgresql"):
            if not self._has_template():
                self._make_template()
            self._run(f'CREATE DATABASE "{self._name}" TEMPLATE "{self._template}"')
        _connect_to(self._name)

    def drop(self) -> None:
        """Remove this process's database."""
        connections.close_all()
        self._run(f'DROP DATABASE IF EXISTS "{self._name}" WITH (FORCE)')

    def _has_template(self) -> bool:
        with connection._nodb_cursor() as cursor:
            cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [self._template])
            return cursor.fetchone() is not None

    def _make_template(self) -> None:
        half_made = f"{self._template}_half"
        self._run(f'DROP DATABASE IF EXISTS "{half_made}" WITH (FORCE)')
        self._run(f'CREATE DATABASE "{half_made}"')
        _connect_to(half_made)
        _migrate()
        connections.close_all()
        self._run(f'ALTER DATABASE "{half_made}" RENAME TO "{self._template}"')

    def _run(self, statement: str) -> None:
        with connection._nodb_cursor() as cursor:
            cursor.execute(statement)


def test_database() -> TestDatabase:
    """Return this process's database for the engine that the settings name."""
    return SqliteDatabase() if connection.vendor == "sqlite" else PostgresDatabase()


test_database.__test__ = False


def _connect_to(name: str) -> None:
    connections.close_all()
    for alias in connections:
        settings.DATABASES[alias]["NAME"] = name
        connections[alias].settings_dict["NAME"] = name


def _migrate() -> None:
    call_command("migrate", interactive=False, verbosity=0)
    store.prepare()


@contextmanager
def _one_at_a_time(engine: str) -> Iterator[None]:
    """Let one process at a time make or copy the template of `engine`."""
    CACHE.mkdir(parents=True, exist_ok=True)
    with (CACHE / f"{engine}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


@contextmanager
def _no_waiting_for_the_disk() -> Iterator[None]:
    each = [connections[alias].settings_dict["OPTIONS"] for alias in connections]
    safe_starts = [options["init_command"] for options in each]
    for options in each:
        options["init_command"] += "PRAGMA synchronous=OFF;"
    try:
        yield
    finally:
        connections.close_all()
        for options, safe_start in zip(each, safe_starts, strict=True):
            options["init_command"] = safe_start
