"""An advocate's stream: her team's queue, her own conversations, and nobody else's."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from typing import Any

import pytest
from django.conf import settings

from leeward.line.live import desk
from leeward.line.models import Member
from leeward.line.services.announcing import queue_moved
from leeward.line.services.endings import ending
from leeward.line.services.talks import queue
from leeward.line.tests.live import talks
from leeward.line.tests.live.within import Growing, apart, running
from leeward.people.tests import make as people
from leeward.safety.tests.make import ask_async, scope_of

pytestmark = pytest.mark.django_db(transaction=True)


def advocate(team, name="ana", *roles) -> Any:
    """Return an account that answers for a team, and the cookies of her browser."""
    account = people.account(name, *(roles or ("advocate",)))
    Member.objects.create(team=team, account=account, working_name=name.title())
    client = people.signed_in(account)
    cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
    return account, f"{settings.SESSION_COOKIE_NAME}={cookie}".encode()


@asynccontextmanager
async def watching(site, cookies) -> Any:
    scope = scope_of("GET", "/staff/desk/live", (b"cookie", cookies))
    async with Growing(site.door, scope, b"") as stream:
        yield stream


def test_it_begins_with_where_her_conversations_stand(tmp_path):
    team = talks.team()
    mine, _others = talks.open_talk(team=team), talks.open_talk(team=team)
    ana, cookies = advocate(team)
    talks.sit_down(mine, ana)
    talks.answer(mine, 1)

    async def scenario() -> Any:
        async with running(tmp_path) as site, watching(site, cookies) as stream:
            return await stream.events(1, "hello")

    hello = asyncio.run(scenario())[0]
    assert hello["talks"] == {str(mine.id): {"place": 1, "state": "live"}}


def test_messages_of_her_conversations_come_with_their_id_and_others_do_not(tmp_path):
    team = talks.team()
    mine, other = talks.open_talk(team=team), talks.open_talk(team=team)
    ana, cookies = advocate(team)
    talks.sit_down(mine, ana)

    async def scenario() -> Any:
        async with running(tmp_path) as site, watching(site, cookies) as stream:
            await stream.events(1, "hello")
            await site.post("/live/say", other.says(1, talks.box()))
            await site.post("/live/say", mine.says(1, talks.box()))
            await site.post("/live/say", mine.says(2, talks.box()))
            return await stream.events(2)

    events = asyncio.run(scenario())
    assert [(event["talk"], event["place"]) for event in events] == [
        (str(mine.id), 1),
        (str(mine.id), 2),
    ]


def test_a_chat_that_she_takes_is_followed_and_left_when_she_steps_away(tmp_path):
    team = talks.team()
    talk = talks.open_talk(team=team)
    ana, cookies = advocate(team)

    async def scenario() -> Any:
        async with running(tmp_path) as site, watching(site, cookies) as stream:
            await stream.events(1, "hello")
            await apart(queue.take, talk.id, ana)
            await stream.events(2, "hello")
            await site.post("/live/say", talk.says(1, talks.box()))
            await stream.events(1)
            await apart(queue.step_away, talk.id, ana)
            return await stream.events(1, "left")

    assert asyncio.run(scenario()) == [{"e": "left", "talk": str(talk.id)}]


def test_the_teams_queue_moves_on_her_desk_and_not_on_another_teams(tmp_path):
    team, other = talks.team(), talks.team()
    _ana, cookies = advocate(team)

    async def scenario() -> Any:
        async with running(tmp_path) as site, watching(site, cookies) as stream:
            await stream.events(1, "hello")
            await apart(queue_moved, other.pk)
            await apart(queue_moved, team.pk)
            await stream.events(1, "queue")
            await asyncio.sleep(0)
            return stream.so_far("queue")

    assert asyncio.run(scenario()) == [{"e": "queue"}]


def test_the_end_of_a_conversation_is_told_and_the_desk_stays_open(tmp_path):
    team = talks.team()
    talk = talks.open_talk(team=team)
    ana, cookies = advocate(team)
    talks.sit_down(talk, ana)

    async def scenario() -> Any:
        async with running(tmp_path) as site, watching(site, cookies) as stream:
            await stream.events(1, "hello")
            await apart(ending.end, talk.id, ending.How.EXIT)
            return await stream.events(1, "ended"), stream.is_complete

    ended, is_complete = asyncio.run(scenario())
    assert ended == [{"e": "ended", "how": "exit", "talk": str(talk.id)}]
    assert not is_complete


def test_strangers_and_staff_without_the_right_are_refused_alike(tmp_path):
    team = talks.team()
    _editor, no_right = advocate(team, "eda", "editor")

    async def scenario() -> Any:
        async with running(tmp_path) as site:
            headers = [(), ((b"cookie", b"staff=nothing"),), ((b"cookie", no_right),)]
            return [
                await ask_async(site.door, "GET", "/staff/desk/live", *each) for each in headers
            ]

    assert [(got.status, got.body) for got in asyncio.run(scenario())] == [(403, b"")] * 3


def test_a_desk_whose_session_ends_is_shut(tmp_path, monkeypatch):
    monkeypatch.setattr(desk, "LOOK_AGAIN_S", 0.05)
    ana, cookies = advocate(talks.team())

    async def scenario() -> Any:
        async with running(tmp_path) as site, watching(site, cookies) as stream:
            await stream.events(1, "hello")
            await apart(shut, ana)
            await stream.until(lambda it: it.is_complete)
            return stream.so_far("signed_out")

    assert asyncio.run(scenario()) == [{"e": "signed_out"}]


def shut(account) -> Any:
    account.is_active = False
    account.save()
