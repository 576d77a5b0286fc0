"""The front door: the ASGI application that stands before Django.

It keeps every visit on one address. A move inside the site is a POST to `/` that names the page
in its body; a finished page is answered from memory; the X pressed without scripts is answered
with the way out. Everything else goes to Django. `docs/map.md` follows one request through it.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from django.conf import settings

from leeward.safety import errors
from leeward.safety.apart import run_apart
from leeward.safety.behind import Rendered, ask, move_to, pass_through
from leeward.safety.endings import Endings
from leeward.safety.headers import CLEAR_ON_LEAVING, is_staff_path, visitor_headers
from leeward.safety.incoming import is_page_path, plain_move, read_body, read_fields
from leeward.safety.kept_pages import Answer, KeptPage, KeptPages, cut_part, make_answer
from leeward.safety.language import language_of
from leeward.safety.leaving import exit_address, is_leaving
from leeward.safety.limits import SIGN_IN, WORK, FloodLimit
from leeward.safety.live import NOTHING_LIVE, Live
from leeward.safety.wire import (
    App,
    Incoming,
    Receive,
    Refused,
    Scope,
    Send,
    raw,
    send_answer,
    send_bare,
)
from leeward.safety.wishes import Wishes

PART_HEADER = b"x-part"
FOR_MACHINES = "/api/"  # never kept, and each question costs work
MOST_REMEMBERED = 512
LEAVES_NOW = "now"


class Door:
    """Answers every HTTP request; `django` answers what is not kept."""

    def __init__(
        self, django: App, pages: KeptPages, at_start: Callable[[], None], live: Live = NOTHING_LIVE
    ) -> None:
        self._django = django
        self._pages = pages
        self._at_start = at_start
        self._live = live
        self._work_limit = FloodLimit(WORK)
        self._sign_in_limit = FloodLimit(SIGN_IN)
        self._wishes = Wishes()
        self._moves: dict[bytes, str] = {}
        self._rendering: dict[str, asyncio.Task[KeptPage | Rendered]] = {}
        self._endings = Endings()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one HTTP request, or take part in the server's start and stop."""
        if scope["type"] == "http":
            await self._answer(scope, receive, send)
        elif scope["type"] == "lifespan":
            await self._last(receive, send)

    async def _answer(self, scope: Scope, receive: Receive, send: Send) -> None:
        incoming: Incoming = dict(scope["headers"])
        try:
            if scope["method"] in ("GET", "HEAD"):
                if b"referer" in incoming and self._is_leaving(scope, incoming):
                    await self._show_out(send)
                    return
                if scope["path"] in self._live.streams:
                    await self._live.streams[scope["path"]](scope, receive, send)
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
            path = self._wishes.home(incoming)
        page = self._pages.find((path, PART_HEADER in incoming))
        return page.answer(self._wishes.encoding(incoming)) if page else None

    async def _show(
        self, path: str, scope: Scope, incoming: Incoming, receive: Receive, send: Send
    ) -> None:
        """Answer with the page at the canonical `path`, kept or newly rendered."""
        answer = self._kept(path, incoming)
        if answer is None:
            if path == "/":
                path = self._wishes.home(incoming)
            if not is_page_path(path):
                if path.startswith(FOR_MACHINES):
                    self._count(scope, self._work_limit)
                await pass_through(self._django, scope, receive, send)
                return
            await self._show_rendered(path, scope, incoming, send)
            return
        await send_answer(answer, send)

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
        if isinstance(outcome, KeptPage):
            whole = Rendered(outcome.status, outcome.headers, outcome.plain)
            await self._send_rendered(whole, incoming, send)
            await self._press(path, incoming)
        else:
            self._count(scope, self._work_limit)
            await self._send_rendered(outcome, incoming, send)

    async def _press(self, path: str, incoming: Incoming) -> None:
        """Make the smallest bytes for whoever asks next; the one who asked first has hers."""
        page = self._pages.find((path, PART_HEADER in incoming))
        if page:
            await asyncio.to_thread(page.answer, self._wishes.encoding(incoming))

    async def _render_to_keep(self, path: str, scope: Scope) -> KeptPage | Rendered:
        mark = self._pages.mark()
        rendered = await ask(self._django, move_to(path, scope, method="GET"))
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
            await pass_through(self._django, scope, receive, send)
            return
        body = await read_body(incoming, receive)
        target = self._plain_move(body)
        if target is not None:
            await self._show(target, scope, incoming, receive, send)
            return
        fields = read_fields(body, incoming)
        if "leave" in fields:
            await self._end_visit(fields, scope, send)
            return
        target = fields.get("to", "")
        if target in self._live.forms:
            del body
            incoming.clear()  # an answer may stay open for hours, ten thousand of them
            await self._live.forms[target](fields, scope, receive, send)
            return
        self._count(scope, self._work_limit)
        if not is_page_path(target):
            raise Refused(404)
        rendered = await ask(self._django, move_to(target, scope, method="POST"), body)
        await self._send_rendered(rendered, incoming, send)

    async def _end_visit(self, fields: dict[str, str], scope: Scope, send: Send) -> None:
        """Answer the last word: end what was open and have the browser drop its cache.

        The X of a page with something open is a form's button where no script runs: then whoever
        pressed it is on the way out before anything is ended. A flood is let out as well, and ends
        nothing.
        """
        client = scope.get("client")
        is_flood = client is not None and not self._work_limit.allows(client[0])
        ending = None if is_flood else self._endings.begin(fields)
        if fields["leave"] == LEAVES_NOW:
            await self._show_out(send)
            return
        if ending is not None:
            await asyncio.shield(ending)
        headers = visitor_headers() | {"Clear-Site-Data": CLEAR_ON_LEAVING}
        await send_bare(204, headers, send)

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
        await send_bare(303, headers, send)

    # -- answers that are not kept --

    async def _send_rendered(self, rendered: Rendered, incoming: Incoming, send: Send) -> None:
        body = cut_part(rendered.body) if PART_HEADER in incoming else rendered.body
        encoding = self._wishes.encoding(incoming) if body else b""
        answer = make_answer(rendered.status, rendered.headers, body, encoding, best=False)
        await send_answer(answer, send)

    # -- refusals --

    async def _refuse(self, status: int, scope: Scope, incoming: Incoming, send: Send) -> None:
        if scope["path"].startswith(FOR_MACHINES):
            kind, document = "application/problem+json", errors.problem_document(status)
        else:
            language = language_of("/", incoming.get(b"accept-language", b"").decode("latin-1"))
            document = await run_apart(errors.error_document, status, language)
            kind = "text/html; charset=utf-8"
        headers = visitor_headers() | {"Content-Type": kind}
        if status == 405:
            headers |= {"Allow": "GET, HEAD, POST"}
        await self._send_rendered(Rendered(status, raw(headers), document), incoming, send)

    def _has_room(self, scope: Scope) -> bool:
        client = scope.get("client")
        return not client or self._work_limit.has_room(client[0])

    def _count(self, scope: Scope, limit: FloodLimit) -> None:
        client = scope.get("client")
        if client and not limit.allows(client[0]):
            raise Refused(429)

    def _plain_move(self, body: bytes) -> str | None:
        found = self._moves.get(body)
        if found is None:
            found = plain_move(body)
            has_room = len(self._moves) < MOST_REMEMBERED
            if found is not None and has_room and self._pages.find((found, False)):
                self._moves[body] = found
        return found

    async def _last(self, receive: Receive, send: Send) -> None:
        """Start what runs beside the answers, and stop it when the server stops."""
        while True:
            message = await receive()
            if message["type"] == "lifespan.startup":
                await self._live.start()  # before the jobs, which end the chats of who is gone
                self._at_start()
            else:
                await self._live.stop()
            await send({"type": f"{message['type']}.complete"})
            if message["type"] == "lifespan.shutdown":
                return
