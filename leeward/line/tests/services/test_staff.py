"""What staff may do: take, hand over, be on, make keys."""

from __future__ import annotations

import os
import uuid
from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from leeward.line.models import (
    Conversation,
    MemberKey,
    TeamKey,
)
from leeward.line.services import proving
from leeward.line.services.members import keys
from leeward.line.services.shifts import roster
from leeward.line.services.talks import epochs, queue
from leeward.line.tests import people
from leeward.line.wraps.models import MemberKeyWrap, TeamKeyWrap
from leeward.people.models import AuditEntry

pytestmark = pytest.mark.django_db


# -- queue --


def test_the_second_to_take_is_told_that_a_colleague_was_quicker(ticket, sam, line):
    robin = people.member(line.team)
    seat = queue.take(ticket.conversation, sam)

    with pytest.raises(queue.AlreadyTaken):
        queue.take(ticket.conversation, robin)

    assert queue.take(ticket.conversation, sam).pk == seat.pk


def test_another_teams_advocate_learns_nothing(ticket):
    stranger = people.member(people.line().team)

    for talk_id in (ticket.conversation, uuid.uuid4()):
        with pytest.raises(proving.NoSuchTalk):
            queue.take(talk_id, stranger)
        with pytest.raises(queue.NoSeat):
            queue.step_away(talk_id, stranger)


def test_a_shut_account_sits_nowhere(ticket, sam):
    queue.take(ticket.conversation, sam)

    sam.is_active = False
    sam.save()

    with pytest.raises(queue.NoSeat):
        queue.seat_of(ticket.conversation, sam)
    with pytest.raises(proving.NoSuchTalk):
        queue.talk_for(ticket.conversation, sam)


def test_whoever_hands_over_loses_her_wraps_and_her_seat(ticket, sam, line):
    robin = people.member(line.team)
    queue.take(ticket.conversation, sam)
    talk = Conversation.objects.get()
    epochs.add_wraps(talk, sam.pk, {1: bytes(81)})

    seat = queue.hand_over(ticket.conversation, sam, to=robin)

    assert (seat.number, seat.role) == (2, "lead")
    assert epochs.wraps_for(talk.pk, epochs.MEMBER, sam.pk) == []
    with pytest.raises(queue.NoSeat):
        queue.seat_of(talk.pk, sam)


def test_an_emergency_goes_before_whoever_came_first(line, sam):
    first, second = people.visitor(line.team), people.visitor(line.team)

    queue.flag(second.conversation, sam, name="is_emergency", is_set=True)

    order = [talk.pk for talk in queue.waiting(line.team)]
    assert order == [second.conversation, first.conversation]
    assert queue.ahead_of(Conversation.objects.get(pk=first.conversation)) == 1


def test_audit_entries_name_no_conversation(ticket, sam):
    queue.take(ticket.conversation, sam)
    queue.step_away(ticket.conversation, sam)

    entries = AuditEntry.objects.filter(event__startswith="line.talk")
    assert {entry.event for entry in entries} == {"line.talk_taken", "line.talk_left"}
    assert str(ticket.conversation) not in {entry.object_id for entry in entries}


# -- roster --


def test_with_nobody_on_the_next_shift_says_when_somebody_is_back(line, sam):
    now = timezone.now()
    start = now + timedelta(hours=5)
    shift = roster.plan(line.team, sam, start=start, end=start + timedelta(hours=4), by=sam)
    roster.go_off(sam)

    found = roster.availability(line.team, now)

    assert (found.is_open, found.wait_minutes, found.back_at) == (False, None, shift.starts_at)


def test_a_desk_without_a_sign_of_life_is_nobody(line, sam):
    later = timezone.now() + timedelta(minutes=6)

    assert roster.availability(line.team, timezone.now()).is_open
    assert not roster.availability(line.team, later).is_open


def test_a_shift_that_overlaps_is_refused(line, sam):
    start = timezone.now() + timedelta(days=1)
    roster.plan(line.team, sam, start=start, end=start + timedelta(hours=4), by=sam)

    with pytest.raises(roster.ShiftUnfit):
        roster.plan(line.team, sam, start=start, end=start + timedelta(hours=1), by=sam)


# -- keys --


def test_the_first_team_key_goes_to_its_maker_alone(sam, line):
    TeamKey.objects.all().delete()
    people.member(line.team, has_key=False)
    nobody_compared = people.member(line.team)

    for whom in ([], [nobody_compared], [sam, nobody_compared]):
        sealed = {account.pk: bytes(81) for account in whom}
        with pytest.raises(keys.KeysUnfit):
            keys.make_team_key(line.team, sam, os.urandom(32), sealed)
    number = keys.make_team_key(line.team, sam, os.urandom(32), {sam.pk: bytes(81)})

    assert number == 1
    assert [holder.has_team_key for holder in keys.holders(line.team)] == [True, False, False]
    with pytest.raises(keys.KeyThere):
        keys.make_team_key(line.team, sam, os.urandom(32), {sam.pk: bytes(81)})


def test_when_a_member_leaves_her_wraps_go_and_a_next_generation_is_due(sam, line, ticket):
    robin = people.member(line.team)
    for account in (sam, robin):
        TeamKeyWrap.objects.create(
            team_id=line.team.pk, generation=1, account_id=account.pk, sealed=bytes(81)
        )
    queue.take(ticket.conversation, robin)

    keys.remove_member(line.team, robin, by=sam)

    assert keys.team_wraps_for(line.team.pk, robin) == {}
    assert not queue.open_talks(robin).exists()
    assert keys.must_follow(line.team)
    assert keys.make_team_key(line.team, sam, os.urandom(32), {sam.pk: bytes(81)}) == 2
    assert not keys.must_follow(line.team)


def test_after_a_year_a_next_generation_is_due_though_nobody_left(sam, line):
    TeamKeyWrap.objects.create(
        team_id=line.team.pk, generation=1, account_id=sam.pk, sealed=bytes(81)
    )

    with time_machine.travel(timezone.now() + timedelta(days=364)):
        assert not keys.must_follow(line.team)
    with time_machine.travel(timezone.now() + timedelta(days=366)):
        assert keys.must_follow(line.team)
        assert keys.make_team_key(line.team, sam, os.urandom(32), {sam.pk: bytes(81)}) == 2
        assert not keys.must_follow(line.team)


def test_the_next_key_is_sealed_to_nobody_who_left(sam, line):
    robin = people.member(line.team)
    for account in (sam, robin):
        TeamKeyWrap.objects.create(
            team_id=line.team.pk, generation=1, account_id=account.pk, sealed=bytes(81)
        )
    keys.remove_member(line.team, robin, by=sam)

    sealed = {sam.pk: bytes(81), robin.pk: bytes(81)}
    with pytest.raises(keys.KeysUnfit):
        keys.make_team_key(line.team, sam, os.urandom(32), sealed)

    assert not TeamKeyWrap.objects.filter(account_id=robin.pk).exists()
    assert keys.team_key(line.team.pk).generation == 1


def test_a_member_key_is_made_once_under_passphrase_and_code(line):
    account = people.member(line.team, has_key=False)
    locks = [keys.Lock("passphrase", bytes(61), bytes(16)), keys.Lock("recovery", bytes(61))]

    with pytest.raises(keys.KeysUnfit):
        keys.make_member_key(account, os.urandom(32), locks[:1])
    keys.make_member_key(account, os.urandom(32), locks)

    assert {lock.under for lock in keys.locks_of(account)} == {"passphrase", "recovery"}
    with pytest.raises(keys.KeyThere):
        keys.make_member_key(account, os.urandom(32), locks)
    keys.start_anew(account, by=account)
    assert not MemberKey.objects.filter(account=account).exists()
    assert not MemberKeyWrap.objects.filter(account_id=account.pk).exists()
