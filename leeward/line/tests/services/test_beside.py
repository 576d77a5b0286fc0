"""Calls, consents, notes, counts, slowing down, and the demonstration."""

from __future__ import annotations

import os
import uuid
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.utils import timezone

from leeward.line import demo, jobs
from leeward.line.models import (
    CallRequest,
    Consent,
    Conversation,
    Member,
    Shift,
    Team,
    TeamKey,
)
from leeward.line.rules.blocks import last_finished
from leeward.line.services import proving, tallies
from leeward.line.services.abuse import abuse
from leeward.line.services.calls import calls
from leeward.line.services.consent import consents
from leeward.line.services.endings import ending
from leeward.line.services.shifts import loads
from leeward.line.services.talks import notes, queue
from leeward.line.services.visitors import server_side
from leeward.line.tests import people
from leeward.people.models import Account

pytestmark = pytest.mark.django_db


# -- calls --


def _asking(line: people.Line, **values: Any) -> calls.Asking:
    now = timezone.now()
    usual: dict[str, Any] = {
        "id": uuid.uuid4(),
        "team_id": line.team.pk,
        "generation": 1,
        "language": "en",
        "not_before": now,
        "not_after": now + timedelta(hours=3),
        "proof_hash": os.urandom(32),
    }
    asked = usual | values
    if "box" not in asked:
        asked["box"] = calls.seal(line.team.pk, asked["id"], b'{"number":"718-555-0143"}')[1]
    return calls.Asking(**asked)


def test_a_call_is_destroyed_once_done_or_over(line, sam):
    done, over = calls.ask(_asking(line)), calls.ask(_asking(line))
    calls.take(done.pk, sam)

    calls.done(done.pk, sam)
    assert [call.pk for call in CallRequest.objects.all()] == [over.pk]
    with time_machine.travel(timezone.now() + timedelta(hours=4)):
        jobs.every_minute()

    assert not CallRequest.objects.exists()


def test_after_three_tries_a_phone_is_left_alone(line, sam):
    call = calls.ask(_asking(line))

    assert [calls.tried(call.pk, sam) for _ in range(3)] == [2, 1, 0]

    assert not CallRequest.objects.exists()


def test_only_she_takes_her_call_back(line):
    proof = os.urandom(32)
    from leeward.sealing.visits import kept_proof

    call = calls.ask(_asking(line, proof_hash=kept_proof(proof)))

    for call_id, shown in ((call.pk, bytes(32)), (uuid.uuid4(), proof)):
        with pytest.raises(proving.NoSuchTalk):
            calls.take_back(call_id, shown)
    calls.take_back(call.pk, proof)

    assert not CallRequest.objects.exists()


@pytest.mark.parametrize("change", [{"generation": 2}, {"box": bytes(99)}])
def test_an_unfit_call_is_refused(line, change):
    with pytest.raises(calls.CallUnfit):
        calls.ask(_asking(line, **change))


# -- consents --


def _asked(
    line: people.Line, ticket: server_side.Ticket, account: Account, **values: Any
) -> Consent:
    seat = queue.take(ticket.conversation, account)
    number = Conversation.objects.get(pk=ticket.conversation).last_place + 1
    stored = people.answers(line, ticket.conversation, seat.number, number, "may I?")
    usual = {
        "what": "print",
        "ends_at": timezone.now() + timedelta(days=7),
        "place": stored.message.place,
    }
    return consents.ask(ticket.conversation, account, consent_id=uuid.uuid4(), **(usual | values))


def test_nothing_is_allowed_until_given_nor_after_revoking_nor_when_its_time_is_over(
    line, ticket, sam
):
    consent = _asked(line, ticket, sam)
    talk, now = Conversation.objects.get(), timezone.now()
    assert not consents.is_given(talk, "print", now)

    consents.give(talk, consent.pk)
    assert consents.is_given(talk, "print", now)
    assert not consents.is_given(talk, "export", now)
    assert not consents.is_given(talk, "print", now + timedelta(days=8))
    consents.revoke(talk, consent.pk)

    assert not consents.is_given(talk, "print", now)
    with pytest.raises(consents.ConsentUnfit):
        consents.used(talk, "print", sam)


def test_a_consent_for_too_long_or_without_its_words_is_not_asked(line, ticket, sam):
    for change in ({"ends_at": timezone.now() + timedelta(days=99)}, {"place": 77}):
        with pytest.raises(consents.ConsentUnfit):
            _asked(line, ticket, sam, **change)


def test_nobody_answers_for_another_conversation(line, ticket, sam):
    consent = _asked(line, ticket, sam)
    other = Conversation.objects.get(pk=people.visitor(line.team).conversation)

    with pytest.raises(consents.ConsentUnfit):
        consents.give(other, consent.pk)


# -- notes, tallies, abuse, demo --


def test_a_note_goes_with_its_conversation(ticket, sam):
    queue.take(ticket.conversation, sam)
    notes.write(ticket.conversation, sam, generation=1, box=bytes(305))
    assert len(notes.of(ticket.conversation, sam)) == 1

    ending.end(ticket.conversation, "staff")

    with pytest.raises(proving.NoSuchTalk):
        notes.of(ticket.conversation, sam)


def test_counts_of_one_to_four_are_not_shown(line):
    now = timezone.now()
    for _ in range(4):
        tallies.count(line.team.pk, "chat_opened", "en", at=now)
    span = {"start": now - timedelta(hours=1), "end": now + timedelta(hours=1)}
    assert tallies.by_detail(line.team.pk, "chat_opened", **span) == {"en": None}

    tallies.count(line.team.pk, "chat_opened", "en", at=now)

    assert tallies.by_detail(line.team.pk, "chat_opened", **span) == {"en": 5}


def test_a_sentence_is_not_counted(line):
    with pytest.raises(tallies.NotCounted):
        tallies.count(line.team.pk, "outcome", "she said that")


def test_whoever_is_slowed_opens_nothing_until_the_day_turns(ticket):
    now = timezone.now()
    abuse.opened(ticket.conversation, "192.0.2.7", now=now)

    abuse.slow(ticket.conversation)

    with pytest.raises(abuse.SlowedDown):
        abuse.must_be_welcome("192.0.2.7", now=now)
    abuse.must_be_welcome("192.0.2.8", now=now)
    abuse.must_be_welcome("192.0.2.7", now=now + timedelta(days=1))


def test_one_address_opens_so_many_talks_a_day():
    for _ in range(abuse.TALKS_A_DAY):
        abuse.must_be_welcome("192.0.2.7")
        abuse.opened(uuid.uuid4(), "192.0.2.7")

    with pytest.raises(abuse.SlowedDown):
        abuse.must_be_welcome("192.0.2.7")


def test_the_demonstration_has_a_team_without_keys_and_loads_once():
    Account.objects.create_user("advocate")

    demo.load()
    planned = Shift.objects.count()
    demo.load()

    assert Team.objects.get().slug == "main"
    assert Member.objects.get().working_name == "Sam"
    assert Shift.objects.count() == planned > 0
    assert not TeamKey.objects.exists()


def test_the_demonstration_has_figures_of_the_four_weeks_that_were_over_last():
    today = timezone.localdate()

    demo.load()

    (block,) = loads.blocks(Team.objects.get(), today)
    told = loads.loads(Team.objects.get(), block, today)
    assert block == last_finished(today)
    assert max(hour or 0 for hour in told.opened.cells) >= 40
    assert told.wait_minutes[20] in range(3, 10)
