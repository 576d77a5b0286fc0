"""What feeds the index: records into documents, and this node's index kept up to the change log."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path

from django.conf import settings

from leeward.directory import vocabulary
from leeward.directory.search.types import Document, Engine, IndexUnfit
from leeward.directory.services.indexing import reading
from leeward.directory.services.indexing.compiling import documents_of
from leeward.directory.services.indexing.folder import Folder
from leeward.directory.services.indexing.replicas import Replica
from leeward.directory.services.indexing.watching import Progress

__all__ = [
    "IndexUnfit",
    "Progress",
    "Replica",
    "catch_up",
    "check",
    "documents",
    "engine",
    "follow",
    "make_ready",
    "new_replica",
    "rebuild",
    "replica",
]

# Move on by one when documents come out otherwise than before: every node then starts anew.
COMPILED = 1


def documents(numbers: Sequence[int] | None = None) -> Iterator[Document]:
    """Yield the documents of these numbers that are listed, or of all that is listed."""
    batches = reading.everything() if numbers is None else reading.by_number(numbers)
    for batch in batches:
        yield from documents_of(batch)


@cache
def replica() -> Replica:
    """Return this process's hand on the node's index."""
    return new_replica(Path(settings.DATA) / "index")


def new_replica(path: Path) -> Replica:
    """Return a hand on the index in the folder at `path`."""
    return Replica(Folder(path, made_as=made_as()))


def made_as() -> str:
    """Return a mark of the way documents are made; another one makes every index anew."""
    words = hashlib.sha256(vocabulary.FILE.read_bytes()).hexdigest()[:12]
    return f"{COMPILED}-{words}"


def engine() -> Engine:
    """Return the engine to search with. Raises IndexUnfit while the index is made anew."""
    return replica().engine()


def follow() -> None:
    """Let the index follow the change log; quick, and never raises for a fault."""
    replica().follow()


def catch_up() -> None:
    """Bring the index up to the change log before going on. Raises what disk or database raise."""
    replica().catch_up()


def rebuild(progress: Progress | None = None) -> None:
    """Make the index anew; the old one serves until the new one is whole."""
    replica().rebuild(progress)


def make_ready(progress: Progress | None = None) -> bool:
    """Make the index if there is no good one; return whether it was made. Faults are logged."""
    return replica().make_ready(progress)


def check() -> None:
    """Read the whole index file; one that is damaged is made anew in the background."""
    replica().check()
