"""Measures the line: many open streams, an even flow of messages, on each of its set-ups."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench import priority
from bench.line.postgres import postgres
from bench.processes import LEEWARD, LOAD_CORE, ROOT, Server, free_port, serving
from bench.report import Bar, Table

STREAMS, FRAMES, SECONDS = 10_000, 1_000, 60
PER_SECOND, FRAMES_PER_SECOND = 200, 20  # as many for each conversation
QUICK_STREAMS, QUICK_FRAMES, QUICK_SECONDS = 500, 50, 5
FRAMES_NAME = "SQLite, frames without scripts"
BYTES_BAR, MIDDLE_BAR_MS, LATE_BAR_MS = 20_000, 5.0, 50.0
WITHIN_S = 1_800

_SERVE = (
    "import sys; from leeward.serving import load_everything, serve; "
    "load_everything(); serve(host='127.0.0.1', port=int(sys.argv[1]))"
)


@dataclass(frozen=True)
class Run:
    """One set-up: what streams, how many, over how many processes."""

    name: str
    kind: str
    first: int
    count: int
    processes: int
    environment: Mapping[str, str]
    core: int | None
    per_second: int = PER_SECOND


def measure_line(data: Path, work: Path, *, quick: bool) -> Table:
    """Return memory of a stream and delivery times on SQLite, PostgreSQL with Redis, and frames."""
    streams = QUICK_STREAMS if quick else STREAMS
    frames = QUICK_FRAMES if quick else FRAMES
    table = Table(
        [
            "set-up",
            "streams",
            "memory each",
            "messages/s",
            "CPU each",
            "delivered p50",
            "p99",
            "stored p50",
        ]
    )
    with ExitStack() as stack:
        one = environment(data)
        seed(one, streams + 2 * frames)
        runs = [
            Run("SQLite, one process", "listen", 0, streams, 1, one, 0),
            Run(FRAMES_NAME, "grow", streams, frames, 1, one, 0, FRAMES_PER_SECOND),
            Run(f"{FRAMES_NAME}, {PER_SECOND}/s", "grow", streams + frames, frames, 1, one, 0),
        ]
        both = stack.enter_context(postgresql_and_redis(work, streams))
        runs.append(Run("PostgreSQL, Redis, two processes", "listen", 0, streams, 2, both, None))
        for run in runs:
            with priority.ahead():
                found = _measure(run, quick=quick)
            _add(table, run, found)
    table.notes.append(
        "Delivered: from before sealing in the sender to the listener's socket, request, commit "
        "and wake included. The load runs on the machine's other core, in one process. "
        + priority.note()
    )
    return table


def environment(data: Path, **more: str) -> dict[str, str]:
    """Return the environment of a site on `data`."""
    own = {"DJANGO_SETTINGS_MODULE": "leeward.settings.base", "LEEWARD_DATA": str(data)}
    return {**os.environ, **own, **more}


def seed(env: Mapping[str, str], count: int) -> None:
    """Store so many open conversations."""
    command = [sys.executable, "-m", "bench.line.seed", str(count)]
    subprocess.run(command, env=env, cwd=ROOT, check=True, timeout=WITHIN_S)  # noqa: S603


@contextmanager
def postgresql_and_redis(work: Path, count: int) -> Iterator[Mapping[str, str]]:
    """Run a PostgreSQL and a Redis of our own, seeded, until the end of the block."""
    data, port = work / "two", free_port()
    data.mkdir(parents=True)
    redis = ["redis-server", "--port", str(port), "--bind", "127.0.0.1", "--save", ""]
    with ExitStack() as stack:
        with priority.ahead():
            database = stack.enter_context(postgres())
            stack.enter_context(serving("redis", [*redis, "--dir", str(data)], port=port))
        env = environment(
            data, LEEWARD_DATABASE_URL=database.url, LEEWARD_REDIS_URL=f"redis://127.0.0.1:{port}"
        )
        setup = [LEEWARD, "setup", "--no-demo", "--data", str(data)]
        subprocess.run(setup, env=env, cwd=ROOT, check=True, timeout=WITHIN_S)  # noqa: S603
        seed(env, count)
        yield env


def _measure(run: Run, *, quick: bool) -> dict[str, Any]:
    """Return the load's figures from servers of one set-up."""
    with ExitStack() as stack:
        servers = [stack.enter_context(_server(run)) for _process in range(run.processes)]
        for server in servers:
            server.wait_until_ready()
        ports = ",".join(server.address.rpartition(":")[2] for server in servers)
        pids = [str(server.process.pid) for server in servers]
        seconds = QUICK_SECONDS if quick else SECONDS
        sizes = [str(run.first), str(run.count), str(seconds), str(run.per_second)]
        command = [sys.executable, "-m", "bench.line.load", run.kind, ports, *sizes, *pids]
        if run.core is not None:
            command = ["taskset", "-c", str(LOAD_CORE), *command]
        ran = subprocess.run(  # noqa: S603
            command,
            env=run.environment,
            cwd=ROOT,
            check=True,
            timeout=WITHIN_S,
            capture_output=True,
        )
    found: dict[str, Any] = json.loads(ran.stdout)
    return found


@contextmanager
def _server(run: Run) -> Iterator[Server]:
    port = free_port()
    command = [sys.executable, "-c", _SERVE, str(port)]
    with serving(run.name, command, port=port, core=run.core, env=run.environment) as server:
        yield server


def _add(table: Table, run: Run, found: dict[str, Any]) -> None:
    each, took, acked = found["bytes_each"], found["took_ms"], found["acked_ms"]
    middle, late = _share(took, 0.5), _share(took, 0.99)
    table.rows.append(
        [
            run.name,
            f"{run.count:,}",
            f"{each / 1000:.1f} KB",
            f"{found['per_second']:.0f}",
            f"{found['cpu_ms']:.1f} ms",
            f"{middle:.1f} ms",
            f"{late:.1f} ms",
            f"{_share(acked, 0.5):.1f} ms",
        ]
    )
    table.notes += [
        Bar(f"{run.name}: memory of a stream", each, BYTES_BAR, " bytes").note(),
        Bar(f"{run.name}: delivery, p50", middle, MIDDLE_BAR_MS, " ms").note(),
        Bar(f"{run.name}: delivery, p99", late, LATE_BAR_MS, " ms").note(),
        Bar(f"{run.name}: messages not heard", found["not_heard"], 0).note(),
        Bar(
            f"{run.name}: streams lost or refused", found["lost_streams"] + found["refused"], 0
        ).note(),
    ]


def _share(values: list[float], share: float) -> float:
    return values[min(len(values) - 1, int(share * len(values)))] if values else float("nan")
