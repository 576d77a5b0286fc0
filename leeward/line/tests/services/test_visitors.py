"""What a visitor's side may do: open, prove, store, end."""

from __future__ import annotations

import os
import uuid
from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from leeward.line import jobs
from leeward.line.models import (
    Conversation,
    Message,
    Tally,
    Team,
    TeamKey,
)
from leeward.line.services import proving
from leeward.line.services.endings import ending
from leeward.line.services.spelling import to_text
from leeward.line.services.talks import epochs, queue, storing
from leeward.line.services.visitors import marks, opening, server_side
from leeward.line.tests import people
from leeward.line.wraps.models import EpochWrap
from leeward.safety import leaving
from leeward.sealing.visits import visit_proof

pytestmark = pytest.mark.django_db


def test_a_chat_needs_somebody_there_and_a_message_does_not(line):
    with pytest.raises(opening.NobodyThere):
        people.visitor(line.team, "chat")

    people.visitor(line.team, "message")

    assert Conversation.objects.get().kind == "message"


def test_a_full_queue_turns_away_and_counts_it(sam, line):
    Team.objects.update(most_waiting=1)
    people.visitor(line.team)

    with pytest.raises(opening.QueueFull):
        people.visitor(line.team)

    assert Tally.objects.get(event="turned_away").detail == "queue_full"
    assert Conversation.objects.count() == 1


def test_without_a_team_key_nothing_opens(line, sam):
    TeamKey.objects.all().delete()

    with pytest.raises(opening.NoTeamKey):
        people.visitor(line.team)


def test_a_full_disk_opens_nothing(line, sam, monkeypatch):
    monkeypatch.setattr(opening, "FREE_BYTES_MIN", 1 << 62)

    with pytest.raises(opening.NoRoom):
        people.visitor(line.team)

    assert not Conversation.objects.exists()


@pytest.mark.parametrize("readers", [[], [("visitor", 0)], [("visitor", 0), ("team", 2)]])
def test_wraps_for_others_than_she_and_the_team_open_nothing(line, sam, readers):
    asked = opening.Opening(
        id=uuid.uuid4(),
        team_id=line.team.pk,
        kind="chat",
        language="en",
        has_scripts=True,
        proof_hash=os.urandom(32),
        public_key=os.urandom(32),
        wraps=dict.fromkeys(readers, bytes(81)),
    )

    with pytest.raises(epochs.WrapsMismatched):
        opening.open_talk(asked)


# -- proving --


def test_a_wrong_proof_and_an_unknown_id_are_refused_alike(ticket, django_assert_num_queries):
    for talk_id, proof in ((ticket.conversation, bytes(32)), (uuid.uuid4(), bytes(32))):
        with django_assert_num_queries(1), pytest.raises(proving.NoSuchTalk) as refused:
            proving.visitor_of(talk_id, proof)
        assert str(refused.value) == ""


# -- storing --


def test_the_same_message_again_gets_the_same_answer_and_another_is_refused(ticket, sam, line):
    seat = queue.take(ticket.conversation, sam)
    stored = people.answers(line, ticket.conversation, seat.number, 1, "hello").message
    again = storing.Incoming(
        ticket.conversation, seat.number, 1, stored.epoch, stored.box, timezone.now()
    )
    other = storing.Incoming(
        ticket.conversation, seat.number, 1, stored.epoch, bytes(285), timezone.now()
    )

    answers = storing.store([again, other])

    assert answers == [storing.Stored(stored, is_new=False), storing.Refusal(storing.Why.TAKEN)]


def test_many_are_stored_in_as_few_queries_as_one(line, sam):
    ticket = people.visitor(line.team)
    many = [_incoming(ticket, number) for number in range(1, 16)]
    one = [_incoming(ticket, 16)]

    with CaptureQueriesContext(connection) as queries_of_many:
        answers = storing.store(many)
    with CaptureQueriesContext(connection) as queries_of_one:
        storing.store(one)

    assert [answer.message.place for answer in answers] == list(range(1, 16))
    assert len(queries_of_many) == len(queries_of_one)


def _incoming(ticket: server_side.Ticket, number: int) -> storing.Incoming:
    return storing.Incoming(ticket.conversation, 0, number, 1, os.urandom(285), timezone.now())


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"conversation_id": uuid.uuid4()}, storing.Why.ENDED),
        ({"epoch": 2}, storing.Why.NO_EPOCH),
        ({"number": 0}, storing.Why.UNFIT),
        ({"box": bytes(40)}, storing.Why.UNFIT),
        ({"box": bytes(40_000)}, storing.Why.UNFIT),
    ],
)
def test_what_is_unfit_is_not_stored(ticket, change, why):
    values = {
        "conversation_id": ticket.conversation,
        "seat": 0,
        "number": 1,
        "epoch": 1,
        "box": bytes(285),
        "at": timezone.now(),
    }

    answers = storing.store([storing.Incoming(**{**values, **change})])

    assert answers == [storing.Refusal(why)]


# -- ending --


def test_the_x_ends_it_by_what_the_page_named_open(ticket):
    data = ticket.conversation.bytes + visit_proof(ticket.secret)

    ending.end_by_leaving({"talk": to_text(data[:-1] + bytes([data[-1] ^ 1]))})
    assert Conversation.objects.exists()
    ending.end_by_leaving({"talk": to_text(data)})

    assert not Conversation.objects.exists()
    assert not EpochWrap.objects.exists()


def test_leaving_the_site_ends_it(ticket):
    """The X knows nothing of talks: the line has registered what is to be ended."""
    leaving.end_all({"leave": "now", "talk": marks.open_mark(ticket)})

    assert not Conversation.objects.exists()


@pytest.mark.parametrize("said", ["", "x", "é", "A" * 64, "A" * 5000])
def test_nonsense_named_open_ends_nothing_and_says_nothing(ticket, said):
    ending.end_by_leaving({"talk": said})

    assert Conversation.objects.exists()


def test_a_visitor_who_is_away_for_longer_than_her_grace_is_ended(ticket):
    with time_machine.travel(timezone.now() + timedelta(minutes=4), tick=False):
        jobs.every_minute()
        assert Conversation.objects.exists()
    with time_machine.travel(timezone.now() + timedelta(minutes=7), tick=False):
        jobs.every_minute()

    assert not Conversation.objects.exists()
    assert Tally.objects.filter(event="chat_missed").exists()


def test_a_grace_is_never_shorter_than_she_was_told(line, sam):
    last_sign = timezone.now().replace(second=40)
    with time_machine.travel(last_sign, tick=False):
        people.visitor(line.team)

    with time_machine.travel(last_sign + timedelta(minutes=4, seconds=30), tick=False):
        jobs.every_minute()

    assert Conversation.objects.exists()


def test_no_second_is_stored_of_anything_she_does(ticket, sam):
    with time_machine.travel(timezone.now().replace(second=47, microsecond=11), tick=False):
        people.says(ticket, "Is tonight possible?")
        other = people.visitor(server_side.conversation_of(ticket).team)

    talk = Conversation.objects.get(pk=other.conversation)
    said = Message.objects.get(conversation_id=ticket.conversation)
    times = [talk.opened_at, talk.seen_at, said.at]
    assert {(at.second, at.microsecond) for at in times} == {(0, 0)}


def test_times_of_what_rests_are_cut_to_the_hour(ticket):
    people.says(ticket, "hello")
    server_side.keep_under(ticket, "one two three four five six")

    ending.end(ticket.conversation, "staff")
    with time_machine.travel(timezone.now() + timedelta(hours=2)):
        jobs.every_minute()

    talk = Conversation.objects.get()
    times = [talk.opened_at, talk.seen_at, talk.messages.get().at]
    assert [moment.minute for moment in times] == [0, 0, 0]
