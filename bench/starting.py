"""Starting on an empty folder and again; memory after a thousand requests; every page's bytes."""

from __future__ import annotations

import shutil
import time
from dataclasses import dataclass
from itertools import cycle, islice
from pathlib import Path
from statistics import median

from bench import priority
from bench.processes import LEEWARD, Server, free_port, serving
from bench.serving.answer import ask
from bench.sizes import Size, paths_of, sizes

REQUESTS = 1_000
# Unkept pages are limited for each address; this is slower than the limit refills.
PAUSE_S = 0.01
SECOND_STARTS = 5


@dataclass(frozen=True)
class Starting:
    """What starting cost. second_s is the median of several."""

    first_s: float
    second_s: float
    resident_mb: float
    pages: list[Size]


def measure_starting(data: Path, work: Path) -> Starting:
    """Start on the empty folder `data`, stop, start again and again, ask for every page.

    The seconds run from the command to the first 200 at /healthz: "first" makes the database,
    the editor's files and the demonstration content; Python's own packages are installed already.
    """
    shutil.rmtree(data, ignore_errors=True)
    with priority.ahead():
        first_s = _start_and_stop(data, work)
        second_s = median(_start_and_stop(data, work) for _start in range(SECOND_STARTS))
    port = free_port()
    with serving("leeward", _command(port), port=port, env=_env(data), log=work / "out") as server:
        server.wait_until_ready()
        paths = paths_of(server.address)
        found = list(sizes(server.address, paths))
        _ask_often(server, paths)
        return Starting(first_s, second_s, server.resident_bytes() / 1e6, found)


def _start_and_stop(data: Path, work: Path) -> float:
    port = free_port()
    with serving("leeward", _command(port), port=port, env=_env(data), log=work / "out") as server:
        return server.wait_until_ready()


def _ask_often(server: Server, paths: list[str]) -> None:
    for path in islice(cycle(paths), REQUESTS):
        ask(server.address + path)
        time.sleep(PAUSE_S)


def _command(port: int) -> list[str]:
    return [LEEWARD, "up", "--port", str(port)]


def _env(data: Path) -> dict[str, str]:
    return {"LEEWARD_DATA": str(data)}
