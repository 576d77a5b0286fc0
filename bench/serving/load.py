"""Load from wrk, bounded in time and connections, on 127.0.0.1 alone."""

from __future__ import annotations

import re
import subprocess
from dataclasses import dataclass
from pathlib import Path

from bench.processes import LOAD_CORE, Server
from bench.serving.answer import VISITOR

_MOVE = Path(__file__).with_name("move.lua")


class LoadFailed(Exception):
    """Some requests were not answered with the page."""


@dataclass(frozen=True)
class Load:
    """What one burst of requests measured."""

    per_second: float
    cpu_us: float


def press(
    server: Server, *, seconds: int, connections: int, path: str = "/", is_move: bool = False
) -> Load:
    """Send requests for `seconds` over kept-alive connections; return rate and CPU a request.

    is_move: send the POST that a button on a page sends, in place of a GET of `path`.
    Raises LoadFailed when any answer was an error, because errors are cheap to send.
    """
    command = ["taskset", "-c", str(LOAD_CORE), "wrk", "-t1", f"-c{connections}", f"-d{seconds}s"]
    for name, value in VISITOR.items():
        command += ["-H", f"{name}: {value}"]
    if is_move:
        command += ["-s", str(_MOVE)]
    before = server.cpu_s()
    said = subprocess.run(  # noqa: S603
        [*command, server.address + path], check=True, capture_output=True, text=True
    ).stdout
    used = server.cpu_s() - before
    if "Non-2xx" in said or "Socket errors" in said:
        raise LoadFailed(f"{server.name}:\n{said}")
    requests = int(_number(r"(\d+) requests in", said))
    return Load(_number(r"Requests/sec:\s+([\d.]+)", said), used / max(requests, 1) * 1e6)


def _number(pattern: str, said: str) -> float:
    found = re.search(pattern, said)
    if found is None:
        raise LoadFailed(said)
    return float(found[1])
