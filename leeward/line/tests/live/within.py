"""The door and the live half in this process: requests by ASGI messages, streams read as events."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, Self
from urllib.parse import urlencode

from leeward.line.live.application import Line
from leeward.line.live.room import Room
from leeward.line.tests.live.talks import Talk
from leeward.safety.apart import run_apart
from leeward.safety.door import Door
from leeward.safety.generation import Generation
from leeward.safety.kept_pages import KeptPages
from leeward.safety.live import Live
from leeward.safety.tests.make import FORM, Got, Inner, ask_async, scope_of

WITHIN_S = 60  # what takes a moment here takes long where many tests run at once


class Site:
    """A door with the live half behind it."""

    def __init__(self, door: Door, line: Line) -> None:
        self.door = door
        self._line = line

    @property
    def room(self) -> Room:
        """Return what the live handlers share."""
        assert self._line._open is not None
        return self._line._open.room

    async def post(self, to: str, fields: dict[str, str]) -> Got:
        """Return the answer to a form."""
        body = urlencode({"to": to} | fields).encode()
        return await ask_async(self.door, "POST", "/", FORM, body=body)

    @asynccontextmanager
    async def stream(self, to: str, fields: dict[str, str]) -> AsyncIterator[Growing]:
        """Open an answer that grows; the browser goes at the end of the block."""
        body = urlencode({"to": to} | fields).encode()
        scope = scope_of("POST", "/", FORM, (b"content-length", str(len(body)).encode()))
        async with Growing(self.door, scope, body) as growing:
            yield growing

    def listen(self, talk: Talk, after: int = 0) -> Any:
        """Open her stream of events."""
        return self.stream("/live/listen", talk.fields(after=after))


class Growing:
    """One open answer."""

    def __init__(self, door: Door, scope: dict[str, Any], body: bytes) -> None:
        self._door = door
        self.scope = scope
        self._asked = [{"type": "http.request", "body": body, "more_body": False}]
        self._gone = asyncio.Event()
        self._grew = asyncio.Condition()
        self.may_send = asyncio.Event()
        self.may_send.set()
        self.status = 0
        self.headers: dict[str, str] = {}
        self.body = b""
        self.is_complete = False

    async def __aenter__(self) -> Self:
        self._task = asyncio.create_task(self._door(self.scope, self._receive, self._send))
        await self.until(lambda _growing: self.status > 0)
        return self

    async def __aexit__(self, *_wrong: object) -> None:
        self._gone.set()
        self.may_send.set()
        async with asyncio.timeout(WITHIN_S):
            await self._task

    async def until(self, is_so: Callable[[Growing], Any]) -> None:
        """Wait until something is so."""
        async with asyncio.timeout(WITHIN_S), self._grew:
            await self._grew.wait_for(lambda: is_so(self))

    async def events(self, number: int, kind: str = "message") -> list[dict[str, Any]]:
        """Return the first events of one kind, once there are so many."""
        await self.until(lambda _growing: len(self.so_far(kind)) >= number)
        return self.so_far(kind)

    def so_far(self, kind: str = "message") -> list[dict[str, Any]]:
        """Return the events of one kind that came."""
        blocks = self.body.decode().split("\n\n")[:-1]
        lines = [line for block in blocks for line in block.split("\n")]
        found = [json.loads(line[6:]) for line in lines if line.startswith("data: ")]
        return [event for event in found if event["e"] == kind]

    async def _receive(self) -> dict[str, Any]:
        if self._asked:
            return self._asked.pop()
        await self._gone.wait()
        return {"type": "http.disconnect"}

    async def _send(self, message: Any) -> None:
        await self.may_send.wait()
        async with self._grew:
            if message["type"] == "http.response.start":
                self.status = message["status"]
                self.headers = {k.decode(): v.decode() for k, v in message["headers"]}
            else:
                self.body += message.get("body", b"")
                self.is_complete = not message.get("more_body", False)
            self._grew.notify_all()


@asynccontextmanager
async def running(folder: Path, *, redis_url: str = "", workers: int = 1) -> AsyncIterator[Site]:
    """Run a door with the live half."""
    line = Line(redis_url=redis_url, workers=workers)
    live = Live(forms=line.forms, streams=line.streams, start=line.start, stop=line.stop)
    pages = KeptPages(Generation(folder / "generation"))
    await line.start()
    try:
        yield Site(Door(Inner(), pages, at_start=lambda: None, live=live), line)
    finally:
        await line.stop()


async def apart(work: Callable[..., Any], *given: Any) -> Any:
    """Return what `work` returns, done in a thread with a connection of its own."""
    return await run_apart(work, *given)
