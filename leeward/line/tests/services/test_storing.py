"""What storing a message changes in its conversation."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from leeward.line.models import Conversation, Message
from leeward.line.services.talks import storing
from leeward.line.services.talks.storing import Incoming, Stored
from leeward.line.tests.live import talks

pytestmark = pytest.mark.django_db


def message_of(talk: talks.Talk, number: int, *, days: int = 0) -> Incoming:
    return Incoming(
        conversation_id=talk.id,
        seat=0,
        number=number,
        epoch=1,
        box=talks.box(),
        at=timezone.now() + timedelta(days=days),
    )


def test_what_is_kept_is_kept_anew_from_its_last_message():
    talk = talks.open_talk(is_kept=True, keep_days=9)

    storing.store([message_of(talk, 1, days=3)])

    row = Conversation.objects.get(pk=talk.id)
    assert row.delete_on == timezone.now().date() + timedelta(days=12)
    assert row.last_place == 1


def test_what_rests_waits_again_and_what_is_live_stays_so():
    rests = talks.open_talk(is_kept=True, state="resting")
    lives = talks.open_talk(state="live", team=Conversation.objects.get(pk=rests.id).team)

    storing.store([message_of(rests, 1), message_of(lives, 1)])

    states = dict(Conversation.objects.values_list("pk", "state"))
    assert states == {rests.id: "waiting", lives.id: "live"}


def test_many_messages_of_many_talks_cost_as_few_statements_as_one():
    team = talks.team()
    known = [talks.open_talk(team=team) for _each in range(5)]
    many = [message_of(talk, number) for number in range(1, 5) for talk in known]

    with CaptureQueriesContext(connection) as asked:
        answers = storing.store(many)

    statements = [query["sql"] for query in asked if not query["sql"].startswith("SAVEPOINT")]
    assert all(isinstance(answer, Stored) and answer.is_new for answer in answers)
    assert len([sql for sql in statements if "SAVEPOINT" not in sql]) == 5


@pytest.mark.django_db(transaction=True)
def test_after_a_commit_that_failed_nothing_stands_and_the_next_one_works():
    talk = talks.open_talk()
    place_taken = Message.objects.create(
        conversation_id=talk.id, place=1, seat=1, number=9, epoch=1, at=timezone.now(), box=b"x"
    )

    with pytest.raises(IntegrityError):
        storing.store([message_of(talk, 1)])
    last_place = Conversation.objects.get(pk=talk.id).last_place
    place_taken.delete()
    [answer] = storing.store([message_of(talk, 1)])

    assert last_place == 0
    assert isinstance(answer, Stored)
    assert answer.message.place == 1
    assert list(Message.objects.values_list("number", flat=True)) == [1]
