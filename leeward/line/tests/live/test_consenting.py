"""/live/consent, and the end of a consent: whoever follows the talk is told, and may ask."""

from __future__ import annotations

import asyncio
import uuid
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from leeward.line.models import Consent
from leeward.line.services.consent import consents
from leeward.line.tests.live import talks
from leeward.line.tests.live.test_browser_side import ask
from leeward.line.tests.live.test_growing import open_for_ticket
from leeward.line.tests.live.within import apart, running
from leeward.people.models import Account

pytestmark = pytest.mark.django_db(transaction=True)

ASK = "/live/consent"
DAYS = 3


def asked(talk: Any, state: str = "asked") -> str:
    """Return the id of a question that stands in a talk, with its time running for three days."""
    now = timezone.now()
    consent = Consent.objects.create(
        id=uuid.uuid4(),
        conversation_id=talk.id,
        what="export",
        place=1,
        state=state,
        given_at=now if state == "given" else None,
        ends_at=now + timedelta(days=DAYS),
    )
    return str(consent.pk)


def end_all() -> int:
    """Do what the job does once the time of each is over."""
    return consents.forget_over(timezone.now() + timedelta(days=DAYS, minutes=1))


def live_talk() -> talks.Talk:
    """Return a talk with an advocate in it."""
    talk = talks.open_talk()
    talks.sit_down(talk, Account.objects.create_user(username="sam", display_name="Sam"))
    return talk


def test_she_may_ask_where_her_questions_stand(tmp_path: Path) -> None:
    talk = live_talk()
    questions = {asked(talk, state): state for state in ("asked", "given", "refused")}

    [(status, told)] = ask(tmp_path, (ASK, talk.fields()))

    assert status == 200
    assert {key: one["state"] for key, one in told["consents"].items()} == questions
    longest = timedelta(days=DAYS).total_seconds()
    assert all(0 < one["left"] <= 1 + longest for one in told["consents"].values())


def test_what_is_over_is_not_among_them_before_the_job_comes_either(tmp_path: Path) -> None:
    talk = live_talk()
    asked(talk, "given")
    Consent.objects.update(given_at=timezone.now() - timedelta(days=2), ends_at=timezone.now())

    answers = ask(tmp_path, (ASK, talk.fields()))

    assert answers == [(200, {"consents": {}})]


def test_where_they_stand_is_told_to_her_alone(tmp_path: Path) -> None:
    talk, other = live_talk(), talks.Talk(uuid.uuid4(), bytes(32))
    asked(talk)

    answers = ask(tmp_path, (ASK, talks.Talk(talk.id, bytes(32)).fields()), (ASK, other.fields()))

    assert answers == [(404, {"why": "no_such_talk"})] * 2


@pytest.mark.parametrize("state", ["asked", "given"])
def test_her_stream_tells_when_the_time_of_a_question_is_over(tmp_path: Path, state: str) -> None:
    talk = live_talk()
    question = asked(talk, state)

    async def scenario() -> list[dict[str, Any]]:
        async with running(tmp_path) as site, site.listen(talk) as stream:
            await stream.events(1, "state")
            await apart(end_all)
            return await stream.events(1, "consent")

    told = asyncio.run(scenario())

    assert told == [{"e": "consent", "consent": question, "state": "over"}]
    assert not Consent.objects.exists()


@pytest.mark.parametrize("state", ["refused", "revoked"])
def test_of_what_she_ended_herself_nothing_more_is_told(tmp_path: Path, state: str) -> None:
    talk = live_talk()
    asked(talk, state)

    async def scenario() -> list[dict[str, Any]]:
        async with running(tmp_path) as site, site.listen(talk) as stream:
            await stream.events(1, "state")
            await apart(end_all)
            await apart(talks.answer, talk, 1)
            await stream.events(1)
            return stream.so_far("consent")

    assert asyncio.run(scenario()) == []
    assert not Consent.objects.exists()


@pytest.mark.parametrize(
    ("language", "said"),
    [("en", "The time for something you were asked"), ("es", "Terminó el tiempo para algo")],
)
def test_the_frame_without_scripts_tells_it_too(tmp_path: Path, language: str, said: str) -> None:
    talk = open_for_ticket()
    asked(talk, "given")

    async def scenario() -> str:
        fields = talk.fields | {"language": language}
        async with running(tmp_path) as site, site.stream("/live/grow", fields) as frame:
            await frame.until(lambda it: b'class="state"' in it.body)
            await apart(end_all)
            await frame.until(lambda it: b'class="over"' in it.body)
            return str(frame.body.decode())

    assert said in asyncio.run(scenario())


def test_an_answer_of_hers_is_not_taken_for_where_the_talk_stands(tmp_path: Path) -> None:
    talk = live_talk()
    question = asked(talk)

    async def scenario() -> tuple[list[dict[str, Any]], set[str]]:
        async with running(tmp_path) as site, site.listen(talk) as stream:
            await stream.events(1, "state")
            await site.post(ASK, talk.fields(consent=question, answer="given"))
            told = await stream.events(1, "consent")
            return told, {follower.state for follower in site.room.followers}

    told, states = asyncio.run(scenario())

    assert [event["state"] for event in told] == ["given"]
    assert states == {"live"}


def test_an_answer_after_the_end_is_refused(tmp_path: Path) -> None:
    talk = live_talk()
    question = asked(talk)
    end_all()

    [(status, told)] = ask(tmp_path, (ASK, talk.fields(consent=question, answer="given")))

    assert (status, told) == (409, {"why": "answered"})
