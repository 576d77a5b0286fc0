"""A form that is sent again leads to the conversation that it opened, and opens no second one."""

from __future__ import annotations

import threading

import pytest
from django.db import connections
from django.test import Client

from leeward.line.models import Conversation
from leeward.line.services.visitors import once
from leeward.line.tests.on_disk import everything_on_disk
from leeward.line.tests.visitor import make
from leeward.line.wraps.models import EpochWrap

pytestmark = pytest.mark.django_db

TEXT = "Is tonight possible?"


def reloads(visitor: make.Visitor, path: str, form: dict[str, str]) -> make.Visitor:
    """Send exactly what was sent before, as a browser's reload does."""
    visitor.page = ""
    return visitor.sends(path, **form)


def test_reloading_the_answer_to_chat_now_shows_the_same_chat() -> None:
    make.line()
    visitor = make.Visitor().waits()
    form = visitor.hidden()
    ticket = visitor.sends("chat/").ticket
    visitor.writes(TEXT)

    reloads(visitor, "chat/", form)

    assert visitor.status == 200
    assert visitor.ticket == ticket
    assert TEXT in visitor.main
    assert Conversation.objects.count() == 1


def test_after_the_short_wait_a_reload_shows_the_same_chat_too() -> None:
    make.line()
    visitor = make.Visitor().goes("").sends("chat/")
    form = visitor.hidden()
    with make.seconds_later(10):
        ticket = visitor.sends("chat/").ticket

    reloads(visitor, "chat/", form)

    assert visitor.ticket == ticket
    assert Conversation.objects.count() == 1


def test_once_it_has_ended_the_same_form_opens_nothing() -> None:
    make.line()
    visitor = make.Visitor().waits()
    form = visitor.hidden()
    visitor.sends("chat/").sends("end/")

    reloads(visitor, "chat/", form)

    assert visitor.status == 425
    assert Conversation.objects.count() == 0


def test_a_fresh_wait_after_the_end_opens_another_conversation() -> None:
    make.line()
    visitor = make.Visitor().waits()
    form = visitor.hidden()
    before = visitor.sends("chat/").ticket
    visitor.sends("end/")
    reloads(visitor, "chat/", form)

    with make.seconds_later(10):
        after = visitor.sends("chat/").ticket

    assert after != before
    assert after[:22] != before[:22], "not even its id comes again"


def test_another_token_finds_nothing_by_a_spent_challenge() -> None:
    make.line()
    visitor = make.Visitor().waits()
    form = visitor.hidden()
    visitor.sends("chat/")

    stranger = reloads(make.Visitor(), "chat/", form | {"once": once.new_token()})

    assert stranger.status == 425
    assert "ticket" not in stranger.hidden()


@pytest.mark.parametrize("token", ["", "x", "A" * 42, "\0" * 43])
def test_a_form_without_a_fit_token_opens_as_ever(token: str) -> None:
    make.line()

    first = make.Visitor().waits().sends("chat/", once=token)
    second = make.Visitor().waits().sends("chat/", once=token)

    assert (first.status, second.status) == (200, 200)
    assert first.ticket != second.ticket


def test_reloading_a_message_left_shows_the_same_words_and_leaves_no_second_one() -> None:
    line = make.line()
    visitor = make.Visitor().waits().sends("message/")
    form = visitor.hidden() | {"text": TEXT}
    words = visitor.sends("message/", text=TEXT).words

    reloads(visitor, "message/", form)

    talk = Conversation.objects.get()
    assert visitor.words == words
    assert [data["text"] for data in line.reads(talk.pk)] == [TEXT]
    assert make.Visitor().waits_for("back/").sends("back/", words=words).status == 200


@pytest.mark.django_db(transaction=True)
def test_pressed_twice_at_once_it_opens_one_chat() -> None:
    make.line()
    form = make.Visitor().waits().hidden()
    form.pop("to")
    pages: list[str] = []

    def press() -> None:
        pages.append(Client().post("/en/talk/chat/", form).content.decode())
        connections.close_all()

    presses = [threading.Thread(target=press) for _ in range(4)]
    for thread in presses:
        thread.start()
    for thread in presses:
        thread.join()

    assert Conversation.objects.count() == 1
    assert EpochWrap.objects.count() == 2
    assert len({dict(make.HIDDEN.findall(page))["ticket"] for page in pages}) == 1
    assert not once._turns


@pytest.mark.django_db(transaction=True)
def test_the_token_lies_nowhere(tmp_path) -> None:
    make.line()
    visitor = make.Visitor().waits()
    token = visitor.hidden()["once"]
    visitor.sends("chat/")

    lying = everything_on_disk(backups=tmp_path)

    assert len(token) == 43
    assert token.encode() not in lying
