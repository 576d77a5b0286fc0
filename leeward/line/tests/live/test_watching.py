"""Silence that nobody could have heard ends no chat."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest
from django.db import OperationalError
from django.utils import timezone

from leeward.line import jobs
from leeward.line.models import Conversation
from leeward.line.services.endings import ending
from leeward.line.services.talks import signs
from leeward.line.tests.live import talks
from leeward.line.tests.live.within import apart, running

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("at_noon"),
]

GRACE = timedelta(minutes=5)


def open_talk_unseen_for(silent: timedelta) -> talks.Talk:
    return talks.open_talk(seen_at=timezone.now() - silent, grace_minutes=5)


def is_there(talk: talks.Talk) -> bool:
    return Conversation.objects.filter(pk=talk.id).exists()


def test_a_server_away_for_longer_than_her_grace_ends_no_chat(tmp_path):
    talk = open_talk_unseen_for(3 * GRACE)

    async def scenario():
        async with running(tmp_path):
            await apart(jobs.every_minute)

    asyncio.run(scenario())

    assert is_there(talk)


def test_her_grace_runs_from_the_servers_start(tmp_path):
    talk, before = open_talk_unseen_for(3 * GRACE), timezone.now()

    async def scenario():
        async with running(tmp_path):
            await apart(ending.end_away, before + GRACE - timedelta(seconds=5))
            was_there = await apart(is_there, talk)
            await apart(ending.end_away, timezone.now() + GRACE)
        return was_there

    assert asyncio.run(scenario())
    assert not is_there(talk)


def test_a_database_away_for_longer_than_her_grace_ends_no_chat(tmp_path, monkeypatch):
    talk = talks.open_talk(grace_minutes=5)

    def refuse(_ids, *, now):
        raise OperationalError("gone")

    async def scenario():
        async with running(tmp_path) as site, site.listen(talk):
            with monkeypatch.context() as broken:
                broken.setattr(signs, "visitors_seen", refuse)
                broken.setattr("django.utils.timezone.now", lambda: later)
                await site.room.presence.write()
            await apart(ending.end_away, later + timedelta(seconds=30))

    later = timezone.now() + 3 * GRACE
    asyncio.run(scenario())

    assert is_there(talk)


def test_who_is_there_is_written_between_messages_and_nothing_is_lost(tmp_path):
    before = timezone.now() - timedelta(minutes=1)
    many = [talks.open_talk(seen_at=before - GRACE) for _each in range(3)]

    async def scenario():
        async with running(tmp_path) as site, site.listen(many[0]), site.listen(many[1]):
            said = [
                site.post("/live/say", talk.says(number, talks.box()))
                for talk in many
                for number in (1, 2)
            ]
            return await asyncio.gather(site.room.presence.write(), *said)

    _written, *answers = asyncio.run(scenario())

    seen = Conversation.objects.filter(seen_at__gte=before)
    assert {*seen.values_list("pk", flat=True)} == {many[0].id, many[1].id}
    assert [answer.status for answer in answers] == [200] * 6
