"""The index's files: one is served, a new one is made beside it, and a link says which.

`search.sqlite3` is a symbolic link to `search.sqlite3.7`; a rebuild makes `.8`, moves the link at
one stroke and removes `.7`. So each file keeps its own write-ahead log, and nobody ever opens a
half index, or the log of one file with another.
"""

from __future__ import annotations

import fcntl
import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from leeward.directory.search.schema import APPLICATION, FORMAT
from leeward.directory.search.types import IndexUnfit

Identity = tuple[int, int]
SIDES = ("", "-wal", "-shm", "-journal")
_WAIT_S = 10.0


def identity(path: Path) -> Identity:
    """Return which file is served now. Raises IndexUnfit when there is none."""
    try:
        found = os.stat(path)  # noqa: PTH116  -- asked at every search
    except OSError as wrong:
        raise IndexUnfit(f"{path.name} is missing") from wrong
    return found.st_dev, found.st_ino


def connect(path: Path, *, cache_kb: int) -> sqlite3.Connection:
    """Return a connection to a file that must be there, with no transaction begun by itself."""
    connection = sqlite3.connect(
        f"file:{_quoted(path.resolve())}?mode=rw",
        uri=True,
        isolation_level=None,
        check_same_thread=False,
        timeout=_WAIT_S,
        cached_statements=256,
    )
    connection.execute(f"PRAGMA cache_size = -{cache_kb}")
    connection.execute("PRAGMA synchronous = NORMAL")
    connection.execute("PRAGMA secure_delete = ON")
    connection.execute("PRAGMA temp_store = MEMORY")
    return connection


def check(connection: sqlite3.Connection, path: Path) -> None:
    """Raise IndexUnfit unless the file is ours, of this format, whole and not cut short."""
    values = [
        connection.execute(f"PRAGMA {name}").fetchone()[0]
        for name in ("application_id", "user_version", "page_count", "page_size", "journal_mode")
    ]
    if values[:2] != [APPLICATION, FORMAT]:
        raise IndexUnfit(f"{path.name} is of another version")
    (is_whole,) = connection.execute("SELECT is_whole FROM state").fetchone()
    is_short = values[2] * values[3] > path.stat().st_size and not _log(path)
    if not is_whole or is_short:
        raise IndexUnfit(f"{path.name} is half made or cut short")


def check_after_crash(path: Path) -> None:
    """Read the whole file if its last user ended without closing it. Raises IndexUnfit."""
    if not _log(path):
        return
    connection = connect(path, cache_kb=2_000)
    try:
        (found,) = connection.execute("PRAGMA quick_check(1)").fetchone()
    finally:
        connection.close()
    if found != "ok":
        raise IndexUnfit(f"{path.name} is damaged")


def _log(path: Path) -> int:
    """Return the length of the write-ahead log, in bytes."""
    log = Path(f"{path.resolve()}-wal")
    return log.stat().st_size if log.exists() else 0


def _quoted(path: Path) -> str:
    return str(path).replace("%", "%25").replace("?", "%3f").replace("#", "%23")


@contextmanager
def locked(path: Path, name: str) -> Iterator[None]:
    """Hold the lock `name` of an index; the system lets go of it when a process dies."""
    with Path(f"{path}.{name}.lock").open("ab") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def generation_files(path: Path) -> dict[int, Path]:
    """Return the files beside the link, by their number."""
    ends = {
        each: each.name.removeprefix(f"{path.name}.") for each in path.parent.glob(f"{path.name}.*")
    }
    return {int(end): each for each, end in ends.items() if end.isdecimal()}


def next_file(path: Path) -> Path:
    """Return a free name for the next file."""
    return Path(f"{path}.{max(generation_files(path), default=0) + 1}")


def serve(path: Path, made: Path) -> None:
    """Move the link to `made`, which must be complete and closed; remove all others."""
    with made.open("rb") as file:
        os.fsync(file.fileno())
    link = Path(f"{path}.link")
    link.unlink(missing_ok=True)
    link.symlink_to(made.name)
    with locked(path, "write"):
        link.replace(path)
    _sync_folder(path.parent)
    remove_others(path, but=made)


def remove_others(path: Path, *, but: Path) -> None:
    """Remove every file of the index except one, with its logs."""
    for each in generation_files(path).values():
        if each != but:
            remove(each)


def remove(file: Path) -> None:
    """Remove one file and its logs."""
    for side in reversed(SIDES):
        Path(f"{file}{side}").unlink(missing_ok=True)


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
