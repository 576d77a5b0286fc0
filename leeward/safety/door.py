"""The front door: the ASGI application that stands before Django.

It keeps every visit on one address. A move inside the site is a POST to `/` that names the page
in its body; a finished page is answered from memory; the X pressed without scripts is answered
with the way out. Everything else goes to Django. `docs/map.md` follows one request through it.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, MutableMapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl, unquote_to_bytes

from django.conf import settings

from leeward.safety import errors, log
from leeward.safety.access import KEEP_HEADER
from leeward.safety.headers import CLEAR_ON_LEAVING, is_staff_path, visitor_headers
from leeward.safety.kept_pages import (
    Answer,
    KeptPage,
    KeptPages,
    RawHeaders,
    choose_encoding,
    cut_part,
    make_answer,
)
from leeward.safety.language import language_of
from leeward.safety.leaving import end_all, exit_address, is_leaving
from leeward.safety.limits import SIGN_IN, WORK, FloodLimit

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Any]]
Send = Callable[[Any], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]
Incoming = dict[bytes, bytes]

MOST_BODY_BYTES = 64 * 1024
MOST_FIELDS = 300
MOST_REMEMBERED = 512
PART_HEADER = b"x-part"


class Refused(Exception):
    """The request can't be answered with a page; carries the status to answer with."""

    def __init__(self, status: int) -> None:
        super().__init__(status)
        self.status = status


@dataclass(slots=True)
class Rendered:
    """What Django answered, whole."""

    status: int
    headers: RawHeaders
    body: bytes
    may_be_kept: bool


class Door:
    """Answers every HTTP request; `django` answers what is not kept."""

    def __init__(self, django: App, pages: KeptPages, at_start: Callable[[], None]) -> None:
        self._django = django
        self._pages = pages
        self._at_start = at_start
        self._work_limit = FloodLimit(WORK)
        self._sign_in_limit = FloodLimit(SIGN_IN)
        self._encodings: dict[bytes, bytes] = {}
        self._homes: dict[bytes, str] = {}
        self._moves: dict[bytes, str] = {}
        self._rendering: dict[str, asyncio.Task[KeptPage | Rendered]] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one HTTP request, or take part in the server's start and stop."""
        if scope["type"] == "http":
            await self._answer(scope, receive, send)
        elif scope["type"] == "lifespan":
            await self._live(receive, send)

    async def _answer(self, scope: Scope, receive: Receive, send: Send) -> None:
        incoming: Incoming = dict(scope["headers"])
        try:
            if scope["method"] in ("GET", "HEAD"):
                if b"referer" in incoming and self._is_leaving(scope, incoming):
                    await self._show_out(send)
                    return
                await self._show(scope["path"], scope, incoming, receive, send)
            elif scope["method"] == "POST":
                await self._take_form(scope, incoming, receive, send)
            else:
                raise Refused(405)
        except Refused as refused:
            await self._refuse(refused.status, scope, incoming, send)

    # -- pages --

    def answer_at_once(self, scope: Scope) -> Answer | None:
        """Return the kept page, status 200, that a plain GET asks for; None for all else.

        It waits for nothing, so the server sends it without starting a task. What is None here
        comes in by `__call__`.
        """
        incoming: Incoming = dict(scope["headers"])
        if scope["method"] != "GET" or b"referer" in incoming:
            return None
        return self._kept(scope["path"], incoming)

    def _kept(self, path: str, incoming: Incoming) -> Answer | None:
        if path == "/":
            path = self._home(incoming)
        page = self._pages.find((path, PART_HEADER in incoming))
        return page.answer(self._encoding(incoming)) if page else None

    async def _show(
        self, path: str, scope: Scope, incoming: Incoming, receive: Receive, send: Send
    ) -> None:
        """Answer with the page at the canonical `path`, kept or newly rendered."""
        answer = self._kept(path, incoming)
        if answer is None:
            if path == "/":
                path = self._home(incoming)
            if not _is_page_path(path):
                await self._pass_through(scope, receive, send)
                return
            await self._show_rendered(path, scope, incoming, send)
            return
        await send(answer.start)
        await send(answer.body)

    async def _show_rendered(self, path: str, scope: Scope, incoming: Incoming, send: Send) -> None:
        """Render the page once, however many ask for it at the same moment.

        A page that can be kept costs its work once, so only what can't be is counted.
        """
        if not self._has_room(scope):
            raise Refused(429)
        task = self._rendering.get(path)
        if task is None:
            task = asyncio.create_task(self._render_to_keep(path, scope))
            self._rendering[path] = task
            task.add_done_callback(lambda _done: self._rendering.pop(path, None))
        outcome = await asyncio.shield(task)
        is_part = PART_HEADER in incoming
        if isinstance(outcome, KeptPage):
            page = self._pages.find((path, is_part)) or _shaped(outcome, is_part=is_part)
            answer = page.answer(self._encoding(incoming))
            await _send(answer, send)
        else:
            self._count(scope, self._work_limit)
            await self._send_rendered(outcome, incoming, send)

    async def _render_to_keep(self, path: str, scope: Scope) -> KeptPage | Rendered:
        mark = self._pages.mark()
        rendered = await self._ask_django(_move_to(path, scope, method="GET"), b"")
        if not rendered.may_be_kept or rendered.status != 200:
            return rendered
        for is_part in (True, False):
            page = self._pages.keep(
                (path, is_part),
                status=200,
                headers=rendered.headers,
                plain=cut_part(rendered.body) if is_part else rendered.body,
                mark=mark,
            )
        return page

    # -- forms --

    async def _take_form(
        self, scope: Scope, incoming: Incoming, receive: Receive, send: Send
    ) -> None:
        """Take a form: staff's go on as they are; a visitor's names the page it is for."""
        path: str = scope["path"]
        if path != "/":
            limit = self._sign_in_limit if path == settings.LOGIN_URL else self._work_limit
            if not is_staff_path(path) or path == settings.LOGIN_URL:
                self._count(scope, limit)
            await self._pass_through(scope, receive, send)
            return
        body = await _read_body(incoming, receive)
        target = self._plain_move(body)
        if target is not None:
            await self._show(target, scope, incoming, receive, send)
            return
        fields = _read_fields(body, incoming)
        if "leave" in fields:
            await self._end_visit(fields, send)
            return
        self._count(scope, self._work_limit)
        target = fields.get("to", "")
        if not _is_page_path(target):
            raise Refused(404)
        rendered = await self._ask_django(_move_to(target, scope, method="POST"), body)
        await self._send_rendered(rendered, incoming, send)

    async def _end_visit(self, fields: dict[str, str], send: Send) -> None:
        """Answer the script's last word: end what was open and have the browser drop its cache."""
        await asyncio.to_thread(end_all, fields)
        headers = visitor_headers() | {"Clear-Site-Data": CLEAR_ON_LEAVING}
        await send({"type": "http.response.start", "status": 204, "headers": _raw(headers)})
        await send({"type": "http.response.body", "body": b""})

    # -- the way out --

    def _is_leaving(self, scope: Scope, incoming: Incoming) -> bool:
        return is_leaving(
            referrer=incoming[b"referer"].decode("latin-1"),
            host=incoming.get(b"host", b"").decode("latin-1"),
            path=scope["path"],
        ) and not is_staff_path(scope["path"])

    async def _show_out(self, send: Send) -> None:
        """Answer the X pressed without scripts: 303 to a neutral site, with nothing in it."""
        headers = visitor_headers() | {"Location": exit_address(), "Content-Length": "0"}
        await send({"type": "http.response.start", "status": 303, "headers": _raw(headers)})
        await send({"type": "http.response.body", "body": b""})

    # -- Django --

    async def _ask_django(self, scope: Scope, body: bytes) -> Rendered:
        """Return Django's whole answer to `scope`; an error of the program is a calm 500."""
        start: dict[str, Any] = {}
        chunks: list[bytes] = []

        async def receive() -> dict[str, Any]:
            return {"type": "http.request", "body": body, "more_body": False}

        async def collect(message: dict[str, Any]) -> None:
            if message["type"] == "http.response.start":
                start.update(message)
            else:
                chunks.append(message.get("body", b""))

        try:
            await self._django(scope, receive, collect)
        except Exception as wrong:
            log.error("door.render_failed", kind=type(wrong).__name__)
            raise Refused(500) from wrong
        rendered = _rendered(start, b"".join(chunks))
        if rendered.status >= 400 and not rendered.body:
            raise Refused(rendered.status)
        return rendered

    async def _send_rendered(self, rendered: Rendered, incoming: Incoming, send: Send) -> None:
        body = cut_part(rendered.body) if PART_HEADER in incoming else rendered.body
        encoding = self._encoding(incoming) if body else b""
        answer = make_answer(rendered.status, rendered.headers, body, encoding, best=False)
        await _send(answer, send)

    async def _pass_through(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let Django answer as it likes: staff pages, pictures, the sitemap."""
        is_sent = False

        async def watch(message: dict[str, Any]) -> None:
            nonlocal is_sent
            is_sent = True
            await send(message)

        try:
            await self._django(scope, receive, watch)
        except Exception as wrong:
            log.error("door.answer_failed", kind=type(wrong).__name__)
            if not is_sent:
                raise Refused(500) from wrong

    # -- refusals --

    async def _refuse(self, status: int, scope: Scope, incoming: Incoming, send: Send) -> None:
        language = language_of("/", incoming.get(b"accept-language", b"").decode("latin-1"))
        document = await asyncio.to_thread(errors.error_document, status, language)
        headers = visitor_headers() | {"Content-Type": "text/html; charset=utf-8"}
        if status == 405:
            headers |= {"Allow": "GET, HEAD, POST"}
        await self._send_rendered(Rendered(status, _raw(headers), document, False), incoming, send)

    def _has_room(self, scope: Scope) -> bool:
        client = scope.get("client")
        return not client or self._work_limit.has_room(client[0])

    def _count(self, scope: Scope, limit: FloodLimit) -> None:
        client = scope.get("client")
        if client and not limit.allows(client[0]):
            raise Refused(429)

    # -- small memories, each bounded --

    def _encoding(self, incoming: Incoming) -> bytes:
        accepted = incoming.get(b"accept-encoding", b"")
        found = self._encodings.get(accepted)
        if found is None:
            found = choose_encoding(accepted)
            if len(self._encodings) < MOST_REMEMBERED:
                self._encodings[accepted] = found
        return found

    def _plain_move(self, body: bytes) -> str | None:
        found = self._moves.get(body)
        if found is None:
            found = _plain_move(body)
            has_room = len(self._moves) < MOST_REMEMBERED
            if found is not None and has_room and self._pages.find((found, False)):
                self._moves[body] = found
        return found

    def _home(self, incoming: Incoming) -> str:
        accepted = incoming.get(b"accept-language", b"")
        found = self._homes.get(accepted)
        if found is None:
            found = f"/{language_of('/', accepted.decode('latin-1'))}/"
            if len(self._homes) < MOST_REMEMBERED:
                self._homes[accepted] = found
        return found

    async def _live(self, receive: Receive, send: Send) -> None:
        while True:
            message = await receive()
            if message["type"] == "lifespan.startup":
                self._at_start()
            await send({"type": f"{message['type']}.complete"})
            if message["type"] == "lifespan.shutdown":
                return


def _is_page_path(path: str) -> bool:
    """Return whether `path` is a page for visitors: its first folder is a language."""
    first = path[1:].partition("/")[0]
    return path.startswith("/") and any(first == code for code, _name in settings.LANGUAGES)


def _plain_move(body: bytes) -> str | None:
    """Return the page that a bare `to=…` names, or None when the form holds more."""
    if not body.startswith(b"to=") or b"&" in body:
        return None
    target = unquote_to_bytes(body[3:].replace(b"+", b" ")).decode("utf-8", "replace")
    if not _is_page_path(target):
        raise Refused(404)
    return target


async def _read_body(incoming: Incoming, receive: Receive) -> bytes:
    declared = incoming.get(b"content-length", b"0")
    if not declared.isdigit() or int(declared) > MOST_BODY_BYTES:
        raise Refused(413)
    body: bytes = b""
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise Refused(400)
        body += message.get("body", b"")
        if len(body) > MOST_BODY_BYTES:
            raise Refused(413)
        if not message.get("more_body", False):
            return body


def _read_fields(body: bytes, incoming: Incoming) -> dict[str, str]:
    kind = incoming.get(b"content-type", b"").partition(b";")[0].strip().lower()
    if kind != b"application/x-www-form-urlencoded":
        raise Refused(415)
    try:
        pairs = parse_qsl(body.decode("utf-8"), keep_blank_values=True, max_num_fields=MOST_FIELDS)
    except ValueError as wrong:
        raise Refused(400) from wrong
    return dict(pairs)


def _move_to(path: str, scope: Scope, *, method: str) -> Scope:
    """Return `scope` as if the canonical `path` had been asked for, without any query."""
    return dict(scope) | {
        "path": path,
        "raw_path": path.encode(),
        "query_string": b"",
        "method": method,
    }


def _rendered(start: dict[str, Any], body: bytes) -> Rendered:
    keep = KEEP_HEADER.lower().encode()
    dropped = {keep, b"content-length", b"vary"}
    headers = [(name.lower(), value) for name, value in start["headers"]]
    return Rendered(
        status=start["status"],
        headers=[pair for pair in headers if pair[0] not in dropped],
        body=body,
        may_be_kept=any(name == keep for name, _value in headers),
    )


def _shaped(page: KeptPage, *, is_part: bool) -> KeptPage:
    """Return a page that could not be kept (something was published meanwhile) in one shape."""
    if not is_part:
        return page
    return KeptPage(page.status, page.headers, cut_part(page.plain), page.mark, page.until)


async def _send(answer: Answer, send: Send) -> None:
    await send(answer.start)
    await send(answer.body)


def _raw(headers: dict[str, str]) -> RawHeaders:
    return [(name.lower().encode(), value.encode()) for name, value in headers.items()]
