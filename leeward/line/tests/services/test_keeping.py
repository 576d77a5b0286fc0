"""How long a talk is kept: hers to choose within bounds, and counted from its last message."""

from __future__ import annotations

import os
from datetime import date, timedelta
from uuid import uuid4

import pytest
import time_machine
from django.utils import timezone

from leeward.line.models import Conversation
from leeward.line.services.endings import destroying, keeping
from leeward.line.services.visitors import server_side
from leeward.line.tests import make, people
from leeward.line.wraps.models import EpochWrap, WordsWrap

pytestmark = pytest.mark.django_db


@pytest.fixture
def kept(ticket: server_side.Ticket) -> Conversation:
    """Return a talk that is kept."""
    talk = server_side.conversation_of(ticket)
    keeping.keep(talk, os.urandom(32), os.urandom(keeping.SEALED_BYTES))
    return talk


def in_days(days: int) -> date:
    return timezone.now().date() + timedelta(days=days)


def test_it_is_kept_for_thirty_days_unless_she_chooses(kept):
    assert Conversation.objects.get().delete_on == in_days(30)


@pytest.mark.parametrize("days", [7, 8, 89, 90])
def test_seven_to_ninety_days_are_hers_to_choose(kept, days):
    keeping.set_days(kept, days)

    stored = Conversation.objects.get()
    assert (stored.keep_days, stored.delete_on) == (days, in_days(days))
    assert (kept.keep_days, kept.delete_on) == (days, in_days(days))


@pytest.mark.parametrize("days", [-1, 0, 6, 91, 10_000])
def test_no_other_number_of_days_is_taken(kept, days):
    with pytest.raises(keeping.KeepingUnfit):
        keeping.set_days(kept, days)

    stored = Conversation.objects.get()
    assert (stored.keep_days, stored.delete_on) == (30, in_days(30))


def test_what_is_not_kept_has_no_days_to_choose(ticket):
    talk = server_side.conversation_of(ticket)

    with pytest.raises(keeping.KeepingUnfit):
        keeping.set_days(talk, 90)

    assert Conversation.objects.get().delete_on <= in_days(1)


def test_days_of_a_talk_that_ended_meanwhile_can_not_be_chosen(kept):
    keeping.delete_everything(kept)

    with pytest.raises(keeping.NoLongerThere):
        keeping.set_days(kept, 30)


def test_each_message_keeps_it_anew_and_the_days_are_those_she_chose(kept, ticket):
    keeping.set_days(kept, 7)

    with time_machine.travel(timezone.now() + timedelta(days=5)):
        people.says(ticket, "I am here again.")

    assert Conversation.objects.get().delete_on == in_days(12)


def test_it_is_there_on_its_last_day_and_gone_the_day_after(kept):
    until = Conversation.objects.get().delete_on

    on_the_day = destroying.destroy_overdue(until)
    after = destroying.destroy_overdue(until + timedelta(days=1))

    assert (on_the_day, after) == (0, 1)
    assert not WordsWrap.objects.exists()


def test_wraps_whose_conversation_is_gone_are_swept_out_and_others_stay(kept):
    lost = uuid4()
    EpochWrap.objects.create(conversation_id=lost, epoch=1, reader="team", sealed=bytes(81))
    WordsWrap.objects.create(conversation_id=uuid4(), lookup=bytes(32), sealed=bytes(61))
    stay = set(EpochWrap.objects.exclude(conversation_id=lost).values_list("pk", flat=True))

    count = destroying.destroy_orphans()

    assert count == 2
    assert set(EpochWrap.objects.values_list("pk", flat=True)) == stay
    assert WordsWrap.objects.get().conversation_id == kept.pk


def test_a_conversation_whose_wraps_are_gone_is_no_orphan():
    talk = make.conversation()

    assert destroying.destroy_orphans() == 0
    assert Conversation.objects.get().pk == talk.pk
