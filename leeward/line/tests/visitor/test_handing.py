"""A page of hers, handed to whoever is in the talk: sealed, shown to both, and sent once."""

from __future__ import annotations

from typing import Any

import pytest

from leeward.line.models import Conversation, Message
from leeward.line.tests.on_disk import everything_on_disk
from leeward.line.tests.visitor import make

pytestmark = pytest.mark.django_db

PLAN = {"title": "My plan", "line": ["Papers: quillonsgate box", "Keys: with Ana", ""]}


def hands(visitor: make.Visitor, **fields: Any) -> make.Visitor:
    """Send a page from a form that carries her ticket, as a feature's page does."""
    return visitor.sends("hand/", **PLAN | fields)


def test_the_page_reaches_the_advocate_and_stands_in_her_talk() -> None:
    line = make.line()
    visitor = make.Visitor().opens_a_chat()

    hands(visitor)

    talk = line.takes()
    assert line.reads(talk.pk) == [
        {
            "kind": "page",
            "title": "My plan",
            "lines": ["Papers: quillonsgate box", "Keys: with Ana"],
        }
    ]
    assert visitor.status == 200
    assert "My plan" in visitor.main
    assert "Keys: with Ana" in visitor.main


def test_the_same_press_twice_sends_it_once() -> None:
    make.line()
    visitor = make.Visitor().opens_a_chat()
    ticket = visitor.ticket

    for _press in range(2):
        hands(visitor, ticket=ticket, number="1")

    assert Message.objects.count() == 1


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"line": []}, "Nothing is written yet."),
        ({"line": [" ", ""]}, "Nothing is written yet."),
        ({"line": ["x"] * 201}, "This is too long for one message."),
        ({"line": ["é" * 600] * 60}, "This is too long for one message."),
        ({"title": "x" * 201}, "This is too long for one message."),
    ],
    ids=["no lines", "empty lines", "too many", "too much", "a long title"],
)
def test_a_page_that_can_not_be_sent_says_why_and_sends_nothing(
    fields: dict[str, Any], said: str
) -> None:
    make.line()
    visitor = make.Visitor().opens_a_chat()

    hands(visitor, **fields)

    assert visitor.status == 422
    assert said in visitor.main
    assert not Message.objects.exists()


@pytest.mark.parametrize("ticket", ["", "x", "A" * 64])
def test_without_a_talk_a_page_goes_nowhere(ticket: str) -> None:
    make.line()

    visitor = hands(make.Visitor(), ticket=ticket)

    assert visitor.status == 410
    assert not Conversation.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_nothing_of_the_page_lies_on_the_disk(tmp_path) -> None:
    make.line()
    hands(make.Visitor().opens_a_chat())

    lying = everything_on_disk(backups=tmp_path)

    assert Message.objects.count() == 1
    assert b"quillonsgate" not in lying
    assert b"with Ana" not in lying
