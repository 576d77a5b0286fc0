"""The thread that looks at the log beside a server's answers."""

from __future__ import annotations

import threading

import pytest
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

from leeward.directory.services.indexing.following import Follower

pytestmark = pytest.mark.django_db(transaction=True)
WITHIN_S = 60  # so long that only a thread that never looks fails


class Looked:
    """Stands where the replica does; knows by which connections it was asked to look."""

    def __init__(self, *, is_well: bool) -> None:
        self.is_well = is_well
        self.connections: list[BaseDatabaseWrapper] = []
        self.handles: list[object] = []
        self.has_twice = threading.Event()
        self.index = self
        self.is_closed = False

    def look_ahead(self) -> bool:
        """Ask the database."""
        connection = connections["default"]
        connection.ensure_connection()
        self.connections.append(connection)
        self.handles.append(connection.connection)
        if len(self.handles) > 1:
            self.has_twice.set()
        return self.is_well

    def close(self) -> None:
        """Close the index."""
        self.is_closed = True


def follow_until_it_looked_twice(looked: Looked) -> Follower:
    """Run a follower that rests hardly at all."""
    follower = Follower(lambda: looked)  # type: ignore[return-value]
    follower.look_every_s = follower.retry_s = 0.001
    follower.start()
    assert looked.has_twice.wait(WITHIN_S)
    return follower


def test_it_looks_again_and_again_by_one_connection():
    looked = Looked(is_well=True)

    follow_until_it_looked_twice(looked).stop()

    assert looked.handles[0] is looked.handles[1]


def test_after_trouble_it_takes_a_new_connection():
    looked = Looked(is_well=False)

    follow_until_it_looked_twice(looked).stop()

    assert looked.handles[0] is not looked.handles[1]


def test_when_it_was_stopped_nothing_is_open():
    looked = Looked(is_well=True)

    follower = follow_until_it_looked_twice(looked)
    follower.stop()

    assert not follower.is_alive()
    assert looked.is_closed
    assert looked.connections[0].connection is None


def test_one_that_never_began_can_be_stopped():
    follower = Follower(lambda: Looked(is_well=True))  # type: ignore[return-value]

    follower.stop()

    assert not follower.is_alive()
