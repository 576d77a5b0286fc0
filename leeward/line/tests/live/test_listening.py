"""A visitor's stream: in order, each once, from where she was; and nothing for anybody else."""

from __future__ import annotations

import asyncio
import secrets
from dataclasses import replace
from typing import Any
from uuid import uuid4

import pytest

from leeward.line.live import following, stream
from leeward.line.models import Conversation
from leeward.line.services.announcing import announce_now, talk_channel
from leeward.line.services.endings import ending
from leeward.line.tests.live import talks
from leeward.line.tests.live.within import WITHIN_S, apart, running

pytestmark = pytest.mark.django_db(transaction=True)


def places(events) -> Any:
    return [event["place"] for event in events]


def test_what_is_stored_comes_in_order(tmp_path):
    talk = talks.open_talk()

    async def scenario() -> Any:
        async with running(tmp_path) as site, site.listen(talk) as hers:
            for number in range(1, 6):
                await apart(talks.answer, talk, number)
            return await hers.events(5)

    assert places(asyncio.run(scenario())) == [1, 2, 3, 4, 5]


def test_a_lost_connection_goes_on_where_it_was(tmp_path):
    talk = talks.open_talk()

    async def scenario() -> Any:
        async with running(tmp_path) as site:
            await apart(talks.answer, talk, 1)
            async with site.listen(talk) as before:
                await before.events(1)
            for number in (2, 3):
                await apart(talks.answer, talk, number)
            async with site.listen(talk, after=1) as again:
                await again.events(2)
                await apart(talks.answer, talk, 4)
                return await again.events(3)

    assert places(asyncio.run(scenario())) == [2, 3, 4]


def test_a_wake_that_was_lost_costs_no_message_and_one_twice_doubles_none(tmp_path):
    talk = talks.open_talk()

    async def scenario() -> Any:
        async with running(tmp_path) as site, site.listen(talk) as hers:
            await apart(talks.answer, talk, 1)
            first = (await hers.events(1))[0]
            await apart(store_silently, talk, 2)
            await apart(store_silently, talk, 3)
            await apart(announce_now, talk_channel(talk.id), first)
            await apart(announce_now, talk_channel(talk.id), first | {"place": 3})
            await apart(talks.answer, talk, 4)
            return await hers.events(4)

    assert places(asyncio.run(scenario())) == [1, 2, 3, 4]


def store_silently(talk, number) -> Any:
    """Store an advocate's message; nobody is told."""
    from leeward.line.services import announcing

    told, announcing._announcers[:] = list(announcing._announcers), []
    talks.answer(talk, number)
    announcing._announcers[:] = told


def test_many_missed_messages_come_in_turns(tmp_path, monkeypatch):
    monkeypatch.setattr(following, "MOST_AT_ONCE", 3)
    talk = talks.open_talk()
    for number in range(1, 12):
        talks.answer(talk, number)

    async def scenario() -> Any:
        async with running(tmp_path) as site, site.listen(talk) as hers:
            return await hers.events(11)

    assert places(asyncio.run(scenario())) == list(range(1, 12))


def test_a_message_carries_its_place_as_the_streams_id(tmp_path):
    talk = talks.open_talk()
    talks.answer(talk, 1)

    async def scenario() -> Any:
        async with running(tmp_path) as site, site.listen(talk) as hers:
            await hers.events(1)
            return hers.body, hers.headers

    body, headers = asyncio.run(scenario())
    assert b"id: 1\ndata: {" in body
    assert body.startswith(b"retry: ")
    assert headers["content-type"] == "text/event-stream"
    assert headers["cache-control"] == "no-store"


@pytest.mark.parametrize("kind", ["wrong proof", "unknown id", "no id", "no proof"])
def test_a_stranger_learns_nothing(kind, tmp_path):
    talk = talks.open_talk()
    strangers = {
        "wrong proof": replace(talk, proof=secrets.token_bytes(32)).fields(),
        "unknown id": replace(talk, id=uuid4()).fields(),
        "no id": {"proof": "x"},
        "no proof": {"id": str(talk.id)},
    }
    forms = ("/live/listen", "/live/say", "/live/sign", "/live/epoch")

    async def scenario() -> Any:
        async with running(tmp_path) as site:
            return [await site.post(to, strangers[kind]) for to in forms]

    answers = asyncio.run(scenario())
    assert {got.status for got in answers} == {404}
    assert {got.body for got in answers} == {b'{"why":"no_such_talk"}'}


def test_where_she_stands_comes_first_and_moves_with_the_queue(tmp_path):
    team = talks.team()
    first, second = talks.open_talk(team=team), talks.open_talk(team=team)
    early = Conversation.objects.get(pk=second.id).opened_at.replace(hour=0)
    Conversation.objects.filter(pk=first.id).update(opened_at=early.replace(year=2020))

    async def scenario() -> Any:
        async with running(tmp_path) as site, site.listen(second) as hers:
            await hers.events(1, "state")
            await apart(ending.end, first.id, ending.How.VISITOR)
            return await hers.events(2, "state")

    assert [event["queue"] for event in asyncio.run(scenario())] == [2, 1]


def test_the_end_is_told_and_closes_the_stream(tmp_path):
    talk = talks.open_talk()

    async def scenario() -> Any:
        async with running(tmp_path) as site, site.listen(talk) as hers:
            await apart(ending.end, talk.id, ending.How.STAFF)
            await hers.until(lambda _: hers.is_complete)
            return hers.so_far("ended")

    assert asyncio.run(scenario()) == [{"e": "ended", "how": "staff"}]


def test_a_browser_that_stops_reading_is_dropped_and_others_go_on(tmp_path, monkeypatch):
    monkeypatch.setattr(stream, "MOST_WAITING_BYTES", 2_000)
    monkeypatch.setattr(stream, "LAST_WORDS_WITHIN_S", 0.1)
    talk = talks.open_talk()

    async def scenario() -> Any:
        async with running(tmp_path) as site, site.listen(talk) as stuck, site.listen(talk) as hers:
            stuck.may_send.clear()
            for number in range(1, 9):
                await apart(talks.answer, talk, number)
                await hers.events(number)
            async with asyncio.timeout(WITHIN_S):
                await asyncio.wait({stuck._task})
            stuck.may_send.set()
        monkeypatch.undo()
        async with running(tmp_path) as site, site.listen(talk, after=0) as again:
            return len(stuck.so_far()), await again.events(8)

    seen, events = asyncio.run(scenario())
    assert seen < 8
    assert places(events) == list(range(1, 9))


def test_the_servers_stop_ends_the_stream(tmp_path):
    from leeward.safety.live import AT_SHUTDOWN

    talk = talks.open_talk()

    async def scenario() -> Any:
        async with running(tmp_path) as site, site.listen(talk) as hers:
            await hers.events(1, "state")
            hers.scope[AT_SHUTDOWN]()
            await hers.until(lambda _: hers.is_complete)

    asyncio.run(scenario())


def test_a_stream_that_ends_notes_her_last_time(tmp_path):
    talk = talks.open_talk()
    long_ago = Conversation.objects.get(pk=talk.id).seen_at.replace(year=2020)
    Conversation.objects.filter(pk=talk.id).update(seen_at=long_ago)

    async def scenario() -> Any:
        async with running(tmp_path) as site, site.listen(talk) as hers:
            await hers.events(1, "state")

    asyncio.run(scenario())
    assert Conversation.objects.get(pk=talk.id).seen_at.year > 2020
