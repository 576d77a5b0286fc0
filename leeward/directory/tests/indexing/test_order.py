"""The log has no gaps: whoever has seen a place in it has seen all that comes before."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest
from django.db import connections, transaction

from leeward.directory.models import Change
from leeward.directory.services import changes

pytestmark = pytest.mark.django_db(transaction=True)

LONG_S = 20.0
A_WHILE_S = 0.4


class Writer(threading.Thread):
    """A transaction that touches a number, and ends when it is told to."""

    def __init__(self, number: int, *, is_undone: bool = False) -> None:
        super().__init__()
        self.number = number
        self.is_undone = is_undone
        self.has_touched = threading.Event()
        self.may_end = threading.Event()

    def run(self) -> None:
        try:
            with transaction.atomic():
                changes.touch([self.number])
                self.has_touched.set()
                self.may_end.wait(LONG_S)
                transaction.set_rollback(self.is_undone)
        finally:
            connections.close_all()


@pytest.fixture
def writers() -> Callable[..., tuple[Writer, Writer]]:
    """Return two writers of which the second has been waiting for the first."""

    def begin(**first: bool) -> tuple[Writer, Writer]:
        changes.touch([1])
        early, late = Writer(2, **first), Writer(3)
        early.start()
        assert early.has_touched.wait(LONG_S)
        late.may_end.set()
        late.start()
        late.join(A_WHILE_S)
        return early, late

    return begin


def test_a_later_writer_never_shows_before_an_earlier_one(writers):
    before = changes.position()
    early, late = writers()
    shown_meanwhile = list(Change.objects.values_list("number", flat=True))
    is_late_done = late.has_touched.is_set()

    early.may_end.set()
    early.join()
    late.join()

    assert shown_meanwhile == [1]
    assert not is_late_done
    assert changes.since(before, most=9).numbers == (1, 2, 3)


def test_a_writer_that_gives_up_leaves_no_gap(writers):
    early, late = writers(is_undone=True)
    early.may_end.set()
    early.join()
    late.join()

    assert list(Change.objects.values_list("sequence", "number")) == [(1, 1), (2, 3)]


def test_many_writers_at_once_are_numbered_without_gaps_or_doubles():
    numbers = range(1, 13)
    writers = [Writer(number) for number in numbers]
    for writer in writers:
        writer.may_end.set()
        writer.start()
    for writer in writers:
        writer.join()

    log = list(Change.objects.values_list("sequence", "number"))
    assert [sequence for sequence, _number in log] == list(numbers)
    assert sorted(number for _sequence, number in log) == list(numbers)
