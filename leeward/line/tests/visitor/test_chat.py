"""A chat without scripts: opened, written in, ended, and what can not go on told calmly."""

from __future__ import annotations

import pytest

from leeward.line.models import Conversation
from leeward.line.services.abuse import challenges
from leeward.line.tests.full_disk import disk
from leeward.line.tests.visitor import make

pytestmark = pytest.mark.django_db

LONG = "Is tonight possible? " * 150  # more than a page that has some room left can take
BIDI_OVERRIDE = "\u202e"


def test_what_she_writes_reaches_the_advocate_and_back() -> None:
    line = make.line()
    visitor = make.Visitor().opens_a_chat()

    visitor.writes("Is tonight possible?")
    talk = line.takes()
    line.says(talk.pk, kind="text", text="Yes, it is.")
    visitor.refreshes()

    assert line.reads(talk.pk)[0] == {"kind": "text", "text": "Is tonight possible?"}
    assert "Is tonight possible?" in visitor.main
    assert "Yes, it is." in visitor.main
    assert "Here with you: Sam." in visitor.main


def test_pressed_too_soon_it_asks_for_a_short_wait_and_then_opens() -> None:
    make.line()
    visitor = make.Visitor().goes("")

    visitor.sends("chat/")
    waited = visitor.status

    assert waited == 425
    assert challenges.is_young(visitor.hidden()["challenge"])
    assert Conversation.objects.count() == 0


def test_one_challenge_opens_one_chat() -> None:
    make.line()
    visitor = make.Visitor().waits()
    challenge = visitor.hidden()["challenge"]

    visitor.sends("chat/")
    visitor.sends("chat/", challenge=challenge, ticket="")
    visitor.goes("").sends("chat/", challenge=challenge)

    assert visitor.status == 425
    assert Conversation.objects.count() == 1


def test_ending_destroys_what_is_not_kept_and_says_so() -> None:
    make.line()
    visitor = make.Visitor().opens_a_chat()
    visitor.writes("Something")

    visitor.sends("end/")

    assert "What was written here is destroyed, and so are its keys." in visitor.main
    assert Conversation.objects.count() == 0


def test_a_chat_that_is_over_is_told_with_the_phone_lines() -> None:
    make.line()
    visitor = make.Visitor().opens_a_chat()
    ticket = visitor.ticket
    visitor.sends("end/")

    visitor.sends("chat/", ticket=ticket)

    assert visitor.status == 410
    assert "This talk is not open any more" in visitor.main
    assert "tel:911" in visitor.page


def test_a_full_queue_is_told_honestly() -> None:
    make.line(most_waiting=1)
    make.Visitor().opens_a_chat()

    visitor = make.Visitor().opens_a_chat()

    assert visitor.status == 503
    assert "Too many people are waiting" in visitor.main
    assert Conversation.objects.count() == 1


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("a" * 10_000, "This is too long for one message."),
        ("", "Nothing is written yet."),
        ("\u200b\u200b", "Nothing is written yet."),
    ],
    ids=["too long", "empty", "unseen"],
)
def test_what_can_not_be_sent_is_said_beside_the_field(typed: str, shown: str) -> None:
    make.line()
    visitor = make.Visitor().opens_a_chat()

    answer = visitor.writes(typed)

    assert shown in answer.content.decode()
    assert Conversation.objects.get().last_place == 0


def test_unseen_and_turning_signs_are_taken_out_and_tags_stay_text() -> None:
    line = make.line()
    visitor = make.Visitor().opens_a_chat()

    visitor.writes(f"a\0b{BIDI_OVERRIDE}c <script>alert(1)</script>")

    talk = Conversation.objects.get()
    assert line.reads(talk.pk)[0]["text"] == "abc <script>alert(1)</script>"
    assert "<script>alert" not in visitor.page
    assert BIDI_OVERRIDE not in visitor.page


def test_the_small_form_may_stand_in_our_own_frames_alone() -> None:
    make.line()
    visitor = make.Visitor().opens_a_chat()

    small = visitor.writes("Hello").headers
    page = visitor.answer.headers if visitor.answer else {}

    assert small["X-Frame-Options"] == "SAMEORIGIN"
    assert "frame-ancestors 'self'" in small["Content-Security-Policy"]
    assert page["X-Frame-Options"] == "DENY"


@pytest.mark.parametrize("path", ["chat/", "keep/", "kept/", "end/", "delete/", "consent/"])
@pytest.mark.parametrize("ticket", ["", "x", "A" * 64, "\0" * 64])
def test_a_ticket_of_nothing_tells_nothing(path: str, ticket: str) -> None:
    make.line()

    visitor = make.Visitor().sends(path, ticket=ticket)

    assert visitor.status == 410
    assert "If you kept it with six words" in visitor.main


def test_the_grace_is_hers_to_choose() -> None:
    make.line()
    visitor = make.Visitor().opens_a_chat()

    visitor.sends("chat/", grace="60")
    visitor.sends("chat/", grace="7")

    assert Conversation.objects.get().grace_minutes == 60


@pytest.mark.django_db(transaction=True)
def test_what_the_disk_does_not_take_stays_in_the_form_and_is_sent_once() -> None:
    line = make.line()
    visitor = make.Visitor().opens_a_chat()

    with disk() as machine:
        machine.fill_up()
        refused = visitor.writes(LONG)
        machine.make_room()
    visitor.writes(LONG)

    talk = Conversation.objects.get()
    form = refused.content.decode()
    assert refused.status_code == 503
    assert "Not sent" in form
    assert f"{LONG.strip()}</textarea>" in form or f"{LONG}</textarea>" in form
    assert len(line.reads(talk.pk)) == 1
