"""A PostgreSQL of the test's own, which it may kill; with talks that the test knows."""

from __future__ import annotations

import json
import os
import pwd
import secrets
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from uuid import UUID

import psycopg

from leeward.line.tests.live.servers import START_WITHIN_S
from leeward.line.tests.live.talks import Talk
from tests.ports import free_port

# Tables as the models say: bringing an empty database up to date costs a minute.
_PREPARE = """
import json, sys
import django
from django.conf import settings
django.setup(set_prefix=False)
from django.apps import apps
from django.core.management import call_command
from leeward.line.tests.live import talks
from leeward.line.wraps import store
labels = {app.label for app in apps.get_app_configs()} - {"wraps"}
settings.MIGRATION_MODULES = dict.fromkeys(labels)
call_command("migrate", interactive=False, verbosity=0, run_syncdb=True)
store.prepare()
team = talks.team()
known = [talks.open_talk(team=team) for _talk in range(int(sys.argv[1]))]
print(json.dumps([[str(talk.id), talk.proof.hex()] for talk in known]))
"""


class Cluster:
    """One PostgreSQL server; its files lie in `folder`, which its own user owns."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._as_owner = _owner()
        self._word = secrets.token_hex(16)
        self._port = free_port()
        self._process: subprocess.Popen[bytes] | None = None
        self._make()

    @property
    def url(self) -> str:
        """Return the address of its database."""
        return f"postgresql://leeward:{self._word}@127.0.0.1:{self._port}/postgres"

    def start(self) -> None:
        """Start it, on the same port each time, and wait until it takes connections."""
        own = {"port": self._port, "listen_addresses": "127.0.0.1", "fsync": "off"}
        own["unix_socket_directories"] = self._folder
        options = [f"--{name}={value}" for name, value in own.items()]
        with (self._folder / "log").open("ab") as log:
            self._process = self._run("postgres", "-D", self._data, *options, log=log)
        end = time.monotonic() + START_WITHIN_S
        while time.monotonic() < end and self._process.poll() is None:
            if self._answers():
                return
            time.sleep(0.05)
        raise AssertionError((self._folder / "log").read_text()[-2000:])

    def kill(self) -> None:
        """Kill all of its processes, as a power cut would; nothing is tidied up."""
        if self._process is None:
            return
        first = self._process.pid
        children = Path(f"/proc/{first}/task/{first}/children").read_text().split()
        for pid in (first, *map(int, children)):
            _kill(pid)
        self._process.wait()
        self._process = None

    def rows(self, talk: Talk) -> list[tuple[int, int, bytes]]:
        """Return place, number and box of each message of a talk that is stored, in order."""
        query = (
            "SELECT place, number, box FROM line_message WHERE conversation_id = %s ORDER BY place"
        )
        with psycopg.connect(self.url) as connection:
            found = connection.execute(query, (talk.id,)).fetchall()
        return [(place, number, bytes(box)) for place, number, box in found]

    def _answers(self) -> bool:
        try:
            psycopg.connect(self.url, connect_timeout=5).close()
        except psycopg.OperationalError:
            return False
        return True

    @property
    def _data(self) -> str:
        return str(self._folder / "data")

    def _make(self) -> None:
        word = self._folder / "word"
        word.write_text(self._word)
        known = {"--username": "leeward", "--pwfile": str(word), "--auth": "scram-sha-256"}
        options = [text for option in known.items() for text in option]
        with (self._folder / "log").open("wb") as log:
            made = self._run("initdb", "-D", self._data, "--no-sync", *options, log=log)
        assert made.wait(START_WITHIN_S) == 0, (self._folder / "log").read_text()

    def _run(self, program: str, *given: str, log: Any) -> subprocess.Popen[bytes]:
        command = [_program(program), *given]
        return subprocess.Popen(command, cwd=self._folder, stdout=log, stderr=log, **self._as_owner)


@contextmanager
def cluster() -> Iterator[Cluster]:
    """Run a PostgreSQL until the end of the block; then nothing of it is left."""
    folder = Path(tempfile.mkdtemp(prefix="leeward-cluster-"))
    if owner := _owner():
        shutil.chown(folder, owner["user"])
    try:
        made = Cluster(folder)
        try:
            made.start()
            yield made
        finally:
            made.kill()
    finally:
        shutil.rmtree(folder)


def prepare(environment: dict[str, str], *, talks: int) -> list[Talk]:
    """Make the line's tables and some chats in the database that `environment` names."""
    command = [sys.executable, "-c", _PREPARE, str(talks)]
    done = subprocess.run(
        command, env=environment, stdout=subprocess.PIPE, check=True, text=True, timeout=1800
    )
    return [Talk(UUID(name), bytes.fromhex(proof)) for name, proof in json.loads(done.stdout)]


def _owner() -> dict[str, Any]:
    """Return whom it runs as: PostgreSQL refuses to be root, and is its own user then."""
    if os.getuid() != 0:
        return {}
    names = {entry.pw_name for entry in pwd.getpwall()}
    name = "postgres" if "postgres" in names else "nobody"
    return {"user": name, "group": pwd.getpwnam(name).pw_gid, "extra_groups": []}


def _program(name: str) -> str:
    """Return where Debian, or another system, has a program of the newest PostgreSQL."""
    found = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"), key=_version)
    on_path = shutil.which(name)
    assert found or on_path, "PostgreSQL is missing: sudo apt install postgresql"
    return str(found[-1] if found else Path(str(on_path)).resolve())


def _version(program: Path) -> int:
    return int(program.parent.parent.name.partition(".")[0])


def _kill(pid: int) -> None:
    try:
        os.kill(pid, signal.SIGKILL)
    except ProcessLookupError:  # it was on its way out
        pass
