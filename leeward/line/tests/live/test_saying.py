"""What a visitor's script sends: stored before it is answered, once, and only by her."""

from __future__ import annotations

import asyncio
import json
import threading
import time
from collections.abc import Callable
from typing import Any

import pytest
from django.db import OperationalError

from leeward.line.models import Conversation, Message
from leeward.line.services.endings import ending
from leeward.line.services.talks import storing
from leeward.line.tests.full_disk import Disk, disk
from leeward.line.tests.live import talks
from leeward.line.tests.live.within import WITHIN_S, apart, running

pytestmark = pytest.mark.django_db(transaction=True)

MOST_THAT_FIT = 100  # of 300 bytes and more, into pages that had some room left


def test_acknowledged_means_stored_and_the_same_again_gets_the_same_answer(tmp_path):
    talk, box = talks.open_talk(), talks.box()

    async def scenario() -> Any:
        async with running(tmp_path) as site:
            first = await site.post("/live/say", talk.says(1, box))
            rows = await apart(Message.objects.filter(conversation_id=talk.id).count)
            return first, rows, await site.post("/live/say", talk.says(1, box))

    first, rows, again = asyncio.run(scenario())
    assert (first.status, rows) == (200, 1)
    assert json.loads(first.body)["place"] == 1
    assert first.body == again.body
    assert Message.objects.filter(conversation_id=talk.id).count() == 1


def test_a_number_that_holds_another_box_is_refused(tmp_path):
    talk = talks.open_talk()

    async def scenario() -> Any:
        async with running(tmp_path) as site:
            await site.post("/live/say", talk.says(1, talks.box()))
            return await site.post("/live/say", talk.says(1, talks.box()))

    got = asyncio.run(scenario())
    assert (got.status, got.body) == (409, b'{"why":"taken"}')


def test_after_the_end_nothing_is_stored(tmp_path):
    talk = talks.open_talk()

    async def scenario() -> Any:
        async with running(tmp_path) as site:
            await site.post("/live/say", talk.says(1, talks.box()))
            await apart(ending.end, talk.id, ending.How.STAFF)
            return await site.post("/live/say", talk.says(2, talks.box()))

    got = asyncio.run(scenario())
    assert (got.status, got.body) == (410, b'{"why":"ended"}')
    assert not Message.objects.exists()


@pytest.mark.parametrize(
    ("changed", "status"),
    [
        ({"box": "AAAA"}, 400),
        ({"box": "not base64!"}, 400),
        ({"number": "0"}, 400),
        ({"number": "-1"}, 400),
        ({"number": "9" * 400}, 400),
        ({"epoch": "2"}, 422),
    ],
)
def test_what_does_not_fit_is_refused(changed, status, tmp_path):
    talk = talks.open_talk()

    async def scenario() -> Any:
        async with running(tmp_path) as site:
            return await site.post("/live/say", talk.says(1, talks.box()) | changed)

    assert asyncio.run(scenario()).status == status
    assert not Message.objects.exists()


def test_what_waits_while_one_commit_runs_is_stored_in_one_transaction(tmp_path, monkeypatch):
    known = [talks.open_talk() for _talk in range(12)]
    sizes: list[int] = []
    may_go = threading.Event()
    store = storing.store

    def slowly(messages) -> Any:
        sizes.append(len(messages))
        may_go.wait(WITHIN_S)
        return store(messages)

    monkeypatch.setattr(storing, "store", slowly)

    def wait_until(is_so: Callable[[], bool]) -> None:
        while not is_so():
            time.sleep(0.01)

    async def scenario() -> Any:
        async with running(tmp_path) as site:

            def say(talk) -> asyncio.Task[Any]:
                return asyncio.create_task(site.post("/live/say", talk.says(1, talks.box())))

            writer = site.room.writer
            first = say(known[0])
            await apart(wait_until, lambda: sizes == [1])
            rest = [say(talk) for talk in known[1:]]
            await apart(wait_until, lambda: len(writer._waiting) == len(rest))
            may_go.set()
            return [(await task).status for task in (first, *rest)]

    assert asyncio.run(scenario()) == [200] * 12
    assert sizes == [1, 11]
    assert Message.objects.count() == 12


def test_a_database_that_is_away_says_so_and_later_takes_it(tmp_path, monkeypatch):
    talk, box = talks.open_talk(), talks.box()

    def fail(_messages) -> Any:
        raise OperationalError("the connection is closed")

    async def scenario() -> Any:
        async with running(tmp_path) as site:
            with monkeypatch.context() as broken:
                broken.setattr(storing, "store", fail)
                refused = await site.post("/live/say", talk.says(1, box))
            return refused, await site.post("/live/say", talk.says(1, box))

    refused, taken = asyncio.run(scenario())
    assert (refused.status, taken.status) == (503, 200)
    assert Message.objects.count() == 1


def test_a_full_disk_refuses_what_it_can_not_store_and_the_talk_goes_on(tmp_path):
    talk, boxes = talks.open_talk(), [talks.box() for _number in range(MOST_THAT_FIT)]

    async def scenario(machine: Disk) -> Any:
        async with running(tmp_path) as site, site.listen(talk) as hers:
            await apart(machine.fill_up)
            for number, box in enumerate(boxes, 1):
                refused = await site.post("/live/say", talk.says(number, box))
                if refused.status != 200:
                    break
            await site.post("/live/sign", talk.fields(typing=1))
            await hers.events(1, "typing")
            await apart(machine.make_room)
            taken = await site.post("/live/say", talk.says(number, box))
            return number, refused, taken, await hers.events(number)

    with disk() as machine:
        number, refused, taken, heard = asyncio.run(scenario(machine))
    assert refused.status == 507
    assert taken.status == 200
    assert [event["number"] for event in heard] == [*range(1, number + 1)]
    assert Message.objects.count() == number


def test_typing_is_told_and_not_stored(tmp_path):
    talk = talks.open_talk()

    async def scenario() -> Any:
        async with running(tmp_path) as site, site.listen(talk) as hers:
            await site.post("/live/sign", talk.fields(typing=1))
            return await hers.events(1, "typing")

    assert asyncio.run(scenario()) == [{"e": "typing", "seat": 0}]


def test_seen_moves_on_and_never_back(tmp_path):
    talk = talks.open_talk()
    for number in (1, 2, 3):
        talks.answer(talk, number)

    async def scenario() -> Any:
        async with running(tmp_path) as site, site.listen(talk) as hers:
            statuses = [
                (await site.post("/live/sign", talk.fields(seen=place))).status
                for place in (2, 1, 3, 9)
            ]
            return statuses, await hers.events(2, "seen")

    statuses, seen = asyncio.run(scenario())
    assert statuses == [200, 200, 200, 400]
    assert [event["place"] for event in seen] == [2, 3]
    assert Conversation.objects.get(pk=talk.id).visitor_seen == 3


def test_she_chooses_her_grace_and_ends_when_she_likes(tmp_path):
    talk = talks.open_talk()

    async def scenario() -> Any:
        async with running(tmp_path) as site:
            fits = await site.post("/live/sign", talk.fields(grace=30))
            minutes = await apart(lambda: Conversation.objects.get(pk=talk.id).grace_minutes)
            unfit = await site.post("/live/sign", talk.fields(grace=61))
            await site.post("/live/sign", talk.fields(end=1))
            return fits.status, minutes, unfit.status

    assert asyncio.run(scenario()) == (200, 30, 400)
    assert not Conversation.objects.filter(pk=talk.id).exists()
