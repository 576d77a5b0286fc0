"""Kept pages that are sent without a task, and all that must not be."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from leeward.safety.at_once import find_answer_at_once
from leeward.safety.tests.make import Inner, ask, make_door


def asked(method: str = "GET", path: str = "/en/x/", *headers: tuple[bytes, bytes]) -> Any:
    """Return the scope of a request."""
    return {"type": "http", "method": method, "path": path, "headers": list(headers)}


def test_a_kept_page_is_ready_with_the_bytes_that_the_door_sends(tmp_path: Path) -> None:
    door, _ = make_door(Inner(), tmp_path)
    got = ask(door, "GET", "/en/x/")

    answer = find_answer_at_once(door)(asked())

    assert answer is not None
    assert answer.content == got.body
    assert f"content-length: {len(got.body)}\r\n".encode() in answer.head
    assert answer.head.endswith(b"\r\n\r\n")


def test_a_page_that_is_not_kept_is_not_ready(tmp_path: Path) -> None:
    door, generation = make_door(Inner(), tmp_path)
    never = find_answer_at_once(door)(asked())
    ask(door, "GET", "/en/x/")

    generation.move_on()

    assert never is None
    assert find_answer_at_once(door)(asked()) is None


@pytest.mark.parametrize(
    "scope",
    [asked("HEAD"), asked("POST"), asked("GET", "/en/x/", (b"referer", b"http://site/en/x/"))],
)
def test_only_a_plain_get_is_answered_at_once(scope: Any, tmp_path: Path) -> None:
    door, _ = make_door(Inner(), tmp_path)
    ask(door, "GET", "/en/x/")

    assert find_answer_at_once(door)(scope) is None


def test_the_door_is_found_behind_a_wrapper_and_others_have_no_quick_way(tmp_path: Path) -> None:
    class Wrapper:
        def __init__(self, app: Any) -> None:
            self.app = app

    door, _ = make_door(Inner(), tmp_path)
    ask(door, "GET", "/en/x/")

    assert find_answer_at_once(Wrapper(door))(asked()) is not None
    assert find_answer_at_once(Inner())(asked()) is None
