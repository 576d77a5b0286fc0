"""Requests that no client library would send: bytes on a socket."""

from __future__ import annotations

import socket
from urllib.parse import urlsplit

from tests.journeys.live import LiveSite


def send_raw(site: LiveSite, request: bytes) -> tuple[int, dict[str, str], bytes]:
    """Send `request` and return status, headers in lower case, and body."""
    parts = urlsplit(site.base)
    with socket.create_connection((parts.hostname, parts.port), timeout=30) as connection:
        try:
            connection.sendall(request)
        except (BrokenPipeError, ConnectionResetError):
            pass  # refused before all was sent: the answer is there
        answer = _read_all(connection)
    head, _, body = answer.partition(b"\r\n\r\n")
    lines = head.decode("latin-1").split("\r\n")
    headers = dict(line.split(": ", 1) for line in lines[1:])
    return (
        int(lines[0].split()[1]),
        {name.lower(): value for name, value in headers.items()},
        body,
    )


def _read_all(connection: socket.socket) -> bytes:
    answer = b""
    while True:
        try:
            chunk = connection.recv(65536)
        except ConnectionResetError:
            return answer
        if not chunk:
            return answer
        answer += chunk
