"""Several real processes, each with an index of its own, over one database."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from leeward.directory.models import Change, ServiceAtLocation
from leeward.directory.services import indexing
from leeward.directory.tests import make
from leeward.directory.tests.indexing.same import contents, fresh_contents
from tests import programs

pytestmark = pytest.mark.django_db(transaction=True)

FOLLOWS_WITHIN_S = 120  # so long that only a node that never follows fails


def comes_true(fact: Callable[[], bool]) -> bool:
    """Wait until a fact is true; return whether it came to be."""
    end = time.monotonic() + FOLLOWS_WITHIN_S
    while not fact():
        if time.monotonic() > end:
            return False
        time.sleep(0.1)
    return True


class Node:
    """One running node; its index lies in `folder`."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.file = indexing.new_replica(folder).folder.file
        self._process = subprocess.Popen(
            [sys.executable, "-m", "leeward.directory.tests.indexing.node", str(folder)],
            env=programs.environment(),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def begins(self, task: str, argument: Any = "") -> None:
        """Give the node a task and do not wait for it."""
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps([task, argument]) + "\n")
        self._process.stdin.flush()

    def ends(self) -> Any:
        """Return the answer to the oldest task not answered."""
        assert self._process.stdout is not None
        return json.loads(self._process.stdout.readline())

    def does(self, task: str, argument: Any = "") -> Any:
        """Give the node a task and return its answer."""
        self.begins(task, argument)
        return self.ends()

    def finds(self, *names: str) -> bool:
        """Return whether a search comes to find just these services."""
        return comes_true(lambda: self.does("names") == sorted(names))

    def forgets(self, word: bytes) -> bool:
        """Return whether the word comes to stand nowhere in the index folder, as searches go on.

        An index is made anew once in half a minute at most: the search after that begins it.
        """
        return comes_true(lambda: self.does("names") is not None and word not in self.bytes())

    def is_killed(self) -> None:
        """End it at once, as a power cut would."""
        self._process.kill()
        self._process.communicate()

    def bytes(self) -> bytes:
        """Return every byte of the index folder."""
        files = (file for file in self.folder.rglob("*") if file.is_file())
        return b"".join(file.read_bytes().lower() for file in files)


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Callable[[str], Node]]:
    """Return what starts a node by name; the same name has the same folder."""
    make.organization()
    running = []

    def begin(name: str) -> Node:
        running.append(Node(tmp_path / name))
        return running[-1]

    yield begin
    for node in running:
        node.is_killed()


def test_what_one_node_writes_changes_and_removes_another_finds(start):
    one, two = start("one"), start("two")
    one.does("write", ["First", "Second"])
    found_first = two.finds("First", "Second")

    two.does("rename", ["First", "Renamed"])
    one.does("remove", "Second")

    assert found_first
    assert one.finds("Renamed")
    assert two.finds("Renamed")


def test_a_server_follows_though_nobody_searches(start):
    one, two = start("one"), start("two")
    one.does("write", ["First"])
    assert two.finds("First")
    two.does("serve")

    one.does("write", ["Lighthouse"])

    assert comes_true(lambda: b"lighthouse" in two.bytes())


def test_a_node_that_was_killed_catches_up_without_starting_anew(start):
    one, two = start("one"), start("two")
    one.does("write", ["First", "Second", "Third"])
    assert two.finds("First", "Second", "Third")
    two.is_killed()
    before = two.file.resolve()
    one.does("write", ["Fourth"])
    one.does("rename", ["First", "Renamed"])
    one.does("remove", "Second")

    back = start("two")

    assert back.finds("Fourth", "Renamed", "Third")
    assert back.file.resolve() == before
    assert contents(back.file) == fresh_contents()


def test_a_node_that_slept_longer_than_the_log_is_kept_starts_anew(start):
    one, two = start("one"), start("two")
    one.does("write", ["First"])
    assert two.finds("First")
    two.is_killed()
    before = two.file.resolve()
    one.does("write", ["Second", "Third"])
    last = Change.objects.order_by("-sequence").values_list("sequence", flat=True)[0]
    Change.objects.filter(sequence__lt=last).delete()

    back = start("two")

    assert back.finds("First", "Second", "Third")
    assert back.file.resolve() != before
    assert contents(back.file) == fresh_contents()


def test_a_node_that_was_off_when_a_site_became_confidential_forgets_it_when_it_is_back(start):
    one, two = start("one"), start("two")
    one.does("write", ["First", "Second"])
    place = ServiceAtLocation.objects.get(service__name="First").location
    make.address(place, address_1="7 Quagga Lane")
    one.does("rename", ["First", "Hidden"])
    assert two.finds("Hidden", "Second")
    assert b"quagga" in two.bytes()
    two.is_killed()
    one.does("hide", "Hidden")

    back = start("two")

    assert back.finds("Second")
    assert one.finds("Second")
    assert back.forgets(b"quagga")
    assert one.forgets(b"quagga")


def test_two_nodes_that_write_at_once_lose_and_double_nothing(start):
    one, two = start("one"), start("two")
    names = [[f"{name} {count}" for count in range(20)] for name in ("One", "Two")]
    one.begins("write", names[0])
    two.begins("write", names[1])
    one.ends()
    two.ends()

    assert one.finds(*names[0], *names[1])
    assert two.finds(*names[0], *names[1])
    assert contents(one.file) == contents(two.file) == fresh_contents()
    log = Change.objects.order_by("sequence").values_list("sequence", flat=True)
    assert list(log) == list(range(1, len(log) + 1))
