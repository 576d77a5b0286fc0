"""Six words: picked out again, coming back, reading the answer, deleting; a message; a call."""

from __future__ import annotations

import pytest

from leeward.line.models import CallRequest, Conversation
from leeward.line.services.abuse import challenges
from leeward.line.tests.visitor import make
from leeward.line.wraps.models import EpochWrap, WordsWrap
from leeward.sealing.wordlist import drawn_words

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def no_wait(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(challenges, "WAIT_S", 0)


def test_she_keeps_comes_back_reads_the_answer_and_deletes() -> None:
    line = make.line()
    visitor = make.Visitor().opens_a_chat()
    visitor.writes("Is tonight possible?")
    words = make.keeps(visitor)
    talk = line.takes()
    line.says(talk.pk, kind="text", text="Yes, at eight.")
    visitor.sends("end/")

    again = make.Visitor().goes("back/").sends("back/", words=f" {words.upper()} ")
    read = again.main
    again.sends("delete/")
    asked = again.main
    again.sends("delete/", sure="1")

    assert "Is tonight possible?" in read
    assert "Yes, at eight." in read
    assert "It can not be undone." in asked
    assert "2 messages, yours and ours" in again.main
    assert not Conversation.objects.exists()
    assert not EpochWrap.objects.exists()
    assert not WordsWrap.objects.exists()


def test_a_wrong_pick_shows_the_words_again_and_keeps_nothing() -> None:
    make.line()
    visitor = make.Visitor().opens_a_chat().sends("keep/")
    words = visitor.words

    visitor.sends("keep/", words=words, step="check", word1="wrong", word2="wrong", word3="wrong")

    assert "One of the words was not right." in visitor.main
    assert visitor.words == words
    assert not Conversation.objects.get().is_kept


def test_words_that_are_not_on_the_list_are_named_with_the_nearest() -> None:
    make.line()

    visitor = make.Visitor().goes("back/").sends("back/", words="sandstonee zzzzzzzz")

    assert "sandstonee → sandstone" in visitor.main
    assert "We need six words. You wrote 2." in visitor.main


def test_words_of_nobody_open_nothing_and_tries_are_limited() -> None:
    make.line()
    visitor = make.Visitor()
    nobodys = " ".join(drawn_words()[:6])

    said = [visitor.goes("back/").sends("back/", words=nobodys).status for _try in range(9)]

    assert said == [422] * 8 + [429]


def test_a_message_is_kept_at_once_and_its_words_open_it() -> None:
    line = make.line(is_on=False)
    visitor = make.Visitor("es").goes("message/").sends("message/", text="Quiero hablar.")
    words = visitor.words

    again = make.Visitor("es").goes("back/").sends("back/", words=words)

    assert "Quiero hablar." in again.main
    assert line.reads(Conversation.objects.get().pk)[0]["text"] == "Quiero hablar."
    assert Conversation.objects.get().is_kept


def test_how_long_it_is_kept_is_hers_to_choose() -> None:
    make.line()
    visitor = make.Visitor().goes("message/").sends("message/", text="Hello")

    visitor.sends("kept/", days="90")
    visitor.sends("kept/", days="1000")

    assert Conversation.objects.get().keep_days == 90


def test_a_call_is_asked_for_sealed_and_can_be_taken_back() -> None:
    make.line()
    visitor = make.Visitor().goes("call/")

    visitor.sends("call/", phone="718-555-0142", day="1", part="morning", code="Maple")
    stored = bytes(CallRequest.objects.get().box)
    visitor.sends("call/", takeback="1")

    assert b"718-555-0142" not in stored
    assert b"Maple" not in stored
    assert "We will not call" in visitor.main
    assert not CallRequest.objects.exists()


def test_a_call_without_a_number_is_asked_again_with_what_was_written() -> None:
    make.line()

    visitor = make.Visitor().goes("call/").sends("call/", phone="", say="The library book")

    assert visitor.status == 422
    assert "Please write the number that we should call." in visitor.main
    assert 'value="The library book"' in visitor.page
