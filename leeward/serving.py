"""Setting up and serving: the database brought up to date, the editor's files, the server."""

from __future__ import annotations

import hashlib
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click
import django
from django.conf import settings
from django.core.management import call_command
from django.db import connection, connections

import leeward
from leeward import collector
from leeward.settings.config import SettingsWrong
from leeward.words import compile_words

KEEP_ALIVE_S = 65
BACKLOG = 2048


def set_up(*, wants_demo: bool | None) -> None:
    """Bring database and files up to date; load demonstration content into an empty local site.

    wants_demo: None means yes unless the site is live. Raises SettingsWrong for a live site that
    is asked for it: made-up stories and accounts must not stand among real ones.
    """
    compile_words()
    load_everything()
    if wants_demo and settings.CONFIG.live:
        raise SettingsWrong(
            "A live site gets no demonstration content. Leave --demo out, or try it on another "
            "data folder without live."
        )
    with _making_places():
        _bring_up_to_date()
        _must_have_the_keys()
    if wants_demo if wants_demo is not None else not settings.CONFIG.live:
        from leeward.demo import load

        load.load_once()
    _make_search_ready()


def load_everything() -> None:
    """Load Django and all apps, as quickly as it goes."""
    collector.rest()
    django.setup(set_prefix=False)
    collector.keep_all()


def _bring_up_to_date() -> None:
    """Bring databases and the editor's files up to date, if code or parts are new."""
    from leeward.line.wraps import store

    mark = settings.DATA / "set-up"
    state = _code_state()
    if mark.exists() and mark.read_text() == state:
        return
    with _one_wait_for_the_disk():
        call_command("migrate", interactive=False, verbosity=0)
        store.prepare()
    call_command("collectstatic", interactive=False, verbosity=0)
    mark.write_text(state)


@contextmanager
def _one_wait_for_the_disk() -> Iterator[None]:
    """Have SQLite wait for the disk once, at the end, and not after each of many steps.

    A log that is written ahead stays whole without the waits; a power cut may undo the last steps,
    and the next start takes them again.
    """
    if connection.vendor != "sqlite":
        yield
        return
    _tell_each_database("PRAGMA synchronous=NORMAL")
    try:
        yield
    finally:
        _tell_each_database("PRAGMA synchronous=FULL")
        _tell_each_database("PRAGMA wal_checkpoint(TRUNCATE)")


def _tell_each_database(statement: str) -> None:
    for alias in connections:
        with connections[alias].cursor() as cursor:
            cursor.execute(statement)


def _must_have_the_keys() -> None:
    """Raise SettingsWrong where a wrong key would let a list bring back a hidden address.

    And where the pepper is gone that people need to come back with their words.
    """
    from leeward.directory.services import site_key
    from leeward.line.services import pepper

    try:
        site_key.check()
        pepper.check()
    except site_key.KeyUnfit as unfit:
        raise SettingsWrong(str(unfit)) from None


@contextmanager
def _making_places() -> Iterator[None]:
    """Make the file of places beside the block, if there is no good one; at its end it is there.

    In a program of its own, for its memory and for the second core; it ends when the block fails.
    Trouble with it keeps no line from showing: pages say that places can't be looked up.
    """
    from leeward import gazetteer

    path = settings.DATA / "gazetteer.sqlite3"
    if gazetteer.is_fit(path):
        yield
        return
    click.echo("  Making the list of places, once: about 15 seconds.")
    command = [sys.executable, "-m", "leeward.gazetteer.build", str(path)]
    with subprocess.Popen(command) as maker:  # noqa: S603  -- our own module
        try:
            yield
        except BaseException:
            maker.terminate()
            raise
    if maker.returncode:
        click.echo("  The list of places could not be made. Free some disk space, start again.")


def _make_search_ready() -> None:
    """Make the search index if there is no good one. Trouble with it keeps no line from showing."""
    from leeward.directory.commands import index_bar
    from leeward.directory.services import indexing

    with index_bar() as progress:
        indexing.make_ready(progress)


def up(*, host: str, port: int, wants_demo: bool | None) -> None:
    """Set up, say what runs where, and serve until stopped.

    Raises SettingsWrong when the port is taken.
    """
    _must_be_free(host, port)
    set_up(wants_demo=wants_demo)
    click.echo(_screen(host, port))
    serve(host=host, port=port)


def _must_be_free(host: str, port: int) -> None:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as wrong:
            raise SettingsWrong(
                f"Leeward can't serve on {host}:{port} ({wrong.strerror}). Stop what runs there, "
                f"or choose another port: make up PORT={port + 1} or leeward up --port {port + 1}"
            ) from None


def serve(*, host: str, port: int, application: str = "leeward.asgi:application") -> None:
    """Serve until stopped. Another `application` lets bench/ compare under this very server."""
    import uvicorn

    from leeward.safety.protocol import CalmProtocol

    config = settings.CONFIG
    uvicorn.run(
        application,
        host=host,
        port=port,
        workers=config.workers if config.workers > 1 else None,
        loop="uvloop",
        http=CalmProtocol,
        ws="none",
        lifespan="on",
        access_log=False,
        log_config=None,
        server_header=False,
        proxy_headers=config.behind_proxy,
        timeout_keep_alive=KEEP_ALIVE_S,
        backlog=BACKLOG,
    )


def _screen(host: str, port: int) -> str:
    from leeward.people.demo import sign_in_hint

    address = f"http://{host}:{port}"
    database = "PostgreSQL" if settings.CONFIG.database_url else "SQLite, inside that folder"
    rows = [
        ("Leeward is up", f"{address}/"),
        ("Staff sign in", f"{address}/staff/"),
        *(("", hint) for hint in sign_in_hint()),
        ("All is stored in", str(settings.DATA)),
        ("Database", database),
        ("Log", settings.LOGGING["file"]),
        ("The X leads to", ", ".join(settings.CONFIG.exit_url)),
        ("Stop", "Ctrl+C"),
    ]
    return "\n".join(["", *(f"  {name:<18}{value}" for name, value in rows), ""])


def _code_state() -> str:
    """Return a mark that changes when code, parts or database may want a new set-up."""
    package = Path(leeward.__file__).parent
    kinds = ("migrations/*.py", "static/*/*.*", "design/css/*.css")
    files = [*(f for kind in kinds for f in package.rglob(kind)), package.parent / "uv.lock"]
    marks = [f"{f}:{f.stat().st_mtime_ns}" for f in sorted(files) if f.exists()]
    return hashlib.sha256(
        "\n".join([django.__version__, settings.CONFIG.database_url, *marks]).encode()
    ).hexdigest()
