"""What passes between server, door and Django: the ASGI messages, and a refusal.

Source: ASGI specification 3.0, HTTP and WebSocket message format.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

from leeward.safety.kept_pages import Answer, RawHeaders

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Any]]
Send = Callable[[Any], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]
Incoming = dict[bytes, bytes]


class Refused(Exception):
    """The request can't be answered with a page; carries the status to answer with."""

    def __init__(self, status: int) -> None:
        super().__init__(status)
        self.status = status


async def send_answer(answer: Answer, send: Send) -> None:
    """Send a finished answer."""
    await send(answer.start)
    await send(answer.body)


async def send_bare(status: int, headers: dict[str, str], send: Send) -> None:
    """Send an answer without a body."""
    await send({"type": "http.response.start", "status": status, "headers": raw(headers)})
    await send({"type": "http.response.body", "body": b""})


def raw(headers: dict[str, str]) -> RawHeaders:
    """Return headers as ASGI wants them: bytes, names in lower case."""
    return [(name.lower().encode(), value.encode()) for name, value in headers.items()]
