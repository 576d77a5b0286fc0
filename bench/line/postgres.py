"""A PostgreSQL of our own, as careful with the disk as it is by default, that can be killed."""

from __future__ import annotations

import os
import pwd
import secrets
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bench.processes import NotReady, free_port

START_WITHIN_S = 120


class Postgres:
    """One server: its folder, its port, and the address of its database."""

    def __init__(self, folder: Path) -> None:
        self._bin = _newest()
        self._folder = folder
        self._data = folder / "data"
        self._port = free_port()
        self._word = secrets.token_hex(16)
        self._user = "postgres" if os.geteuid() == 0 else None  # it refuses to run as root
        self.url = f"postgresql://leeward:{self._word}@127.0.0.1:{self._port}/postgres"

    def make(self) -> None:
        """Make the cluster."""
        word = self._folder / "word"
        word.write_text(self._word)
        if self._user is not None:
            owner = pwd.getpwnam(self._user)
            for path in (self._folder, word):
                os.chown(path, owner.pw_uid, owner.pw_gid)
        options = ["-U", "leeward", f"--pwfile={word}", "--auth=scram-sha-256", "--no-locale"]
        self._run("initdb", "-D", str(self._data), *options, "--encoding=UTF8")

    def start(self) -> None:
        """Start it and wait until it answers."""
        options = f"-p {self._port} -k {self._folder} -c listen_addresses=127.0.0.1"
        log = str(self._folder / "log")
        self._run("pg_ctl", "-D", str(self._data), "-l", log, "-w", "-o", options, "start")

    def kill(self) -> None:
        """Kill it and all its processes at once; return when they are gone."""
        pid = int((self._data / "postmaster.pid").read_text().split()[0])
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
        for each in (pid, *map(int, children)):
            os.kill(each, signal.SIGKILL)

    def stop(self) -> None:
        """End it, however it stands."""
        if (self._data / "postmaster.pid").exists():
            self._run("pg_ctl", "-D", str(self._data), "-m", "immediate", "stop", must=False)

    def _run(self, program: str, *given: str, must: bool = True) -> None:
        subprocess.run(  # noqa: S603
            [str(self._bin / program), *given],
            user=self._user,
            cwd=self._folder,
            check=must,
            timeout=START_WITHIN_S,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )


@contextmanager
def postgres() -> Iterator[Postgres]:
    """Run a PostgreSQL, in a folder of its own, until the end of the block."""
    with tempfile.TemporaryDirectory(prefix="leeward-postgres-") as folder:
        made = Postgres(Path(folder))
        made.make()
        made.start()
        try:
            yield made
        finally:
            made.stop()


def _newest() -> Path:
    """Return the folder of PostgreSQL's programs. Raises NotReady."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda each: int(each.parts[-2]))
    if found:
        return found[-1]
    on_path = shutil.which("initdb")
    if on_path is None:
        raise NotReady("PostgreSQL is missing: apt install postgresql")
    return Path(on_path).resolve().parent
