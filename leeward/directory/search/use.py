"""The lock that says that a process uses an index, so that a dead user's file is read through."""

from __future__ import annotations

import fcntl
import os
import threading
import weakref
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from leeward.directory.search import files


class Use:
    """Counts the connections to the index at `path`, in all threads of one `SqliteIndex`.

    While there are any, it holds a shared lock on a file beside the index; the system lets go of
    that when a process dies.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._one_at_a_time = threading.Lock()
        self._connections = 0
        self._handle = -1
        self._shut: weakref.finalize[[int], Use] | None = None
        self._checked: files.Identity | None = None

    @contextmanager
    def begun(self, served: files.Identity) -> Iterator[None]:
        """Count one connection more, unless opening it fails inside the block.

        served: the file to open. It is read through first if its last user died without closing
        it. Raises IndexUnfit.
        """
        with self._one_at_a_time:
            self._check_once(served)
            self._connections += 1
        try:
            yield
        except BaseException:
            self.ended()
            raise

    def ended(self) -> None:
        """Count one connection less; without any the lock is let go."""
        with self._one_at_a_time:
            self._connections -= 1
            if not self._connections and self._shut is not None:
                self._shut()
                self._shut = self._checked = None

    def _check_once(self, served: files.Identity) -> None:
        if self._checked == served:
            return
        if self._shut is None:
            flags = os.O_RDWR | os.O_CREAT | os.O_CLOEXEC
            self._handle = os.open(f"{self._path}.users.lock", flags, 0o600)
            self._shut = weakref.finalize(self, os.close, self._handle)
        try:
            fcntl.flock(self._handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            pass  # others use it, so it was opened in good order
        else:
            files.check_after_crash(self._path)
        fcntl.flock(self._handle, fcntl.LOCK_SH)
        self._checked = served
