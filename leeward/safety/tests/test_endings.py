"""Endings behind somebody who left: once for one thing, bounded, and a flood ends nothing."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from leeward.safety import door as doors
from leeward.safety.endings import Endings
from leeward.safety.leaving import _endings, ends_on_leaving
from leeward.safety.limits import Rate
from leeward.safety.tests.make import FORM, Inner, ask, make_door


@dataclass
class Slow:
    """An ending that goes on until it is let go; it remembers what it was asked to end."""

    asked: list[dict[str, str]] = field(default_factory=list)
    may_end: threading.Event = field(default_factory=threading.Event)

    def __call__(self, opened: dict[str, str]) -> None:
        """End something, slowly."""
        self.asked.append(opened)
        self.may_end.wait(20)


@pytest.fixture
def slow() -> Iterator[Slow]:
    ending = Slow()
    ends_on_leaving(ending)
    yield ending
    ending.may_end.set()
    _endings.remove(ending)


def _run(work: Callable[[], Awaitable[None]], slow: Slow) -> None:
    async def whole() -> None:
        try:
            await work()
        finally:
            slow.may_end.set()

    asyncio.run(whole())


def test_the_same_thing_is_ended_once_however_often_the_x_is_pressed(slow: Slow) -> None:
    endings = Endings()

    async def press() -> None:
        running = [endings.begin({"leave": how, "talk": "abc"}) for how in ("now", "1", "now")]
        slow.may_end.set()
        await asyncio.gather(*(task for task in running if task))

    _run(press, slow)

    assert [opened["talk"] for opened in slow.asked] == ["abc"]


def test_what_ended_may_be_asked_for_again(slow: Slow) -> None:
    endings = Endings()
    slow.may_end.set()

    async def press_twice() -> None:
        for _ in range(2):
            running = endings.begin({"talk": "abc"})
            assert running is not None
            await running
            await asyncio.sleep(0)

    _run(press_twice, slow)

    assert len(slow.asked) == 2


def test_no_more_than_so_many_run_at_once(slow: Slow) -> None:
    endings = Endings(most=3)

    async def flood() -> None:
        running = [endings.begin({"talk": str(number)}) for number in range(10)]
        slow.may_end.set()
        started = [task for task in running if task]
        assert len(started) == 3
        await asyncio.gather(*started)

    _run(flood, slow)

    assert {opened["talk"] for opened in slow.asked} == {"0", "1", "2"}


@pytest.mark.parametrize(("how", "status"), [("now", 303), ("1", 204)])
def test_a_flood_is_let_out_and_ends_nothing(
    how: str, status: int, slow: Slow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(doors, "WORK", Rate(burst=2, per_minute=0))
    door, _ = make_door(Inner(), tmp_path)
    slow.may_end.set()

    got = [
        ask(door, "POST", "/", FORM, body=f"leave={how}&talk={number}".encode())
        for number in range(5)
    ]

    assert {answer.status for answer in got} == {status}
    assert [opened["talk"] for opened in slow.asked] == ["0", "1"]
