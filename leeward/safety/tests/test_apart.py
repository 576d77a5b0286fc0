"""Work apart from the event loop leaves no connection behind."""

from __future__ import annotations

import asyncio

import pytest
from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper

from leeward.safety.apart import run_apart


@pytest.mark.django_db(transaction=True)
def test_the_connection_that_the_work_opened_is_closed_after_it() -> None:
    opened: list[BaseDatabaseWrapper] = []

    def work() -> int:
        connection.ensure_connection()
        opened.append(connection._connections[connection._alias])
        return 7

    assert asyncio.run(run_apart(work)) == 7
    assert opened[0].connection is None


def test_an_error_of_the_work_is_raised() -> None:
    def fail() -> None:
        raise ValueError

    with pytest.raises(ValueError, match=r"^$"):
        asyncio.run(run_apart(fail))
