"""The folder of this node's index: one name for each way of making, and who may write."""

from __future__ import annotations

import fcntl
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

START = "search-"
_POLL_S = 0.02


class Folder:
    """The folder at `path`, made when it is missing.

    made_as: marks the way of making documents. It stands in the file's name, so that a program of
    another version finds no index and makes its own.
    """

    def __init__(self, path: Path, *, made_as: str) -> None:
        self.path = path
        self.file = path / f"{START}{made_as}.sqlite3"

    def tidy(self) -> None:
        """Remove what other versions left behind."""
        for file in self.path.glob(f"{START}*"):
            if not file.name.startswith(self.file.name):
                file.unlink(missing_ok=True)

    @contextmanager
    def writing(self, *, wait_s: float) -> Iterator[bool]:
        """Hold the right to bring the file up to the log; False when another kept it too long."""
        with self._locked("follow.lock", wait_s=wait_s) as is_mine:
            yield is_mine

    @contextmanager
    def rebuilding(self, *, wait_s: float) -> Iterator[bool]:
        """Hold the right to make the file anew; False when another kept it too long."""
        with self._locked("rebuild.lock", wait_s=wait_s) as is_mine:
            yield is_mine

    @contextmanager
    def _locked(self, name: str, *, wait_s: float) -> Iterator[bool]:
        self.path.mkdir(mode=0o700, parents=True, exist_ok=True)
        with (self.path / name).open("w") as handle:
            yield _lock(handle.fileno(), until=time.monotonic() + wait_s)


def is_whole(file: Path) -> bool:
    """Return whether every page of an SQLite file can be read and its indexes agree with it."""
    try:
        with closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True)) as database:
            return bool(database.execute("PRAGMA integrity_check(1)").fetchall() == [("ok",)])
    except sqlite3.Error:
        return False


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
