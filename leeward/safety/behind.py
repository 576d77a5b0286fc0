"""Django, behind the door: asked for a whole answer, or let to answer as it likes."""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from leeward.safety import log
from leeward.safety.access import KEEP_HEADER
from leeward.safety.in_threads import InThreads, Whole
from leeward.safety.kept_pages import RawHeaders
from leeward.safety.wire import App, Receive, Refused, Scope, Send


@dataclass(slots=True)
class Rendered:
    """What Django answered, whole."""

    status: int
    headers: RawHeaders
    body: bytes
    may_be_kept: bool = False


async def ask(django: App, scope: Scope, body: bytes = b"") -> Rendered:
    """Return Django's whole answer to `scope`.

    Raises Refused: 500 for an error of the program, or the status of an error without a page.
    """
    asked = (
        django.whole(scope, body) if isinstance(django, InThreads) else _whole(django, scope, body)
    )
    try:
        rendered = _rendered(await asked)
    except Exception as wrong:
        log.error("door.render_failed", kind=type(wrong).__name__)
        raise Refused(500) from wrong
    if rendered.status >= HTTPStatus.BAD_REQUEST and not rendered.body:
        raise Refused(rendered.status)
    return rendered


async def pass_through(django: App, scope: Scope, receive: Receive, send: Send) -> None:
    """Let Django answer as it likes: staff pages, pictures, the sitemap.

    Raises Refused(500) for an error of the program, if nothing was sent yet.
    """
    is_sent = False

    async def watch(message: dict[str, Any]) -> None:
        nonlocal is_sent
        is_sent = True
        await send(message)

    try:
        await django(scope, receive, watch)
    except Exception as wrong:
        log.error("door.answer_failed", kind=type(wrong).__name__)
        if not is_sent:
            raise Refused(500) from wrong


def move_to(path: str, scope: Scope, *, method: str) -> Scope:
    """Return `scope` as if the canonical `path` had been asked for, without any query."""
    return dict(scope) | {
        "path": path,
        "raw_path": path.encode(),
        "query_string": b"",
        "method": method,
    }


async def _whole(app: App, scope: Scope, body: bytes) -> Whole:
    """Return the whole answer of any ASGI application."""
    start: dict[str, Any] = {}
    chunks: list[bytes] = []

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": body, "more_body": False}

    async def collect(message: dict[str, Any]) -> None:
        if message["type"] == "http.response.start":
            start.update(message)
        else:
            chunks.append(message.get("body", b""))

    await app(scope, receive, collect)
    headers = [(name.lower(), value) for name, value in start["headers"]]
    return Whole(start["status"], headers, b"".join(chunks))


def _rendered(whole: Whole) -> Rendered:
    keep = KEEP_HEADER.lower().encode()
    dropped = {keep, b"content-length", b"vary"}
    return Rendered(
        status=whole.status,
        headers=[pair for pair in whole.headers if pair[0] not in dropped],
        body=whole.body,
        may_be_kept=any(name == keep for name, _value in whole.headers),
    )
