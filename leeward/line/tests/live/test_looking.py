"""Several processes without Redis: what no wake told of is found in the database."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from leeward.line.live import looking
from leeward.line.models import Conversation
from leeward.line.services import announcing
from leeward.line.services.endings import ending
from leeward.line.tests.live import talks
from leeward.line.tests.live.within import apart, running

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _often(monkeypatch):
    monkeypatch.setattr(looking, "ALONE_S", 0.05)


def as_another_process(work: Any, *given: Any) -> None:
    """Do something of which this process's hub hears nothing."""
    told, announcing._announcers[:] = list(announcing._announcers), []
    work(*given)
    announcing._announcers[:] = told


def test_a_message_stored_elsewhere_is_heard_once(tmp_path):
    talk = talks.open_talk()

    async def scenario() -> Any:
        async with running(tmp_path, workers=2) as site, site.listen(talk) as hers:
            await hers.events(1, "state")
            await apart(as_another_process, talks.answer, talk, 1)
            await hers.events(1)
            await apart(as_another_process, talks.answer, talk, 2)
            return await hers.events(2)

    assert [event["place"] for event in asyncio.run(scenario())] == [1, 2]


def test_a_chat_taken_elsewhere_is_told(tmp_path):
    talk = talks.open_talk()

    async def scenario() -> Any:
        async with running(tmp_path, workers=2) as site, site.listen(talk) as hers:
            await hers.events(1, "state")
            await apart(lambda: Conversation.objects.filter(pk=talk.id).update(state="live"))
            return await hers.events(2, "state")

    assert [event["state"] for event in asyncio.run(scenario())] == ["waiting", "live"]


def test_a_chat_ended_elsewhere_ends_the_stream(tmp_path):
    talk = talks.open_talk()

    async def scenario() -> Any:
        async with running(tmp_path, workers=2) as site, site.listen(talk) as hers:
            await hers.events(1, "state")
            await apart(as_another_process, ending.end, talk.id, ending.How.STAFF)
            await hers.until(lambda it: it.is_complete)
            return hers.so_far("ended")

    assert asyncio.run(scenario()) == [{"e": "ended", "how": "unknown"}]
