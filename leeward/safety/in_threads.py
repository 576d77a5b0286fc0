"""Django as WSGI in a few lasting threads: a whole answer at once, or as it comes.

Most answers to visitors are wanted whole, and what they sent is read by then. Such an answer needs
one way into a thread and one way out; a bridge that passes on each piece as it comes needs four.
"""

from __future__ import annotations

import asyncio
import contextvars
import io
from dataclasses import dataclass
from typing import Any

from a2wsgi import WSGIMiddleware
from a2wsgi.wsgi import build_environ

from leeward.safety.kept_pages import RawHeaders
from leeward.safety.wire import Receive, Scope, Send


@dataclass(frozen=True, slots=True)
class Whole:
    """A whole answer, header names in lower case."""

    status: int
    headers: RawHeaders
    body: bytes


class InThreads:
    """An ASGI application that asks `wsgi` in one of `threads` threads."""

    def __init__(self, wsgi: Any, *, threads: int) -> None:
        self._wsgi = wsgi
        self._as_it_comes: Any = WSGIMiddleware(wsgi, workers=threads)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer as ASGI wants it, piece by piece."""
        await self._as_it_comes(scope, receive, send)

    async def whole(self, scope: Scope, body: bytes) -> Whole:
        """Return the whole answer to `scope`, `body` being what was sent. Raises what it raises."""
        work = contextvars.copy_context().run
        loop = asyncio.get_running_loop()
        executor = self._as_it_comes.executor
        return await loop.run_in_executor(executor, work, self._answer, scope, body)

    def _answer(self, scope: Any, body: bytes) -> Whole:
        told: list[tuple[str, list[tuple[str, str]]]] = []
        environ = build_environ(scope, io.BytesIO(body))  # type: ignore[arg-type]  # reads alike
        chunks = self._wsgi(
            environ, lambda status, headers, _wrong=None: told.append((status, headers))
        )
        try:
            content = b"".join(chunks)
        finally:
            chunks.close()
        status, headers = told[-1]
        return Whole(int(status[:3]), [_raw(pair) for pair in headers], content)


def _raw(pair: tuple[str, str]) -> tuple[bytes, bytes]:
    name, value = pair
    return name.lower().encode("latin-1"), value.encode("latin-1")
