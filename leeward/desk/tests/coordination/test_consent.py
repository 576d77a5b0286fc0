"""The gate: nothing leaves a conversation unless she allows it now."""

from __future__ import annotations

import json
import os
import uuid
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client

from leeward.desk.tests.coordination import make
from leeward.line.models import Consent, Conversation, Epoch, Message, Seat
from leeward.line.services.consent import consents
from leeward.line.services.spelling import to_text
from leeward.line.tests import make as make_line
from leeward.people.models import AuditEntry
from leeward.people.tests.make import signed_in

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 25, 12, 20, tzinfo=UTC)
BOX = os.urandom(285)
WHATS = ("print", "export", "referral")


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOW, tick=False) as moving:
        yield moving


@pytest.fixture
def sam():
    return make.member(make.team(), make.advocate(), "Sam")


@pytest.fixture
def talk(sam):
    found = make_line.conversation(team=sam.team, state="live")
    Epoch.objects.create(conversation=found, number=1, day=NOW.date())
    Seat.objects.create(conversation=found, number=1, account=sam.account, role="lead")
    return found


@pytest.fixture
def browser(sam, talk):
    return signed_in(sam.account)


def post(browser: Client, path: str, **body: Any) -> Any:
    return browser.post(
        f"/staff/desk/consent/{path}/", json.dumps(body), content_type="application/json"
    )


def ask(
    browser: Client,
    talk: Conversation,
    *,
    what: str = "print",
    hours: int = 48,
    number: int = 1,
    **changed: str,
) -> Any:
    body = {
        "id": str(talk.pk),
        "consent": str(uuid.uuid4()),
        "what": what,
        "until": (datetime.now(UTC) + timedelta(hours=hours)).isoformat(),
        "number": number,
        "epoch": 1,
        "box": to_text(BOX),
    }
    return post(browser, "ask", **(body | changed))


def use(browser: Client, talk: Conversation, what: str = "print", after: int = 0) -> Any:
    return post(browser, "use", id=str(talk.pk), what=what, after=after)


def given(browser: Client, talk: Conversation, **asked: Any) -> Consent:
    ask(browser, talk, **asked)
    return consents.give(talk, Consent.objects.latest("place").pk)


# -- asking --


def test_a_question_is_stored_sealed_with_the_record_of_it(browser, talk):
    answer = ask(browser, talk)

    consent = Consent.objects.get()
    message = Message.objects.get()
    assert answer.json() == {"place": 1}
    assert (consent.what, consent.state, consent.place) == ("print", "asked", message.place)
    assert consent.ends_at == NOW.replace(minute=0) + timedelta(hours=48)
    assert bytes(message.box) == BOX


def test_the_same_question_twice_is_asked_once(browser, talk):
    consent = str(uuid.uuid4())
    ask(browser, talk, consent=consent)

    again = ask(browser, talk, consent=consent)

    assert again.json() == {"place": 1}
    assert Consent.objects.count() == Message.objects.count() == 1


@pytest.mark.parametrize(
    "wrong",
    [
        {"what": "sell"},
        {"until": "soon"},
        {"until": "2026-11-27T12:00:00"},
        {"until": "2026-11-25T12:00:00+00:00"},
        {"until": "2027-11-25T12:00:00+00:00"},
        {"consent": "x"},
        {"box": ""},
    ],
)
def test_a_question_that_is_none_stores_nothing(browser, talk, wrong):
    answer = ask(browser, talk, **wrong)

    assert answer.status_code == 422
    assert not Consent.objects.exists()
    assert not Message.objects.exists()


# -- the gate --


@pytest.mark.parametrize("what", WHATS)
def test_what_she_allows_is_handed_out_sealed_and_with_its_end(browser, talk, what):
    given(browser, talk, what=what)

    told = use(browser, talk, what).json()

    assert [message["box"] for message in told["messages"]] == [to_text(BOX)]
    assert told["consent"]["until"] == "2026-11-27T12:00Z"
    assert told["consent"]["what"] == what


@pytest.mark.parametrize("what", WHATS)
def test_nothing_is_handed_out_unasked(browser, talk, what):
    answer = use(browser, talk, what)

    assert (answer.status_code, answer.json()) == (403, {"code": "no_consent"})


def test_a_question_without_an_answer_allows_nothing(browser, talk):
    ask(browser, talk)

    assert use(browser, talk).status_code == 403


def test_a_no_allows_nothing(browser, talk):
    ask(browser, talk)
    consents.refuse(talk, Consent.objects.get().pk)

    assert use(browser, talk).status_code == 403


def test_a_yes_that_was_taken_back_allows_nothing_from_then_on(browser, talk):
    consent = given(browser, talk)
    before = use(browser, talk).status_code

    consents.revoke(talk, consent.pk)

    assert before == 200
    assert use(browser, talk).status_code == 403
    assert use(browser, talk, after=1).status_code == 403


@pytest.mark.parametrize("other", ["export", "referral"])
def test_a_yes_to_one_kind_allows_no_other_kind(browser, talk, other):
    given(browser, talk, what="print")

    assert use(browser, talk, other).status_code == 403


def test_a_yes_ends_by_itself_to_the_minute(browser, talk, clock):
    consent = given(browser, talk, hours=48)

    clock.move_to(consent.ends_at - timedelta(minutes=1))
    browser = signed_in(Seat.objects.get().account)
    assert use(browser, talk).status_code == 200
    clock.move_to(consent.ends_at)
    assert use(browser, talk).status_code == 403
    assert use(browser, talk, after=1).status_code == 403


def test_a_yes_in_one_conversation_allows_nothing_in_another(browser, talk, sam):
    given(browser, talk)
    other = make_line.conversation(team=sam.team, state="live")
    Seat.objects.create(conversation=other, number=1, account=sam.account, role="lead")

    assert use(browser, other).status_code == 403


# -- who --


@pytest.mark.parametrize("path", ["ask", "standing", "use"])
def test_a_conversation_that_is_not_ones_own_answers_like_one_that_is_not_there(
    browser, talk, path
):
    given(browser, talk)
    body = {"what": "print", "after": 0, "number": 1, "epoch": 1, "box": to_text(BOX)}
    body |= {"consent": str(uuid.uuid4()), "until": (NOW + timedelta(days=1)).isoformat()}
    stranger = signed_in(make.advocate("eve"))
    colleague = signed_in(make.member(talk.team, make.advocate("ana"), "Ana").account)

    of_stranger = post(stranger, path, id=str(talk.pk), **body)
    of_colleague = post(colleague, path, id=str(talk.pk), **body)
    of_nothing = post(stranger, path, id=str(uuid.uuid4()), **body)

    answers = {(each.status_code, each.content) for each in (of_stranger, of_colleague, of_nothing)}
    assert answers == {(404, b'{"code": "not_here"}')}


def test_whoever_stepped_away_hands_nothing_out(browser, talk):
    given(browser, talk)
    Seat.objects.update(is_here=False)

    assert use(browser, talk).status_code == 404


@pytest.mark.parametrize("path", ["ask", "standing", "use"])
def test_nobody_else_comes_as_far_as_the_gate(path, talk):
    address = f"/staff/desk/consent/{path}/"

    assert Client().post(address).status_code == 302
    assert signed_in(make.make_people.account("eda", "editor")).post(address).status_code == 403
    assert signed_in(make.advocate("eve")).get(address).status_code == 405


# -- what stays --


def test_handing_out_is_on_record_once_without_any_content(browser, talk):
    given(browser, talk)
    use(browser, talk)
    use(browser, talk, after=1)

    entries = AuditEntry.objects.filter(event="line.consent_used_print")
    assert [(entry.kind, entry.object_id) for entry in entries] == [
        ("line.team", str(talk.team_id))
    ]


def test_a_refused_try_leaves_no_entry_that_something_was_handed_out(browser, talk):
    use(browser, talk)

    assert not AuditEntry.objects.filter(event__startswith="line.consent_used").exists()


def test_where_each_consent_stands_is_told(browser, talk, clock):
    given(browser, talk, what="print", hours=24)
    ask(browser, talk, what="export", hours=48, number=2)
    clock.move_to(NOW + timedelta(hours=25))
    browser = signed_in(Seat.objects.get().account)

    told = post(browser, "standing", id=str(talk.pk)).json()["consents"]

    assert [(row["what"], row["state"]) for row in told] == [("print", "over"), ("export", "asked")]
