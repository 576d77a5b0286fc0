"""Servers started for a measurement: pinned to a core, watched through /proc, stopped by id."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LEEWARD = str(Path(sys.executable).parent / "leeward")
SERVER_CORE = 0
LOAD_CORE = 1 if (os.cpu_count() or 1) > 1 else 0
_TICKS_PER_S = os.sysconf("SC_CLK_TCK")
_PAGE_BYTES = os.sysconf("SC_PAGE_SIZE")


class NotReady(Exception):
    """A server ended, or did not answer in time."""


@dataclass(frozen=True)
class Server:
    """A running server and where it answers."""

    name: str
    address: str
    process: subprocess.Popen[bytes]

    def cpu_s(self) -> float:
        """Return the CPU time, user and system, that it and its children have used."""
        return sum(_cpu_ticks(pid) for pid in _family(self.process.pid)) / _TICKS_PER_S

    def cpu_ns(self) -> int:
        """Return the same of all its threads in nanoseconds, for what is shorter than a tick.

        Source: /proc/PID/task/TID/schedstat, first field. A thread that ended takes its own along.
        """
        return sum(_thread_ns(pid) for pid in _family(self.process.pid))

    def resident_bytes(self) -> int:
        """Return the memory that it and its children hold (RSS; shared pages count in each)."""
        return sum(_resident_pages(pid) for pid in _family(self.process.pid)) * _PAGE_BYTES

    def wait_until_ready(self, *, path: str = "/healthz", limit_s: float = 300) -> float:
        """Return the seconds until it answered 200 at `path`. Raises NotReady."""
        began = time.perf_counter()
        while time.perf_counter() - began < limit_s:
            if self.process.poll() is not None:
                raise NotReady(f"{self.name} ended with {self.process.returncode}")
            try:
                with urllib.request.urlopen(self.address + path, timeout=30):  # noqa: S310
                    return time.perf_counter() - began
            except OSError:
                time.sleep(0.02)
        raise NotReady(f"{self.name} did not answer within {limit_s} s")


@contextmanager
def serving(
    name: str,
    command: Sequence[str],
    *,
    port: int,
    core: int | None = None,
    env: Mapping[str, str] | None = None,
    log: Path | None = None,
) -> Iterator[Server]:
    """Run `command` as a server on `port` of 127.0.0.1 and stop it at the end, by its id.

    core: the one core that it may use, or None for any. log: where its output goes.
    """
    pinned = ["taskset", "-c", str(core), *command] if core is not None else list(command)
    with (log or Path(os.devnull)).open("ab") as out:
        process = subprocess.Popen(  # noqa: S603
            pinned, env={**os.environ, **(env or {})}, cwd=ROOT, stdout=out, stderr=out
        )
    try:
        yield Server(name, f"http://127.0.0.1:{port}", process)
    finally:
        stop(process)


def stop(process: subprocess.Popen[bytes], *, limit_s: float = 10) -> None:
    """End `process`: first asked, then made to."""
    if process.poll() is not None:
        return
    process.send_signal(signal.SIGTERM)
    try:
        process.wait(limit_s)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def free_port() -> int:
    """Return a port of 127.0.0.1 that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _family(pid: int) -> list[int]:
    """Return `pid` and all that descend from it (proc(5), task/*/children)."""
    found = [pid]
    for file in Path(f"/proc/{pid}/task").glob("*/children"):
        for child in _read(file).split():
            found += _family(int(child))
    return found


def _cpu_ticks(pid: int) -> int:
    after_name = _read(Path(f"/proc/{pid}/stat")).rpartition(")")[2].split()
    return int(after_name[11]) + int(after_name[12]) if after_name else 0  # utime, stime


def _thread_ns(pid: int) -> int:
    stats = Path(f"/proc/{pid}/task").glob("*/schedstat")
    return sum(int(stat.read_text().split()[0]) for stat in stats)


def _resident_pages(pid: int) -> int:
    fields = _read(Path(f"/proc/{pid}/statm")).split()
    return int(fields[1]) if fields else 0


def _read(file: Path) -> str:
    try:
        return file.read_text()
    except OSError:  # it ended meanwhile
        return ""
