"""How the server speaks HTTP: uvicorn's own protocol, with limits and a calm refusal.

uvicorn reads headers without end and answers a malformed request with a bare line of text.
Here headers are bounded, and whoever sent something we can't read gets the calm page.
"""

from __future__ import annotations

import asyncio
import socket
from http import HTTPStatus
from typing import Any

from django.conf import settings

from leeward.safety import errors
from leeward.safety.apart import run_apart
from leeward.safety.at_once import PromptProtocol
from leeward.safety.headers import visitor_headers
from leeward.safety.live import AT_SHUTDOWN

MOST_HEADER_BYTES = 32 * 1024
MOST_HEADERS = 100
# A phone that lost its network says nothing: without this its stream would count as open for a
# quarter of an hour (tcp(7), TCP_USER_TIMEOUT: sent, and not acknowledged for so long).
GONE_AFTER_MS = 45_000


class HeadersTooLarge(Exception):
    """A request sent more header bytes, or more headers, than any browser does."""


class CalmProtocol(PromptProtocol):
    """uvicorn's HTTP/1.1 protocol with bounded headers and the calm page for what is malformed."""

    _header_bytes = 0
    _is_too_large = False

    def on_message_begin(self) -> None:
        """Start counting a new request's headers."""
        super().on_message_begin()
        self._header_bytes = 0

    def on_url(self, url: bytes) -> None:
        """Count the address line and take it in."""
        self._count(len(url))
        super().on_url(url)

    def on_header(self, name: bytes, value: bytes) -> None:
        """Count a header and take it in."""
        self._count(len(name) + len(value))
        super().on_header(name, value)

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Take a connection in; one whose other end has vanished is given up soon."""
        super().connection_made(transport)
        end = transport.get_extra_info("socket")
        if end is not None and end.family != socket.AF_UNIX:
            end.setsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, GONE_AFTER_MS)

    def shutdown(self) -> None:
        """Take part in the server's stop: answers that would never end are ended."""
        super().shutdown()
        scope: Any = self.cycle.scope if self.cycle is not None else {}
        if AT_SHUTDOWN in scope:
            scope[AT_SHUTDOWN]()

    def send_400_response(self, msg: str) -> None:
        """Answer with the calm page and close. `msg` is uvicorn's own wording and is not used."""
        self.flow.pause_reading()
        status = 431 if self._is_too_large else 400
        task = self.loop.create_task(self._refuse(status))
        self.tasks.add(task)
        task.add_done_callback(self.tasks.discard)

    async def _refuse(self, status: int) -> None:
        language = settings.LANGUAGE_CODE
        body = await run_apart(errors.error_document, status, language)
        headers = visitor_headers() | {
            "Content-Type": "text/html; charset=utf-8",
            "Content-Length": str(len(body)),
            "Connection": "close",
        }
        lines = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
        first = f"HTTP/1.1 {status} {HTTPStatus(status).phrase}\r\n"
        self.transport.write(f"{first}{lines}\r\n".encode() + body)
        self.transport.close()

    def _count(self, size: int) -> None:
        self._header_bytes += size
        if self._header_bytes > MOST_HEADER_BYTES or len(self.headers) >= MOST_HEADERS:
            self._is_too_large = True
            raise HeadersTooLarge
