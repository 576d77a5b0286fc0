"""Whole answers of a WSGI application, got in one go, are what it would send piece by piece."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import pytest

from leeward.safety.behind import Rendered, ask
from leeward.safety.in_threads import InThreads, Whole
from leeward.safety.tests.make import FORM, scope_of
from leeward.safety.wire import Refused

BODY = "to=/en/&where=Peñasco".encode()
Start = Callable[[str, list[tuple[str, str]]], Any]


class Chunks:
    """What a WSGI application answers with; knows whether it was closed."""

    def __init__(self, *chunks: bytes) -> None:
        self._chunks = chunks
        self.is_closed = False

    def __iter__(self) -> Iterator[bytes]:
        return iter(self._chunks)

    def close(self) -> None:
        self.is_closed = True


def echo(environ: dict[str, Any], start: Start) -> Iterable[bytes]:
    """Tell what was asked."""
    sent = environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"]))
    start(
        "201 Created", [("X-One", "ä".encode().decode("latin-1")), ("X-Two", "b"), ("x-two", "c")]
    )
    told = f"{environ['REQUEST_METHOD']} {environ['PATH_INFO']} {environ['HTTP_HOST']} "
    return Chunks(told.encode(), sent, b"")


def asked() -> dict[str, Any]:
    """Return a form as the door hands it on."""
    length = (b"content-length", str(len(BODY)).encode())
    return scope_of("POST", "/en/services/", FORM, length)


async def piece_by_piece(app: InThreads) -> Whole:
    """Return what the application sends as ASGI messages."""
    messages: list[Any] = []

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": BODY, "more_body": False}

    async def send(message: Any) -> None:
        messages.append(message)

    await app(asked(), receive, send)
    body = b"".join(message.get("body", b"") for message in messages[1:])
    return Whole(messages[0]["status"], messages[0]["headers"], body)


def test_a_whole_answer_is_what_comes_piece_by_piece():
    app = InThreads(echo, threads=2)

    whole = asyncio.run(app.whole(asked(), BODY))

    assert whole.body == b"POST /en/services/ site.example " + BODY
    assert whole.headers[1:] == [(b"x-two", b"b"), (b"x-two", b"c")]
    assert whole == asyncio.run(piece_by_piece(app))


def test_a_whole_answer_is_closed_and_made_in_another_thread():
    made: list[Chunks] = []
    threads: list[threading.Thread] = []

    def answer(_environ: Any, start: Start) -> Chunks:
        threads.append(threading.current_thread())
        start("200 OK", [])
        made.append(Chunks(b"page"))
        return made[0]

    whole = asyncio.run(InThreads(answer, threads=1).whole(asked(), BODY))

    assert whole == Whole(200, [], b"page")
    assert made[0].is_closed
    assert threads[0] is not threading.current_thread()


def test_an_error_inside_is_refused_as_one_of_the_program():
    def breaks(_environ: Any, _start: Start) -> Chunks:
        raise ValueError

    with pytest.raises(Refused) as refused:
        asyncio.run(ask(InThreads(breaks, threads=1), asked(), BODY))

    assert refused.value.status == 500


def test_the_mark_of_a_page_to_keep_is_read_and_not_sent():
    def kept(_environ: Any, start: Start) -> Chunks:
        start("200 OK", [("X-Leeward-Keep", "1"), ("Content-Type", "text/html"), ("Vary", "a")])
        return Chunks(b"page")

    rendered = asyncio.run(ask(InThreads(kept, threads=1), asked()))

    assert rendered == Rendered(200, [(b"content-type", b"text/html")], b"page", may_be_kept=True)
