"""Broken on purpose: killed, cut short, overwritten, of another time."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from leeward.directory.search import files
from leeward.directory.search.index import SqliteIndex, build
from leeward.directory.search.types import Document, IndexUnfit
from leeward.directory.tests.search.make import document, query

MANY = 400

# A program that builds or writes until it is killed; it says when it is in the middle.
PROGRAM = """
import itertools, sys
from collections.abc import Iterator
from pathlib import Path
from leeward.directory.search.index import SqliteIndex, build
from leeward.directory.tests.search.make import document

def endless():
    for number in itertools.count():
        if number == 3000:
            print("now", flush=True)
        yield document(number)

path = Path(sys.argv[2])
if sys.argv[1] == "build":
    build(path, endless(), 99)
else:
    index = SqliteIndex(path)
    for at, sequence in enumerate(itertools.count(index.sequence() + 1)):
        marked = [document(number, name=f"round{sequence}") for number in range(40)]
        index.apply(marked, [], sequence=sequence)
        if at == 3:
            print("now", flush=True)
"""


@pytest.fixture
def path(tmp_path) -> Path:
    """Return where an index with MANY entries lies."""
    made = tmp_path / "index"
    build(made, [document(number, name="harbour") for number in range(MANY)], 5)
    return made


def numbers(path: Path, **asked) -> list[int]:
    index = SqliteIndex(path)
    try:
        return [hit.number for hit in index.search(query(**asked)).hits]
    finally:
        index.close()


def killed_while(doing: str, path: Path) -> None:
    """Run PROGRAM until it is in the middle, and kill it there."""
    command = [sys.executable, "-c", PROGRAM, doing, str(path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout.readline() == "now\n"
        process.send_signal(signal.SIGKILL)


def test_no_index_is_said(tmp_path):
    index = SqliteIndex(tmp_path / "nothing")

    for ask in (index.sequence, lambda: index.search(query())):
        with pytest.raises(IndexUnfit):
            ask()
    with pytest.raises(IndexUnfit):
        index.apply([], [], sequence=1)


def test_killed_while_building_leaves_the_old_index_in_service(path):
    killed_while("build", path)

    assert len(numbers(path, limit=200)) == 200
    assert SqliteIndex(path).sequence() == 5
    build(path, [document(7)], 6)
    assert numbers(path) == [7]
    assert len(list(path.parent.glob("index.[0-9]*"))) == 1


def test_killed_while_building_the_first_leaves_none(tmp_path):
    killed_while("build", tmp_path / "index")

    with pytest.raises(IndexUnfit):
        SqliteIndex(tmp_path / "index").sequence()


def test_killed_while_writing_leaves_whole_transactions(path):
    for _each in range(3):
        killed_while("apply", path)
    index = SqliteIndex(path)

    sequence = index.sequence()
    marked = index.search(query(words=f"round{sequence}", limit=200))

    assert sequence >= 3
    assert len(marked.hits) == 40
    assert len(numbers(path, words="harbour", limit=200)) == 200
    assert is_sound(path)


def is_sound(path: Path) -> bool:
    """Return whether SQLite and FTS5 find nothing wrong."""
    connection = sqlite3.connect(path.resolve())
    try:
        connection.execute("INSERT INTO word_of (word_of) VALUES ('integrity-check')")
        found = connection.execute("PRAGMA integrity_check").fetchall()
        counted = connection.execute("SELECT count(*) FROM entry").fetchone()
        told = connection.execute("SELECT total FROM state").fetchone()
    finally:
        connection.close()
    return found == [("ok",)] and counted == told


@pytest.mark.parametrize("share", [0.0, 0.1, 0.5, 0.99])
def test_a_file_cut_short_is_unfit(path, share):
    file = path.resolve()
    os.truncate(file, int(file.stat().st_size * share))

    with pytest.raises(IndexUnfit):
        SqliteIndex(path).search(query(words="harbour"))


@pytest.mark.parametrize("first", [0, 100, 4096, 8192])
def test_a_file_written_over_is_unfit(path, first):
    file = path.resolve()
    data = bytearray(file.read_bytes())
    data[first:] = os.urandom(len(data) - first)
    file.write_bytes(data)

    with pytest.raises(IndexUnfit):
        SqliteIndex(path).search(query(words="harbour"))


def test_a_damaged_page_found_while_reading_is_unfit(path):
    index = SqliteIndex(path)
    index.search(query())
    index.close()
    data = bytearray(path.resolve().read_bytes())
    for page in range(8192, len(data), 4096):
        data[page : page + 12] = b"\xff" * 12
    path.resolve().write_bytes(data)

    with pytest.raises(IndexUnfit):
        index.search(query(words="harbour"))


def test_a_damaged_page_after_a_crash_is_found_before_it_is_read(path):
    killed_while("apply", path)
    data = path.resolve().read_bytes()
    path.resolve().write_bytes(data[: 4096 * 8] + b"\xff" * (len(data) - 4096 * 8))

    with pytest.raises(IndexUnfit):
        SqliteIndex(path).sequence()


@pytest.mark.parametrize(
    "change",
    [
        "PRAGMA user_version = 99",
        "PRAGMA application_id = 1",
        "UPDATE state SET is_whole = 0",
        "DROP TABLE told",
        "DROP TABLE state",
    ],
)
def test_another_version_or_half_an_index_is_unfit(path, change):
    with sqlite3.connect(path.resolve()) as connection:
        connection.execute(change)
    connection.close()

    with pytest.raises(IndexUnfit):
        SqliteIndex(path).search(query())


def test_some_other_file_is_unfit(tmp_path):
    (tmp_path / "index").write_bytes(b"Dear diary, " * 1000)

    with pytest.raises(IndexUnfit):
        SqliteIndex(tmp_path / "index").sequence()
    build(tmp_path / "index", [document(1)], 0)
    assert numbers(tmp_path / "index") == [1]


def test_a_rebuilt_file_is_taken_up_by_whoever_reads_and_writes(path):
    index = SqliteIndex(path)
    index.apply([document(1)], [], sequence=6)
    assert index.sequence() == 6

    build(path, [document(900)], 20)

    assert [hit.number for hit in index.search(query()).hits] == [900]
    index.apply([document(901)], [], sequence=21)
    assert (index.sequence(), numbers(path)) == (21, [900, 901])
    assert list(files.generation_files(path)) == [2]


def test_an_error_among_the_documents_leaves_the_old_index(path):
    def broken() -> Iterator[Document]:
        yield document(1)
        raise RuntimeError("the database went away")

    with pytest.raises(RuntimeError):
        build(path, broken(), 9)

    assert SqliteIndex(path).sequence() == 5
    assert list(files.generation_files(path)) == [1]


def test_a_write_that_fails_changes_nothing(path):
    index = SqliteIndex(path)

    with pytest.raises(ValueError, match="number"):
        index.apply([document(1, name="lighthouse"), document(2**24)], [2, 3], sequence=6)

    assert (index.sequence(), numbers(path, words="lighthouse")) == (5, [])
    assert is_sound(path)


def test_threads_read_while_one_writes(path):
    index = SqliteIndex(path)
    wrong: list[object] = []

    def read() -> None:
        for _each in range(60):
            found = index.search(query(words="round", limit=200)).hits
            if len(found) not in (0, 40):
                wrong.append(len(found))
        index.close()

    threads = [threading.Thread(target=read) for _each in range(4)]
    for thread in threads:
        thread.start()
    for sequence in range(6, 30):
        marked = [document(number, name=f"round{sequence % 3}") for number in range(40)]
        index.apply(marked, [], sequence=sequence)
    for thread in threads:
        thread.join()

    assert wrong == []
    assert is_sound(path)


def test_an_index_that_was_closed_leaves_no_file_open_and_opens_again(path):
    index = SqliteIndex(path)
    index.apply([document(MANY, name="lighthouse")], [], sequence=6)
    used = open_files(path)

    index.close()

    assert used
    assert open_files(path) == []
    index.apply([], [MANY], sequence=7)
    assert index.sequence() == 7
    index.close()


def test_the_lock_of_use_stays_while_another_thread_reads(path):
    index = SqliteIndex(path)
    index.sequence()

    def reads_and_closes():
        index.sequence()
        index.close()

    other = threading.Thread(target=reads_and_closes)
    other.start()
    other.join()

    assert [name for name in open_files(path) if name.endswith("users.lock")]
    index.close()
    assert open_files(path) == []


def open_files(path: Path) -> list[str]:
    """Return the files beside the index that this process holds open."""
    handles = Path("/proc/self/fd").iterdir()
    named = [str(each.readlink()) for each in handles if each.is_symlink()]
    return [name for name in named if name.startswith(str(path))]
