"""A cable between browser and server that can be pulled out and put back."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from urllib.parse import urlsplit

CHUNK = 65536


class Cable:
    """Carries connections on a port of its own to the server's.

    from_address: where the server sees them come from, an address of this machine's own.
    """

    def __init__(self, to_port: int, from_address: str) -> None:
        self._to_port = to_port
        self._from_address = from_address
        self._ends: list[socket.socket] = []
        self._is_whole = True
        self._lock = threading.Lock()
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.port = int(self._socket.getsockname()[1])

    def serve(self) -> None:
        """Take connections until the socket is closed."""
        with suppress(OSError):
            while True:
                self._join(self._socket.accept()[0])

    def pull_out(self) -> None:
        """Cut every connection, and each that is tried from now on."""
        with self._lock:
            self._is_whole = False
            for end in self._ends:
                _close(end)
            self._ends.clear()

    def put_back(self) -> None:
        """Carry again."""
        with self._lock:
            self._is_whole = True

    def close(self) -> None:
        """End all of it."""
        _close(self._socket)
        self.pull_out()

    def _join(self, near: socket.socket) -> None:
        with self._lock:
            if not self._is_whole:
                _close(near)
                return
            far = socket.create_connection(
                ("127.0.0.1", self._to_port), source_address=(self._from_address, 0)
            )
            self._ends += [near, far]
        for one, other in ((near, far), (far, near)):
            threading.Thread(target=_carry, args=(one, other), daemon=True).start()


def _carry(one: socket.socket, other: socket.socket) -> None:
    with suppress(OSError):
        while data := one.recv(CHUNK):
            other.sendall(data)
    _close(one)
    _close(other)


def _close(end: socket.socket) -> None:
    with suppress(OSError):
        end.shutdown(socket.SHUT_RDWR)
    end.close()


@contextmanager
def cable(base: str, *, from_address: str = "127.0.0.1") -> Iterator[Cable]:
    """Lay a cable to the server at `base`, until the end of the block."""
    laid = Cable(urlsplit(base).port or 80, from_address)
    thread = threading.Thread(target=laid.serve)
    thread.start()
    try:
        yield laid
    finally:
        laid.close()
        thread.join()
