"""Kills a server, one of two, Redis, PostgreSQL under a thousand chats; counts what is lost."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

from bench import priority
from bench.line.measure import environment, seed
from bench.line.postgres import postgres
from bench.processes import LEEWARD, ROOT, Server, free_port, stop
from bench.report import Bar, Table

PEOPLE, SECONDS, PER_SECOND = 1_000, 40, 100
QUICK_PEOPLE, QUICK_SECONDS = 100, 15
KILL_AFTER_S, DOWN_S = 8.0, 3.0
BACK_BAR_S = 10.0
WITHIN_S = 900

_SERVE = (
    "import sys; from leeward.serving import load_everything, serve; "
    "load_everything(); serve(host='127.0.0.1', port=int(sys.argv[1]))"
)


class Part:
    """A program on its port, running, that can be killed and started again there."""

    def __init__(self, command: Sequence[str], port: int, env: Mapping[str, str]) -> None:
        self.port = port
        self._command = command
        self._env = env
        self.start()

    def start(self) -> None:
        """Start it, anew too; do not wait."""
        self._process = subprocess.Popen(  # noqa: S603
            self._command, env=self._env, cwd=ROOT, stdout=subprocess.DEVNULL
        )

    def wait_until_ready(self) -> None:
        """Wait until it answers as a server of the site."""
        Server("server", f"http://127.0.0.1:{self.port}", self._process).wait_until_ready()

    def kill(self) -> None:
        """Kill it at once (signal 9)."""
        self._process.kill()
        self._process.wait()

    def stop(self) -> None:
        """End it."""
        stop(self._process)


def measure_killing(data: Path, work: Path, *, quick: bool) -> Table:
    """Return what was lost, doubled, and how long everybody was away."""
    count, seconds = (QUICK_PEOPLE, QUICK_SECONDS) if quick else (PEOPLE, SECONDS)
    table = Table(["killed", "chats", "stored", "lost", "doubled", "back p50", "last back"])
    table.columns.append("longest wait for a message")
    one = environment(data)
    seed(one, count)
    with ExitStack() as stack, priority.ahead():
        server = stack.enter_context(_server(one))
        _add(table, "the only server, SQLite", count, _run([server], 0, count, seconds, server))
    with ExitStack() as stack:
        _kill_of_several(table, stack, work, count=count, seconds=seconds)
    table.notes.append(
        f"{PER_SECOND} messages/s from all chats; killed after {KILL_AFTER_S:.0f} s with signal 9. "
        f"The server is started again at once, Redis and PostgreSQL after {DOWN_S:.0f} s. A page "
        "comes again after the time that the server named, 1 to 4 s; from the fourth try on after "
        "up to 6 s. Back: from the lost stream to the next event, the server's own start included. "
        + priority.note()
    )
    return table


def _kill_of_several(
    table: Table, stack: ExitStack, work: Path, *, count: int, seconds: int
) -> None:
    """Add what was met with two servers over Redis and PostgreSQL, each part killed in turn."""
    with priority.ahead():
        database = stack.enter_context(postgres())
        redis = stack.enter_context(_redis(work))
    (work / "two").mkdir()
    two = environment(
        work / "two",
        LEEWARD_DATABASE_URL=database.url,
        LEEWARD_REDIS_URL=f"redis://127.0.0.1:{redis.port}",
    )
    setup = [LEEWARD, "setup", "--no-demo", "--data", str(work / "two")]
    subprocess.run(setup, env=two, cwd=ROOT, check=True, timeout=WITHIN_S)  # noqa: S603
    seed(two, 3 * count)
    with priority.ahead():
        both = [stack.enter_context(_server(two)) for _each in range(2)]
        for turn, (name, killed) in enumerate(
            (("one of two servers", both[0]), ("Redis", redis), ("PostgreSQL", database))
        ):
            found = _run(both, turn * count, count, seconds, killed)
            _add(table, name, count, found)
    table.notes.append(
        f"PostgreSQL answered {found['start_s']:.1f} s after it was started again: it first puts "
        "its own files right."
    )


def _run(
    servers: Sequence[Part], first: int, count: int, seconds: int, killed: Any
) -> dict[str, Any]:
    """Return what the visitors met while one part was killed and started again."""
    ports = ",".join(str(server.port) for server in servers)
    sizes = [str(first), str(count), str(seconds), str(PER_SECOND)]
    people = subprocess.Popen(  # noqa: S603
        [sys.executable, "-m", "bench.line.people", ports, *sizes],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        if (people.stdout or sys.stdin).readline().strip() != "ready":
            raise RuntimeError("not everybody could listen")
        time.sleep(KILL_AFTER_S)
        killed.kill()
        if killed not in servers:
            time.sleep(DOWN_S)
        began = time.perf_counter()
        killed.start()
        start_s = time.perf_counter() - began
        found: dict[str, Any] = json.loads(people.communicate(timeout=WITHIN_S)[0])
    finally:
        stop(people)  # type: ignore[arg-type]
    return found | {"start_s": start_s}


@contextmanager
def _server(env: Mapping[str, str]) -> Iterator[Part]:
    port = free_port()
    yield from _running(Part([sys.executable, "-c", _SERVE, str(port)], port, env))


@contextmanager
def _redis(work: Path) -> Iterator[Part]:
    port = free_port()
    command = ["redis-server", "--port", str(port), "--bind", "127.0.0.1", "--save", ""]
    yield from _running(Part([*command, "--dir", str(work)], port, os.environ), is_server=False)


def _running(part: Part, *, is_server: bool = True) -> Iterator[Part]:
    try:
        if is_server:
            part.wait_until_ready()
        yield part
    finally:
        part.stop()


def _add(table: Table, name: str, count: int, found: dict[str, Any]) -> None:
    back = found["back_s"]
    last = back[-1] if back else 0.0
    cells = [f"{count:,}", f"{found['acknowledged']:,}", str(found["lost"]), str(found["doubled"])]
    times = [f"{back[len(back) // 2]:.1f} s", f"{last:.1f} s"] if back else ["none lost", ""]
    table.rows.append([name, *cells, *times, f"{found['longest_ack_s']:.1f} s"])
    wrong = found["lost"] + found["doubled"] + found["heard_wrongly"] + found["not_back"]
    table.notes += [
        Bar(f"{name}: messages lost, doubled, heard wrongly, streams not back", wrong, 0).note(),
        Bar(f"{name}: last stream back", last, BACK_BAR_S, " s").note(),
    ]
