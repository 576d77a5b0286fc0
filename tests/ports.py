"""Ports for the servers of tests."""

from __future__ import annotations

import secrets
import socket


def free_port() -> int:
    """Return a port of 127.0.0.1 that nothing listens on just now.

    It lies below those that Linux gives to outgoing connections (32768 up): a site takes many
    seconds to start, or is away for a moment, and finds it free then.
    """
    while True:
        port = 11_000 + secrets.randbelow(21_000)
        with socket.socket() as probe:
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
        return port
