"""How the server speaks HTTP: uvicorn's own protocol, with limits and a calm refusal.

uvicorn reads headers without end and answers a malformed request with a bare line of text.
Here headers are bounded, and whoever sent something we can't read gets the calm page.
"""

from __future__ import annotations

from django.conf import settings
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from leeward.safety import errors
from leeward.safety.headers import visitor_headers

MOST_HEADER_BYTES = 32 * 1024
MOST_HEADERS = 100


class HeadersTooLarge(Exception):
    """A request sent more header bytes, or more headers, than any browser does."""


class CalmProtocol(HttpToolsProtocol):
    """uvicorn's HTTP/1.1 protocol with bounded headers and the calm page for what is malformed."""

    _header_bytes = 0

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
        if len(self.headers) >= MOST_HEADERS:
            raise HeadersTooLarge
        super().on_header(name, value)

    def send_400_response(self, msg: str) -> None:
        """Answer with the calm page and close. `msg` is uvicorn's own wording and is not used."""
        status = 431 if self._header_bytes > MOST_HEADER_BYTES else 400
        body = errors.error_document(status, settings.LANGUAGE_CODE)
        headers = visitor_headers() | {
            "Content-Type": "text/html; charset=utf-8",
            "Content-Length": str(len(body)),
            "Connection": "close",
        }
        lines = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
        reason = {400: "Bad Request", 431: "Request Header Fields Too Large"}[status]
        self.transport.write(f"HTTP/1.1 {status} {reason}\r\n{lines}\r\n".encode() + body)
        self.transport.close()

    def _count(self, size: int) -> None:
        self._header_bytes += size
        if self._header_bytes > MOST_HEADER_BYTES:
            raise HeadersTooLarge
