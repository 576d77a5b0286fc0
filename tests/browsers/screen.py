"""A screen that nobody sees, with a real mouse: Back is pressed as a person presses it.

A browser's own guards against pages that meddle with Back work only for real presses.
"""

from __future__ import annotations

import os
import subprocess
from types import TracebackType
from typing import Self

from tests.browsers.process import find_program

_BACK_BUTTON = "8"


class Screen:
    """An X display of its own (Xvfb), open inside a `with` block."""

    def __enter__(self) -> Self:
        """Start the display."""
        self._xdotool = find_program("xdotool", package="xdotool")
        reading, writing = os.pipe()
        command = [find_program("Xvfb", package="xvfb"), "-displayfd", str(writing)]
        self._process = subprocess.Popen(
            [*command, "-screen", "0", "1280x900x24", "-nolisten", "tcp"],
            pass_fds=(writing,),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        os.close(writing)
        with os.fdopen(reading) as said:
            self.display = f":{said.readline().strip()}"
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        value: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Stop the display."""
        self._process.terminate()
        self._process.wait(10)

    def press_back(self) -> None:
        """Press the mouse's Back button over the page."""
        self._do("mousemove", "640", "600", "click", _BACK_BUTTON)

    def quit_from_keyboard(self) -> None:
        """Press Ctrl+Q in the browser's window, as a person quits."""
        found = subprocess.run(
            [self._xdotool, "search", "--onlyvisible", "--name", "."],
            env=self._environment(),
            capture_output=True,
            text=True,
            check=False,
        )
        windows = found.stdout.split()
        if windows:
            self._do("windowfocus", "--sync", windows[-1], "key", "--clearmodifiers", "ctrl+q")

    def _do(self, *words: str) -> None:
        subprocess.run(
            [self._xdotool, *words],
            env=self._environment(),
            check=False,
            timeout=60,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )

    def _environment(self) -> dict[str, str]:
        return os.environ | {"DISPLAY": self.display}
