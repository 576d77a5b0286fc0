"""What answers beside Django: found by name, started and stopped with the server."""

from __future__ import annotations

import asyncio
import threading
from pathlib import Path
from typing import Any

from leeward.safety.door import Door
from leeward.safety.generation import Generation
from leeward.safety.headers import visitor_headers
from leeward.safety.kept_pages import KeptPages
from leeward.safety.leaving import _endings, ends_on_leaving
from leeward.safety.live import Live
from leeward.safety.tests.make import FORM, Inner, ask, ask_async, make_door
from leeward.safety.wire import send_bare


class Parts:
    """Live parts that note what they were given."""

    def __init__(self) -> None:
        self.given: list[Any] = []

    async def form(self, fields: Any, scope: Any, receive: Any, send: Any) -> None:
        self.given.append(fields)
        await send_bare(204, visitor_headers(), send)

    async def stream(self, scope: Any, receive: Any, send: Any) -> None:
        self.given.append(scope["path"])
        await send_bare(204, {}, send)

    async def start(self) -> None:
        self.given.append("start")

    async def stop(self) -> None:
        self.given.append("stop")


def live_door(folder: Path) -> tuple[Door, Parts, Inner]:
    """Return a door with live parts, those parts, and what stands in for Django."""
    parts, inner = Parts(), Inner()
    live = Live(
        forms={"/live/x": parts.form},
        streams={"/staff/desk/live": parts.stream},
        start=parts.start,
        stop=parts.stop,
    )
    pages = KeptPages(Generation(folder / "generation"))
    return Door(inner, pages, at_start=lambda: None, live=live), parts, inner


def test_a_form_that_names_a_live_part_goes_to_it_with_its_fields(tmp_path: Path) -> None:
    door, parts, inner = live_door(tmp_path)

    got = ask(door, "POST", "/", FORM, body=b"to=%2Flive%2Fx&id=7")

    assert got.status == 204
    assert parts.given == [{"to": "/live/x", "id": "7"}]
    assert inner.asked == []


def test_a_live_part_has_no_address_of_its_own(tmp_path: Path) -> None:
    door, parts, _inner = live_door(tmp_path)

    ask(door, "GET", "/live/x")
    ask(door, "POST", "/live/x", FORM, body=b"to=%2Flive%2Fx&id=7")

    assert parts.given == []


def test_staffs_stream_is_found_by_its_path(tmp_path: Path) -> None:
    door, parts, _inner = live_door(tmp_path)

    assert ask(door, "GET", "/staff/desk/live").status == 204
    assert parts.given == ["/staff/desk/live"]


def test_live_parts_start_and_stop_with_the_server(tmp_path: Path) -> None:
    door, parts, _inner = live_door(tmp_path)
    messages = [{"type": "lifespan.startup"}, {"type": "lifespan.shutdown"}]
    said: list[str] = []

    async def receive() -> Any:
        return messages.pop(0)

    async def send(message: Any) -> None:
        said.append(message["type"])

    asyncio.run(door({"type": "lifespan"}, receive, send))

    assert parts.given == ["start", "stop"]
    assert said == ["lifespan.startup.complete", "lifespan.shutdown.complete"]


def test_who_leaves_by_the_forms_x_is_away_before_anything_is_ended(tmp_path: Path) -> None:
    door, _ = make_door(Inner(), tmp_path)
    may_end, ended = threading.Event(), threading.Event()

    @ends_on_leaving
    def slowly(_opened: dict[str, str]) -> None:
        may_end.wait(20)
        ended.set()

    async def leave() -> Any:
        got = await ask_async(door, "POST", "/", FORM, body=b"leave=now&talk=abc")
        was_ended = ended.is_set()
        may_end.set()
        await asyncio.to_thread(ended.wait, 20)
        return got, was_ended

    got, was_ended = asyncio.run(leave())
    _endings.remove(slowly)

    assert got.status == 303
    assert got.headers["location"].startswith("https://")
    assert not was_ended
    assert ended.is_set()
