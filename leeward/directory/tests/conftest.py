"""What every test of the directory stands on: an index of its own that follows at once."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from leeward.directory.services import indexing


@pytest.fixture(autouse=True)
def own_index(tmp_path, monkeypatch) -> Iterator[None]:
    """Give the test an empty index; look at the log at every search, and work without threads."""
    replica = indexing.new_replica(tmp_path / "index")
    replica.look_every_s = replica.retry_s = 0
    replica.work_apart = lambda work: work()
    monkeypatch.setattr(indexing, "replica", lambda: replica)
    yield
    monkeypatch.undo()
