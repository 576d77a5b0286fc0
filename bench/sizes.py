"""Bytes of every page of the sitemap, as they go over the wire, headers included."""

from __future__ import annotations

import re
import socket
from collections.abc import Iterator
from dataclasses import dataclass
from http.client import HTTPConnection
from urllib.parse import quote, urlsplit

ENCODINGS = ("br", "zstd", "gzip")
WHOLE, PART = "whole page", "part"


@dataclass(frozen=True)
class Size:
    """One answer's length: status line, headers and compressed body."""

    path: str
    shape: str
    encoding: str
    sent_bytes: int


class NotServed(Exception):
    """A page of the sitemap was not answered with 200."""


def paths_of(address: str) -> list[str]:
    """Return the canonical paths in the sitemap."""
    connection = _connect(address)
    connection.request("GET", "/sitemap.xml")
    text = connection.getresponse().read().decode()
    connection.close()
    return [urlsplit(found).path for found in re.findall(r"<loc>(.*?)</loc>", text)]


def sizes(address: str, paths: list[str]) -> Iterator[Size]:
    """Return each page's size, whole and as the part that a move swaps in, in each encoding."""
    for path in paths:
        for encoding in ENCODINGS:
            yield Size(path, WHOLE, encoding, _sent_bytes(address, _arrival(path, encoding)))
            yield Size(path, PART, encoding, _sent_bytes(address, _move(path, encoding)))


def _arrival(path: str, encoding: str) -> str:
    return (
        f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept-Encoding: {encoding}\r\n"
        "Connection: close\r\n\r\n"
    )


def _move(path: str, encoding: str) -> str:
    body = f"to={quote(path, safe='')}"
    return (
        f"POST / HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept-Encoding: {encoding}\r\nX-Part: 1\r\n"
        "Content-Type: application/x-www-form-urlencoded\r\n"
        f"Content-Length: {len(body)}\r\nConnection: close\r\n\r\n{body}"
    )


def _sent_bytes(address: str, request: str) -> int:
    parts = urlsplit(address)
    with socket.create_connection((parts.hostname, parts.port), timeout=30) as connection:
        connection.sendall(request.encode())
        answer = b"".join(iter(lambda: connection.recv(65_536), b""))
    if not answer.startswith(b"HTTP/1.1 200 "):
        raise NotServed(request.partition("\r\n")[0] + ": " + answer[:40].decode("latin-1"))
    return len(answer)


def _connect(address: str) -> HTTPConnection:
    parts = urlsplit(address)
    return HTTPConnection(parts.hostname or "", parts.port, timeout=30)
