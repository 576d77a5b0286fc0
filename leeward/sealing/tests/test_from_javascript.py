"""Python opens what a real browser sealed: `python -m tests.journeys.sealing` wrote it down."""

from __future__ import annotations

import json
from typing import Any
from uuid import UUID

import pytest

from leeward.sealing.boxes import open_box
from leeward.sealing.contexts import MemberLock, MessagePlace, words_data
from leeward.sealing.encoding import from_text
from leeward.sealing.envelopes import open_envelope
from leeward.sealing.members import open_member_key
from leeward.sealing.messages import open_message
from leeward.sealing.vectors.making import FILE

Vector = dict[str, Any]


@pytest.fixture(scope="module")
def made() -> Vector:
    return json.loads(FILE.read_text(encoding="utf-8"))["from_javascript"]


def test_python_opens_a_browsers_envelopes(made: Vector) -> None:
    opened = [
        open_envelope(
            from_text(vector["sealed"]),
            private=from_text(vector["private"]),
            context=from_text(vector["context"]),
        )
        for vector in made["envelopes"]
    ]

    assert opened == [from_text(vector["plain"]) for vector in made["envelopes"]]
    assert len(opened) == 5


def test_python_opens_a_browsers_messages(made: Vector) -> None:
    opened = [
        open_message(
            from_text(vector["sealed"]),
            key=from_text(vector["key"]),
            place=MessagePlace(
                UUID(vector["conversation"]), vector["epoch"], vector["seat"], vector["number"]
            ),
        ).decode()
        for vector in made["messages"]
    ]

    assert opened == [vector["data"] for vector in made["messages"]]
    assert len(opened) == 3


def test_python_opens_a_browsers_members_keys(made: Vector) -> None:
    opened = [
        open_member_key(
            from_text(vector["sealed"]),
            key=from_text(vector["key"]),
            account=vector["account"],
            lock=MemberLock(vector["lock"]),
        )
        for vector in made["members"]
    ]

    assert opened == [from_text(vector["private"]) for vector in made["members"]]
    assert len(opened) == 3


def test_python_opens_the_secret_that_a_browser_locked_under_words(made: Vector) -> None:
    vector = made["words"]

    opened = open_box(
        from_text(vector["sealed"]),
        key=from_text(vector["unlock_key"]),
        place=words_data(UUID(vector["conversation"])),
    )

    assert opened == from_text(vector["secret"])
