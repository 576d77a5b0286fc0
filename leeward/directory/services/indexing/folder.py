"""The folder of this node's index: which file is in use, and who may write.

Each build makes a file of its own; `current` names the one in use and is replaced at one stroke.
A file is never renamed or written over while somebody may have it open.
"""

from __future__ import annotations

import fcntl
import os
import secrets
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from leeward.directory.search.types import IndexUnfit

CURRENT = "current"
START = "services-"
_POLL_S = 0.02


class Folder:
    """The folder at `path`, made when it is missing. `made_as` marks the way of making."""

    def __init__(self, path: Path, *, made_as: str) -> None:
        self.path = path
        self._made_as = made_as

    def current(self) -> Path:
        """Return the file in use. Raises IndexUnfit when none is, or it was made another way."""
        try:
            made_as, _, name = (self.path / CURRENT).read_text().strip().partition(" ")
        except (OSError, UnicodeDecodeError) as wrong:
            raise IndexUnfit("no file is in use") from wrong
        file = self.path / name
        if made_as != self._made_as or file.parent != self.path or not file.is_file():
            raise IndexUnfit("the file in use is not of this version")
        return file

    def stamp(self) -> tuple[int, int]:
        """Return a mark that changes whenever another file comes into use; cheap to ask."""
        try:
            found = os.stat(self.path / CURRENT)  # noqa: PTH116  -- ten times quicker than a Path
        except OSError:
            return 0, 0
        return found.st_ino, found.st_mtime_ns

    def fresh_file(self) -> Path:
        """Return a name that no file bears."""
        self.path.mkdir(mode=0o700, parents=True, exist_ok=True)
        return self.path / f"{START}{secrets.token_hex(8)}.sqlite3"

    def switch_to(self, file: Path) -> None:
        """Make `file` the one in use, and keep it through a power cut."""
        beside = self.path / f"{CURRENT}.{secrets.token_hex(4)}"
        with beside.open("w") as handle:
            handle.write(f"{self._made_as} {file.name}\n")
            handle.flush()
            os.fsync(handle.fileno())
        beside.rename(self.path / CURRENT)

    def tidy(self) -> None:
        """Remove what earlier builds left, finished or not; only while rebuilding is yours."""
        try:
            kept = self.current().name
        except IndexUnfit:
            kept = ""
        for file in self.path.iterdir():
            is_ours = file.name.startswith((START, f"{CURRENT}."))
            if is_ours and not (kept and file.name.startswith(kept)):
                file.unlink(missing_ok=True)

    @contextmanager
    def writing(self, *, wait_s: float) -> Iterator[bool]:
        """Hold the right to write to the file in use; False when another kept it too long."""
        with self._locked("write.lock", wait_s=wait_s) as is_mine:
            yield is_mine

    @contextmanager
    def rebuilding(self, *, wait_s: float) -> Iterator[bool]:
        """Hold the right to build a new file; False when another kept it too long."""
        with self._locked("rebuild.lock", wait_s=wait_s) as is_mine:
            yield is_mine

    @contextmanager
    def _locked(self, name: str, *, wait_s: float) -> Iterator[bool]:
        self.path.mkdir(mode=0o700, parents=True, exist_ok=True)
        with (self.path / name).open("w") as handle:
            yield _lock(handle.fileno(), until=time.monotonic() + wait_s)


def _lock(handle: int, *, until: float) -> bool:
    """Take the lock on an open file; closing the file, or the end of the process, gives it back."""
    while True:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() >= until:
                return False
            time.sleep(_POLL_S)
        else:
            return True
