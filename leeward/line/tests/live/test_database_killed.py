"""PostgreSQL itself is killed while people talk: nothing acknowledged is lost, nothing doubled."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest

from leeward.line.services.spelling import to_text
from leeward.line.tests.live.clusters import Cluster, cluster, prepare
from leeward.line.tests.live.persons import Visitor
from leeward.line.tests.live.servers import Server, serving
from leeward.line.tests.live.talks import Talk
from leeward.line.tests.live.test_processes import (
    MESSAGES,
    heard_all,
    listening,
    until_a_third_is_heard,
)
from leeward.line.tests.live.within import apart
from tests.programs import environment

PEOPLE = 5


def must_hold(person: Visitor, rows: list[tuple[int, int, bytes]]) -> None:
    """All that was acknowledged is stored and was heard, once and in order."""
    numbers = list(range(1, MESSAGES + 1))
    assert rows == [(number, number, person.boxes[number - 1]) for number in numbers]
    assert person.told == {number: number for number in numbers}
    assert [event["place"] for event in person.heard] == numbers
    assert [event["box"] for event in person.heard] == [to_text(box) for box in person.boxes]


async def say_through(person: Visitor, killed: asyncio.Event) -> None:
    """Say all, and the last when the database is gone."""
    for _message in range(MESSAGES - 1):
        await person.say()
    await killed.wait()
    await person.say()


async def talk_through_a_kill(
    server: Server, database: Cluster, known: list[Talk]
) -> list[Visitor]:
    """Have everybody talk and listen; kill the database in the middle, and start it again."""
    people = [Visitor(talk, server.base) for talk in known]
    killed = asyncio.Event()
    async with listening(people):
        saying = [asyncio.create_task(say_through(person, killed)) for person in people]
        for person in people:
            await until_a_third_is_heard(person)
        await apart(database.kill)
        killed.set()
        for person in people:
            await person.refused.wait()
        await apart(database.start)
        await asyncio.gather(*saying, *(heard_all(person) for person in people))
    return people


@pytest.fixture
def database() -> Iterator[Cluster]:
    with cluster() as made:
        yield made


def test_a_postgresql_that_is_killed_loses_and_doubles_nothing(
    database: Cluster, tmp_path: Path
) -> None:
    own = {"LEEWARD_DATABASE_URL": database.url, "LEEWARD_DATA": str(tmp_path)}
    known = prepare(environment() | own, talks=PEOPLE)

    with serving(**own) as server:
        people = asyncio.run(talk_through_a_kill(server, database, known))

    for person in people:
        must_hold(person, database.rows(person.talk))
    assert [person.streams for person in people] == [1] * PEOPLE
