"""One open answer that grows: bytes wait here until the browser takes them, up to a bound.

A stream costs one task that waits for the browser to go. Sending starts a task of its own, which
ends when nothing waits any more; so an idle stream holds no more than it must.
"""

from __future__ import annotations

import asyncio

from leeward.safety.kept_pages import RawHeaders
from leeward.safety.live import AT_SHUTDOWN
from leeward.safety.wire import Receive, Scope, Send

MOST_WAITING_BYTES = 1_000_000
LAST_WORDS_WITHIN_S = 5


class Stream:
    """One growing answer. All of it belongs to the loop."""

    __slots__ = (
        "_ended_by_us",
        "_holding",
        "_pumping",
        "_send",
        "_waiting",
        "_waiting_bytes",
        "is_over",
    )

    def __init__(self, send: Send) -> None:
        self._send = send
        self._waiting: list[bytes] = []
        self._waiting_bytes = 0
        self._pumping: asyncio.Task[None] | None = None
        self._holding: asyncio.Task[None] | None = None
        self._ended_by_us = False
        self.is_over = False

    async def open(self, headers: RawHeaders) -> None:
        """Send the head of the answer."""
        await self._send({"type": "http.response.start", "status": 200, "headers": headers})

    def write(self, data: bytes) -> None:
        """Send `data` soon. A browser that has stopped reading is dropped; it comes again."""
        if self.is_over:
            return
        self._waiting_bytes += len(data)
        if self._waiting_bytes > MOST_WAITING_BYTES:
            self._waiting.clear()
            self.end()
            return
        self._waiting.append(data)
        if self._pumping is None:
            self._pumping = asyncio.create_task(self._pump())

    def end(self) -> None:
        """End the answer from our side, once what waits is sent."""
        if self.is_over:
            return
        self.is_over = self._ended_by_us = True
        if self._holding is not None:
            self._holding.cancel()

    @property
    def is_idle(self) -> bool:
        """Whether nothing waits to be sent."""
        return self._pumping is None

    async def drained(self) -> None:
        """Wait until the browser has taken what waits."""
        if self._pumping is not None:
            await asyncio.wait({self._pumping})

    async def hold(self, scope: Scope, receive: Receive) -> None:
        """Wait until the browser goes or somebody calls `end`; then finish the answer."""
        self._holding = asyncio.current_task()
        scope[AT_SHUTDOWN] = self.end
        if isinstance(scope["headers"], list):
            scope["headers"].clear()  # 1.5 KB of every stream, read by nobody any more
        try:
            while not self.is_over and (await receive())["type"] != "http.disconnect":
                pass
        except asyncio.CancelledError:
            if not self._ended_by_us or self._holding is None:
                raise
            self._holding.uncancel()
        finally:
            self.is_over = True
            self._holding = None
            scope.pop(AT_SHUTDOWN, None)
        await self._finish()

    async def _finish(self) -> None:
        if self._ended_by_us:
            try:
                async with asyncio.timeout(LAST_WORDS_WITHIN_S):
                    await self.drained()
                    await self._send({"type": "http.response.body", "body": b""})
            except TimeoutError:
                pass  # it reads no more; the server closes the connection
        if self._pumping is not None:
            self._pumping.cancel()

    async def _pump(self) -> None:
        try:
            while self._waiting:
                data = b"".join(self._waiting)
                self._waiting.clear()
                await self._send({"type": "http.response.body", "body": data, "more_body": True})
                self._waiting_bytes -= len(data)
        finally:
            self._pumping = None
