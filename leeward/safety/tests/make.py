"""Builders for tests of the front door: an inner application, and one request through the door."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from leeward.safety.door import Door
from leeward.safety.generation import Generation
from leeward.safety.kept_pages import KeptPages

DOCUMENT = b"<html><title>Welcome</title><!--part--><div id=page>the page</div><!--/part--></html>"
FORM = (b"content-type", b"application/x-www-form-urlencoded")


@dataclass
class Got:
    """One answer that came through the door."""

    status: int = 0
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""


@dataclass
class Inner:
    """An inner application that answers every path alike and remembers what it was asked."""

    document: bytes = DOCUMENT
    status: int = 200
    is_kept: bool = True
    pause_s: float = 0.0
    before_answer: Callable[[], None] = lambda: None
    asked: list[tuple[str, str, bytes]] = field(default_factory=list)

    async def __call__(
        self,
        scope: Any,
        receive: Callable[[], Awaitable[Any]],
        send: Callable[[Any], Awaitable[None]],
    ) -> None:
        """Answer one request."""
        body = (await receive()).get("body", b"")
        self.asked.append((scope["method"], scope["path"], body))
        await asyncio.sleep(self.pause_s)
        self.before_answer()
        headers = [(b"content-type", b"text/html")]
        if self.is_kept:
            headers.append((b"x-leeward-keep", b"1"))
        await send({"type": "http.response.start", "status": self.status, "headers": headers})
        await send({"type": "http.response.body", "body": self.document})


def make_door(inner: Inner, folder: Path) -> tuple[Door, Generation]:
    """Return a door before `inner`, and the generation its kept pages live under."""
    generation = Generation(folder / "generation")
    return Door(inner, KeptPages(generation), at_start=lambda: None), generation


def scope_of(method: str, path: str, *headers: tuple[bytes, bytes]) -> dict[str, Any]:
    """Return the ASGI scope of one request to http://site.example."""
    return {
        "type": "http",
        "method": method,
        "path": path,
        "raw_path": path.encode(),
        "query_string": b"",
        "http_version": "1.1",
        "scheme": "http",
        "client": ("203.0.113.9", 1234),
        "server": ("127.0.0.1", 80),
        "headers": [(b"host", b"site.example"), *headers],
    }


async def ask_async(
    door: Door, method: str, path: str, *headers: tuple[bytes, bytes], body: bytes = b""
) -> Got:
    """Send one request through the door and return the answer."""
    got = Got()
    length = (b"content-length", str(len(body)).encode())
    scope = scope_of(method, path, *headers, *([length] if body else []))

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": body, "more_body": False}

    async def send(message: Any) -> None:
        if message["type"] == "http.response.start":
            got.status = message["status"]
            got.headers = {k.decode(): v.decode() for k, v in message["headers"]}
        else:
            got.body += message.get("body", b"")

    await door(scope, receive, send)
    return got


def ask(
    door: Door, method: str, path: str, *headers: tuple[bytes, bytes], body: bytes = b""
) -> Got:
    """Send one request through the door, outside of any running loop."""
    return asyncio.run(ask_async(door, method, path, *headers, body=body))


def move(door: Door, to: str, *headers: tuple[bytes, bytes]) -> Got:
    """Move to the page `to`, as the site's own buttons do."""
    return ask(door, "POST", "/", FORM, *headers, body=b"to=" + to.encode())
