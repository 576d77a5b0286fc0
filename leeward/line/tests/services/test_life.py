"""A conversation's life, played by chance: whatever comes in whatever order, the promises hold."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
import time_machine
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from leeward.line import jobs
from leeward.line.models import Conversation, Epoch, Message, Seat
from leeward.line.services.endings import ending, keeping
from leeward.line.services.proving import NoSuchTalk
from leeward.line.services.talks import epochs, queue, storing
from leeward.line.services.visitors import server_side
from leeward.line.tests import people
from leeward.line.wraps.models import EpochWrap, WordsWrap

pytestmark = pytest.mark.django_db

START = datetime(2026, 3, 1, 12, tzinfo=UTC)
# One of the latest talks: the living ones, and one that has just ended.
talks = st.runner().flatmap(lambda life: st.sampled_from(life.tickets))
TEXTS = st.sampled_from(["yes", "no", "is tonight possible", "¿me oyes?"])


class Life(RuleBasedStateMachine):
    """Visitors without scripts and three advocates of one line."""

    def __init__(self) -> None:
        super().__init__()
        self.clock = time_machine.travel(START, tick=False)
        self.now = self.clock.start()
        Conversation.objects.all().delete()
        EpochWrap.objects.all().delete()
        WordsWrap.objects.all().delete()
        self.line = people.line(most_waiting=50)
        self.staff = [people.member(self.line.team) for _ in range(3)]
        self.tickets: list[server_side.Ticket] = []
        self.said: dict[UUID, list[str]] = {}
        self.kept: set[UUID] = set()
        self.gone: set[UUID] = set()

    def teardown(self) -> None:
        self.clock.stop()

    @precondition(lambda self: len(self._living()) < 2)
    @rule(kind=st.sampled_from(["chat", "message"]))
    def open(self, kind):
        for account in self.staff:
            people.roster.go_on(self.line.team, account, now=START + self._passed(), most_chats=6)
        ticket = people.visitor(self.line.team, kind)
        self.said[ticket.conversation] = []
        ended = [old for old in self.tickets if self._is_gone(old)]
        self.tickets = [*ended[-1:], *self._living(), ticket]

    @precondition(lambda self: self.tickets)
    @rule(ticket=talks, text=TEXTS, is_sent_twice=st.booleans())
    def say(self, ticket, text, is_sent_twice):
        if self._is_gone(ticket):
            with pytest.raises(NoSuchTalk):
                people.says(ticket, text)
            return
        number = server_side.next_number(ticket)
        for _ in range(1 + is_sent_twice):
            people.says(ticket, text, number=number)
        self.said[ticket.conversation].append(text)

    @precondition(lambda self: self.tickets)
    @rule(ticket=talks, who=st.integers(0, 2))
    def take(self, ticket, who):
        if self._is_gone(ticket):
            return
        try:
            queue.take(ticket.conversation, self.staff[who])
        except queue.AlreadyTaken:
            return
        talk = server_side.conversation_of(ticket)
        numbers = talk.epochs.values_list("number", flat=True)
        epochs.add_wraps(talk, self.staff[who].pk, dict.fromkeys(numbers, bytes(81)))

    @precondition(lambda self: self.tickets)
    @rule(ticket=talks, who=st.integers(0, 2), text=TEXTS)
    def answer(self, ticket, who, text):
        try:
            seat = queue.seat_of(ticket.conversation, self.staff[who])
        except queue.NoSeat:
            return
        last = Message.objects.filter(conversation=ticket.conversation, seat=seat.number).count()
        stored = people.answers(self.line, ticket.conversation, seat.number, last + 1, text)
        assert isinstance(stored, storing.Stored)
        self.said[ticket.conversation].append(text)

    @precondition(lambda self: self.tickets)
    @rule(ticket=talks, who=st.integers(0, 2), to=st.integers(0, 2))
    def hand_over(self, ticket, who, to):
        if who != to:
            try:
                queue.hand_over(ticket.conversation, self.staff[who], to=self.staff[to])
            except queue.NoSeat:
                pass

    @precondition(lambda self: self.tickets)
    @rule(ticket=talks, who=st.integers(0, 2))
    def step_away(self, ticket, who):
        try:
            queue.step_away(ticket.conversation, self.staff[who])
        except queue.NoSeat:
            pass

    @precondition(lambda self: self.tickets)
    @rule(ticket=talks, who=st.integers(0, 2))
    def sit_down_again(self, ticket, who):
        try:
            queue.come_back(ticket.conversation, self.staff[who])
        except (queue.NoSeat, queue.AlreadyTaken, NoSuchTalk):
            pass

    @precondition(lambda self: self.tickets)
    @rule(ticket=talks)
    def keep(self, ticket):
        if not self._is_gone(ticket):
            talk = server_side.conversation_of(ticket)
            keeping.keep(talk, ticket.conversation.bytes * 2, bytes(61))
            self.kept.add(ticket.conversation)

    @precondition(lambda self: self.tickets)
    @rule(ticket=talks, days=st.sampled_from([7, 30, 90]))
    def choose_days(self, ticket, days):
        if ticket.conversation in self.kept and not self._is_gone(ticket):
            keeping.set_days(server_side.conversation_of(ticket), days)

    @precondition(lambda self: self.tickets)
    @rule(ticket=talks, how=st.sampled_from(["exit", "visitor", "staff", "slowed"]))
    def end(self, ticket, how):
        if ending.end(ticket.conversation, how) and ticket.conversation not in self.kept:
            self.gone.add(ticket.conversation)

    @precondition(lambda self: self.tickets)
    @rule(ticket=talks)
    def delete(self, ticket):
        if not self._is_gone(ticket):
            keeping.delete_everything(server_side.conversation_of(ticket))
            self.gone.add(ticket.conversation)

    @rule(minutes=st.sampled_from([1, 4, 6, 50]))
    def minutes_pass(self, minutes):
        self.now.shift(timedelta(minutes=minutes))
        jobs.every_minute()
        self._see_who_went()

    @rule(days=st.sampled_from([1, 8, 31, 91]))
    def days_pass(self, days):
        last_days = dict(Conversation.objects.filter(is_kept=True).values_list("pk", "delete_on"))
        self.now.shift(timedelta(days=days))
        jobs.every_minute()
        jobs.every_day()
        today = datetime.now(UTC).date()
        stays = {talk_id for talk_id, last_day in last_days.items() if last_day >= today}
        kept = Conversation.objects.filter(pk__in=last_days)
        assert set(kept.values_list("pk", flat=True)) == stays
        self._see_who_went()

    @invariant()
    def nothing_remains_of_what_is_over(self):
        for talk_id in self.gone:
            assert not Conversation.objects.filter(pk=talk_id).exists()
            assert not EpochWrap.objects.filter(conversation_id=talk_id).exists()
            assert not WordsWrap.objects.filter(conversation_id=talk_id).exists()
            for model in (Message, Epoch, Seat):
                assert not model.objects.filter(conversation_id=talk_id).exists()

    @invariant()
    def places_have_no_gaps_and_nothing_is_doubled(self):
        for talk in Conversation.objects.all():
            places = list(talk.messages.order_by("place").values_list("place", flat=True))
            assert places == list(range(1, talk.last_place + 1))
            assert len(places) == len(self.said[talk.pk])

    @invariant()
    def exactly_the_allowed_hold_a_wrap(self):
        for talk in Conversation.objects.all():
            here = set(talk.seats.filter(is_here=True).values_list("account_id", flat=True))
            for number in talk.epochs.values_list("number", flat=True):
                rows = EpochWrap.objects.filter(conversation_id=talk.pk, epoch=number)
                wraps = set(rows.values_list("reader", "reader_id"))
                must = {("visitor", 0), ("team", 1)}
                may = must | {("member", account_id) for account_id in here}
                assert must <= wraps <= may

    @invariant()
    def only_what_is_kept_rests_and_a_live_talk_has_somebody(self):
        for talk in Conversation.objects.all():
            is_seated = talk.seats.filter(is_here=True).exists()
            assert is_seated == (talk.state == "live")
            assert talk.is_kept == (talk.pk in self.kept)
            assert talk.state != "resting" or talk.is_kept

    def _is_gone(self, ticket: server_side.Ticket) -> bool:
        return ticket.conversation in self.gone

    def _living(self) -> list[server_side.Ticket]:
        return [ticket for ticket in self.tickets if not self._is_gone(ticket)]

    def _passed(self) -> timedelta:
        return datetime.now(UTC) - START

    def _see_who_went(self) -> None:
        there = set(Conversation.objects.values_list("pk", flat=True))
        now = datetime.now(UTC)
        for talk in Conversation.objects.exclude(pk__in=self.kept):
            assert now - talk.seen_at <= timedelta(minutes=talk.grace_minutes)
        for talk in Conversation.objects.all():
            assert talk.delete_on >= now.date() - timedelta(days=1)
        self.gone |= set(self.said) - there


def test_whatever_happens_the_promises_hold(monkeypatch):
    monkeypatch.setattr("leeward.line.services.endings.destroying.empty_logs", lambda: None)

    run_state_machine_as_test(
        Life,
        settings=settings(
            max_examples=12,
            stateful_step_count=40,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )


def test_what_she_said_reads_back_for_her_and_for_the_team():
    line = people.line()
    people.member(line.team)
    ticket = people.visitor(line.team)

    people.says(ticket, "Is tonight possible?")

    assert [plain.data["text"] for plain in server_side.read(ticket)] == ["Is tonight possible?"]
    assert b"Is tonight possible?" in line.reads(ticket.conversation)[0]
    assert epochs.wraps_for(ticket.conversation, epochs.MEMBER) == []
