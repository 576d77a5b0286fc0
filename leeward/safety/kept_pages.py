"""Finished pages, kept in memory as ready-compressed bytes and answered before Django wakes.

A page is kept under its canonical path, in two shapes: whole (a document) and part (what the
script swaps in). Each encoding is made when first asked for. A page is forgotten when the
generation moves on, or when it is older than `KEEP_S`, which bounds how long a page may lag
behind the calendar (a line that went stale at midnight, a consent that ended).
"""

from __future__ import annotations

import gzip
import time
from collections.abc import Callable
from dataclasses import dataclass, field

import brotli
import zstandard

from leeward.safety.generation import Generation

KEEP_S = 120.0
MOST_PAGES = 2_000
PART_START = b"<!--part-->"
PART_END = b"<!--/part-->"

RawHeaders = list[tuple[bytes, bytes]]
Key = tuple[str, bool]


@dataclass(slots=True)
class Answer:
    """One answer, ready to send: as the two ASGI messages, and as HTTP/1.1 writes its head.

    head: the header lines and the empty line after them, without status line and date.
    """

    start: dict[str, object]
    body: dict[str, object]
    head: bytes
    content: bytes


@dataclass(slots=True)
class KeptPage:
    """One finished page: status, headers without length and encoding, and the plain bytes."""

    status: int
    headers: RawHeaders
    plain: bytes
    mark: bytes
    until: float
    answers: dict[bytes, Answer] = field(default_factory=dict)

    def answer(self, encoding: bytes) -> Answer:
        """Return the answer in `encoding` (b"br", b"zstd", b"gzip" or b"")."""
        found = self.answers.get(encoding)
        if found is None:
            found = self.answers[encoding] = make_answer(
                self.status, self.headers, self.plain, encoding, best=True
            )
        return found


class KeptPages:
    """The pages kept by this process."""

    def __init__(self, generation: Generation, clock: Callable[[], float] = time.monotonic) -> None:
        self._generation = generation
        self._clock = clock
        self._pages: dict[Key, KeptPage] = {}

    def find(self, key: Key) -> KeptPage | None:
        """Return the page kept under `key`, or None when there is none that is still true."""
        page = self._pages.get(key)
        if page is None:
            return None
        if page.mark != self._generation.now():
            self._pages.clear()
            return None
        if page.until < self._clock():
            del self._pages[key]
            return None
        return page

    def mark(self) -> bytes:
        """Return the present generation, to be read before a page is rendered."""
        return self._generation.now()

    def keep(
        self, key: Key, *, status: int, headers: RawHeaders, plain: bytes, mark: bytes
    ) -> KeptPage:
        """Keep and return a page rendered under `mark`.

        If something was published meanwhile it is returned but not kept.
        """
        page = KeptPage(status, headers, plain, mark, self._clock() + KEEP_S)
        if mark == self._generation.now():
            if len(self._pages) >= MOST_PAGES:
                self._pages.pop(next(iter(self._pages)))
            self._pages[key] = page
        return page


def cut_part(document: bytes) -> bytes:
    """Return what stands between the part marks, or the whole document when it has none."""
    start = document.find(PART_START)
    end = document.rfind(PART_END)
    if start < 0 or end < 0:
        return document
    return document[start + len(PART_START) : end]


def make_answer(
    status: int, headers: RawHeaders, plain: bytes, encoding: bytes, *, best: bool
) -> Answer:
    """Return `plain` compressed and framed. `best` spends more time for fewer bytes."""
    body = compress(plain, encoding, best=best)
    extra: RawHeaders = [(b"content-length", str(len(body)).encode())]
    if encoding:
        extra.append((b"content-encoding", encoding))
    lines = [b"%b: %b\r\n" % pair for pair in headers + extra]
    return Answer(
        {"type": "http.response.start", "status": status, "headers": headers + extra},
        {"type": "http.response.body", "body": body},
        head=b"".join([*lines, b"\r\n"]),
        content=body,
    )


def compress(plain: bytes, encoding: bytes, *, best: bool) -> bytes:
    """Return `plain` in `encoding`. Sources: RFC 7932 (br), RFC 8878 (zstd), RFC 1952 (gzip)."""
    if encoding == b"br":
        small: bytes = brotli.compress(plain, mode=brotli.MODE_TEXT, quality=11 if best else 5)
        return small
    if encoding == b"zstd":
        return zstandard.ZstdCompressor(level=19 if best else 6).compress(plain)
    if encoding == b"gzip":
        return gzip.compress(plain, 9 if best else 5, mtime=0)
    return plain


def choose_encoding(accepted: bytes) -> bytes:
    """Return the smallest encoding that an Accept-Encoding value allows; b"" when none."""
    offered = {}
    for part in accepted.lower().split(b","):
        name, _, weight = part.partition(b";")
        offered[name.strip()] = weight.replace(b" ", b"") not in {b"q=0", b"q=0.0", b"q=0.00"}
    for name in (b"br", b"zstd", b"gzip"):
        if offered.get(name):
            return name
    return b""
