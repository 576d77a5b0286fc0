"""The product as processes of their own, on the test's own database; and a Redis."""

from __future__ import annotations

import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.ports import free_port
from tests.programs import environment

START_WITHIN_S = 300

_SERVE = """
import sys
import django
django.setup(set_prefix=False)
from leeward.serving import serve
serve(host="127.0.0.1", port=int(sys.argv[1]))
"""


class Server:
    """One server process."""

    def __init__(self, *, redis_url: str = "", **more: str) -> None:
        self.port = free_port()
        self.environment = environment() | {"LEEWARD_REDIS_URL": redis_url} | more
        self.process: subprocess.Popen[bytes] | None = None

    @property
    def base(self) -> str:
        """Return its address."""
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        """Start it, on the same port each time, and wait until it answers."""
        command = [sys.executable, "-c", _SERVE, str(self.port)]
        self.process = subprocess.Popen(command, env=self.environment)
        end = time.monotonic() + START_WITHIN_S
        while time.monotonic() < end and self.process.poll() is None:
            try:
                with urllib.request.urlopen(f"{self.base}/healthz", timeout=5):
                    return
            except OSError:
                time.sleep(0.05)
        raise AssertionError("the server did not start")

    def kill(self) -> None:
        """Kill it as a power cut would."""
        assert self.process is not None
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def stop(self) -> int:
        """Ask it to stop; return its exit status."""
        assert self.process is not None
        self.process.terminate()
        return self.process.wait(START_WITHIN_S)


@contextmanager
def serving(*, redis_url: str = "", **more: str) -> Iterator[Server]:
    """Run a server until the end of the block."""
    server = Server(redis_url=redis_url, **more)
    try:
        server.start()
        yield server
    finally:
        if server.process is not None and server.process.poll() is None:
            server.kill()


class Redis:
    """A Redis of the test's own, keeping nothing."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._port = free_port()
        self.url = f"redis://127.0.0.1:{self._port}"
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it and wait until it answers."""
        options = ["--port", str(self._port), "--bind", "127.0.0.1", "--save", "", "--dir"]
        command = ["redis-server", *options, str(self._folder)]
        self._process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
        end = time.monotonic() + START_WITHIN_S
        while time.monotonic() < end:
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", self._port)) == 0:
                    return
            time.sleep(0.05)
        raise AssertionError("Redis did not start")

    def kill(self) -> None:
        """Kill it."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None


@contextmanager
def redis(folder: Path) -> Iterator[Redis]:
    """Run a Redis until the end of the block."""
    made = Redis(folder)
    try:
        made.start()
        yield made
    finally:
        made.kill()
