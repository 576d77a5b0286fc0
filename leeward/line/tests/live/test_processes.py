"""Real servers that are killed, stopped and parted: what was acknowledged is there, once."""

from __future__ import annotations

import asyncio
import signal
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from leeward.line.models import Message
from leeward.line.services.endings import ending
from leeward.line.services.spelling import to_text
from leeward.line.tests import people
from leeward.line.tests.live import talks
from leeward.line.tests.live.persons import Visitor
from leeward.line.tests.live.servers import redis, serving
from leeward.line.tests.live.within import apart
from leeward.line.wraps.models import EpochWrap

pytestmark = pytest.mark.django_db(transaction=True)

PEOPLE = 12
MESSAGES = 8


@asynccontextmanager
async def listening(people) -> Any:
    """Have everybody listen until the end of the block."""
    tasks = [asyncio.create_task(person.listen()) for person in people]
    try:
        for person in people:
            await person.until(lambda person=person: bool(person.kinds))
        yield
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        for person in people:
            await person.client.aclose()


async def say_all(person) -> Any:
    for _message in range(MESSAGES):
        await person.say()


async def heard_all(person) -> Any:
    await person.until(lambda: len(person.heard) >= MESSAGES)


async def until_a_third_is_heard(person) -> None:
    await person.until(lambda: len(person.heard) >= MESSAGES / 3)


def must_hold(person) -> Any:
    """Nothing acknowledged is lost, nothing stands twice, all was heard once and in order."""
    stored = Message.objects.filter(conversation_id=person.talk.id).order_by("place")
    rows = [(row.place, row.number, bytes(row.box)) for row in stored]
    numbers = range(1, MESSAGES + 1)

    assert rows == [(n, n, person.boxes[n - 1]) for n in numbers]
    assert person.told == {n: n for n in numbers}
    assert [event["place"] for event in person.heard] == list(numbers)
    assert [event["box"] for event in person.heard] == [to_text(box) for box in person.boxes]


def test_a_server_that_is_killed_loses_and_doubles_nothing():
    team = talks.team()
    known = [talks.open_talk(team=team) for _person in range(PEOPLE)]

    async def scenario(server) -> Any:
        people = [Visitor(talk, server.base) for talk in known]
        async with listening(people):
            saying = [asyncio.create_task(say_all(person)) for person in people]
            for person in people:
                await until_a_third_is_heard(person)
            await apart(server.kill)
            await apart(server.start)
            await asyncio.gather(*saying, *(heard_all(person) for person in people))
        return people

    with serving() as server:
        for person in asyncio.run(scenario(server)):
            must_hold(person)


def test_a_server_that_stops_ends_its_streams_and_everybody_comes_again():
    talk = talks.open_talk()

    async def scenario(server) -> Any:
        person = Visitor(talk, server.base)
        async with listening([person]):
            await person.say()
            status = await apart(server.stop)
            await apart(server.start)
            for _message in range(MESSAGES - 1):
                await person.say()
            await heard_all(person)
        return person, status

    with serving() as server:
        person, status = asyncio.run(scenario(server))
        must_hold(person)
        assert status == -signal.SIGTERM  # uvicorn ends as it was asked to, once all is closed


def test_a_server_that_stopped_leaves_no_key_that_was_destroyed_on_the_disk():
    team = people.line().team
    people.member(team)
    ticket = people.visitor(team)
    wraps = [bytes(wrap.sealed) for wrap in EpochWrap.objects.all()]

    with serving() as server:
        ending.end(ticket.conversation, "exit")
        server.stop()

    lying = b"".join(file.read_bytes() for file in Path(settings.DATA).glob("*.sqlite3*"))
    assert wraps
    assert not any(wrap in lying for wrap in wraps)


def test_two_servers_wake_each_other_and_go_on_when_redis_is_killed(tmp_path):
    talk = talks.open_talk()

    async def scenario(one, other, between) -> Any:
        said, heard = Visitor(talk, one.base), Visitor(talk, other.base)
        async with listening([said, heard]):
            await said.say()
            await heard.until(lambda: len(heard.heard) == 1)
            await apart(between.kill)
            for _message in range(3):
                await said.say()
            await heard.until(lambda: len(heard.heard) == 4)
            await apart(between.start)
            for _message in range(4):
                await said.say()
            await heard.until(lambda: len(heard.heard) == 8)
            await heard_all(said)
        heard.boxes, heard.told = said.boxes, said.told
        return said, heard

    with (
        redis(tmp_path) as between,
        serving(redis_url=between.url) as one,
        serving(redis_url=between.url) as other,
    ):
        for person in asyncio.run(scenario(one, other, between)):
            must_hold(person)


def test_one_of_two_servers_that_is_killed_costs_its_visitors_a_moment(tmp_path):
    known = [talks.open_talk() for _person in range(4)]

    async def scenario(one, other) -> Any:
        people = [Visitor(talk, one.base) for talk in known]
        async with listening(people):
            for person in people:
                await person.say()
            await apart(one.kill)
            for person in people:
                person.base = other.base
            for person in people:
                for _message in range(MESSAGES - 1):
                    await person.say()
            await asyncio.gather(*(heard_all(person) for person in people))
        return people

    with (
        redis(tmp_path) as between,
        serving(redis_url=between.url) as one,
        serving(redis_url=between.url) as other,
    ):
        for person in asyncio.run(scenario(one, other)):
            must_hold(person)
