"""Conversations at the desk: taken, read, written into, handed on, ended; ciphertext throughout."""

from __future__ import annotations

import pytest

from leeward.desk.tests.make import TEXT, colleague, ready_desk, taken, visitor
from leeward.line.models import Conversation, Note, Seat, Tally
from leeward.line.services.visitors import server_side
from leeward.sealing.contexts import epoch_context, note_context
from leeward.sealing.encoding import from_text, to_text
from leeward.sealing.envelopes import seal_envelope
from leeward.sealing.keys import public_key
from leeward.sealing.padding import pad

pytestmark = pytest.mark.django_db(databases=["default", "wraps"])


@pytest.fixture
def desk():
    return ready_desk()


@pytest.fixture
def ticket(desk):
    return visitor()


@pytest.fixture
def talk(desk, ticket):
    return taken(desk, ticket)


def test_the_queue_tells_language_and_time_and_nothing_of_her(desk, ticket):
    [row] = desk.state()["queue"]

    assert (row["language"], row["kind"], row["state"]) == ("es", "chat", "waiting")
    assert row["opened_at"].endswith("Z")
    assert not {"proof_hash", "public_key", "box"} & set(row)


def test_what_she_wrote_is_read_with_the_teams_key(desk, talk):
    assert desk.read(talk) == [TEXT]


def test_no_answer_of_the_desk_holds_a_word_of_hers(desk, talk):
    answers = [desk.post("state/"), desk.post("talk/read/", id=talk, after=0)]

    assert all(answer.status_code == 200 for answer in answers)
    assert all(TEXT.encode() not in answer.content for answer in answers)


def test_only_one_takes_a_talk(desk, ticket):
    other = colleague(desk)
    talk = taken(desk, ticket)

    answer = other.post("talk/take/", id=talk)

    assert (answer.status_code, answer.json()) == (409, {"code": "taken_already"})


def test_what_an_advocate_writes_reaches_her(desk, talk, ticket):
    told = desk.ask("talk/say/", **desk.box(talk, "I am here.", seat=1, number=1))

    assert told["place"] == 2
    assert [one.data["text"] for one in server_side.read(ticket)] == [TEXT, "I am here."]


def test_a_message_sent_twice_is_stored_once_and_another_under_its_number_never(desk, talk):
    box = desk.box(talk, "I am here.", seat=1, number=1)

    first, again = desk.ask("talk/say/", **box), desk.ask("talk/say/", **box)
    other = desk.post("talk/say/", **desk.box(talk, "Not this.", seat=1, number=1))

    assert first == again
    assert (other.status_code, other.json()["code"]) == (409, "taken")
    assert desk.read(talk) == [TEXT, "I am here."]


def test_a_message_is_stored_in_the_seat_of_whoever_sends_it(desk, talk):
    desk.post("talk/say/", **desk.box(talk, "x", seat=0, number=1))

    told = desk.ask("talk/read/", id=talk, after=1)

    assert [one["seat"] for one in told["messages"]] == [1]


def test_the_epoch_of_the_day_is_told_and_not_made_twice(desk, talk):
    told = desk.ask("talk/epoch/", id=talk)
    made = desk.post("talk/epoch/", id=talk, number=1, wraps=[])

    assert told == {"number": 1}
    assert (made.status_code, made.json()["code"]) == (409, "epoch_taken")


def test_a_taken_talks_keys_are_kept_under_her_own_key(desk, talk):
    key = desk.epoch_keys(talk)[1]
    context = epoch_context(Conversation.objects.get().pk, 1)
    sealed = seal_envelope(key, to=public_key(desk.private), context=context)

    told = desk.ask("talk/keys/", id=talk, wraps={1: to_text(sealed)})

    readers = {wrap["reader"] for wrap in desk.ask("talk/read/", id=talk, after=0)["wraps"]}
    assert told == {"new": 1}
    assert readers == {"team", "member"}


def test_seen_is_told_to_her_side(desk, talk):
    desk.ask("talk/sign/", id=talk, seen=1)

    assert Conversation.objects.get().staff_seen == 1
    assert desk.post("talk/sign/", id=talk, seen=7).status_code == 422


def test_a_talk_is_handed_over_and_is_no_longer_hers(desk, talk):
    other = colleague(desk)

    desk.ask("talk/hand/", id=talk, to=other.account.pk)

    assert desk.post("talk/read/", id=talk, after=0).status_code == 404
    assert other.read(talk) == [TEXT]
    assert [row["id"] for row in other.state()["talks"]] == [talk]


@pytest.mark.parametrize("role", ["second", "supervisor"])
def test_a_colleague_is_brought_in_beside_her(role, desk, talk):
    other = colleague(desk)

    desk.ask("talk/bring/", id=talk, to=other.account.pk, role=role)

    assert desk.read(talk) == other.read(talk) == [TEXT]
    assert Seat.objects.get(account=other.account).role == role


def test_nobody_is_brought_in_to_lead(desk, talk):
    other = colleague(desk)

    answer = desk.post("talk/bring/", id=talk, to=other.account.pk, role="lead")

    assert answer.status_code == 422


def test_when_the_only_one_steps_away_she_waits_again(desk, talk):
    desk.ask("talk/step/", id=talk)

    assert [row["id"] for row in desk.state()["queue"]] == [talk]


def test_flags_are_set_and_cleared(desk, talk):
    desk.ask("talk/flags/", id=talk, is_emergency=True, has_child=True, wants_interpreter=False)
    desk.ask("talk/flags/", id=talk, is_emergency=False, has_child=True, wants_interpreter=True)

    [row] = desk.state()["talks"]
    assert [row[name] for name in ("is_emergency", "has_child", "wants_interpreter")] == [
        False,
        True,
        True,
    ]


def test_a_note_is_kept_sealed_to_the_team(desk, talk):
    to = from_text(desk.state()["team"]["public_key"])
    box = seal_envelope(
        pad(b"speaks softly"), to=to, context=note_context(Conversation.objects.get().pk)
    )

    desk.ask("talk/note/", id=talk, generation=1, box=to_text(box))

    [note] = desk.ask("talk/read/", id=talk, after=0)["notes"]
    assert from_text(note["box"]) == box
    assert desk.post("talk/note/", id=talk, generation=2, box=to_text(box)).status_code == 409
    assert desk.post("talk/note/", id=talk, generation=1, box="AAAA").status_code == 409
    assert Note.objects.count() == 1


@pytest.mark.parametrize("how", ["", "slowed"])
def test_an_ended_talk_is_gone_for_her_too(how, desk, talk):
    desk.ask("talk/end/", id=talk, how=how)

    assert not Conversation.objects.exists()
    assert desk.post("talk/read/", id=talk, after=0).status_code == 404


def test_the_end_form_leaves_counts_of_fixed_lists_alone(desk):
    desk.ask("counts/", about=["home", "her name is Ana"], outcome="listened")
    desk.ask("counts/", about=[], outcome="something typed")

    assert sorted(Tally.objects.filter(event="outcome").values_list("detail", "count")) == [
        ("home", 1),
        ("listened", 1),
    ]
