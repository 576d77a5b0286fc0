"""Starting a browser and ending it by its process id."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

T = TypeVar("T")


class NotInstalled(Exception):
    """A program that the tests need is missing; the text says how to get it."""


def find_program(*names: str, package: str) -> str:
    """Return the path of the first program that exists. Raises NotInstalled."""
    for name in names:
        found = shutil.which(name)
        if found:
            return found
    raise NotInstalled(f"The journeys need {names[0]}. Install it: sudo apt install {package}")


class Process:
    """A browser's process and what it starts, in a group of its own."""

    def __init__(self, command: list[str], log: Path, environment: dict[str, str]) -> None:
        self._log = log
        with log.open("wb") as out:
            self._popen = subprocess.Popen(
                command, stdout=out, stderr=out, env=environment, start_new_session=True
            )

    def wait_until(self, ready: Callable[[], T | None], *, within_s: float = 60) -> T:
        """Return what `ready` returns as soon as it is not None."""
        end = time.monotonic() + within_s
        while time.monotonic() < end and self._popen.poll() is None:
            found = ready()
            if found is not None:
                return found
            time.sleep(0.05)
        self.end()
        said = self._log.read_text(errors="replace")[-1500:]
        raise AssertionError(f"the browser did not start: {said}")

    def wait_for_end(self, within_s: float) -> bool:
        """Return whether the process ended by itself in time."""
        try:
            self._popen.wait(within_s)
        except subprocess.TimeoutExpired:
            return False
        return True

    def end(self) -> None:
        """End the process and its children, asking first."""
        for how in (signal.SIGTERM, signal.SIGKILL):
            if self.wait_for_end(0.1):
                break
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self._popen.pid, how)
            self.wait_for_end(10)
