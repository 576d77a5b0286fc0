"""What the interface's tests share: a small directory, and an engine that is told its answer."""

from __future__ import annotations

from typing import Any

import pytest

from leeward import gazetteer
from leeward.directory.search.types import Hit, IndexUnfit, Query, Results
from leeward.directory.services import indexing
from leeward.directory.tests.api import world

Client = Any


class ToldEngine:
    """An engine, and a gazetteer, that answer as told; it keeps what it was asked."""

    def __init__(self) -> None:
        self.numbers: list[int] = []
        self.asked: list[Query] = []
        self.is_unfit = False
        self.places: list[gazetteer.Place] = []
        self.nearest: gazetteer.Place | None = None

    def search(self, query: Query) -> Results:
        """Return what it was told."""
        self.asked.append(query)
        if self.is_unfit:
            raise IndexUnfit
        hits = [Hit(number, None, 0.0, False, frozenset(), b"") for number in self.numbers]
        return Results(tuple(hits), has_more=False)


@pytest.fixture
def own_index() -> None:
    """Make no index: here the engine's answer is told."""


@pytest.fixture
def engine(monkeypatch: pytest.MonkeyPatch) -> ToldEngine:
    """Put an engine that is told its answer in the real one's place."""
    told = ToldEngine()
    monkeypatch.setattr(indexing, "engine", lambda: told)
    monkeypatch.setattr(gazetteer, "find", lambda *_args, **_options: told.places)
    monkeypatch.setattr(gazetteer, "nearest", lambda *_args: told.nearest)
    return told


@pytest.fixture
def offer(db: None) -> Any:
    """Return a public offer that says something in every table."""
    return world.whole_offer()


@pytest.fixture
def ask(client: Any) -> Any:
    """Return how to ask the interface: path and parameters to the JSON of a 200."""

    def asking(path: str = "", **parameters: Any) -> Any:
        answer = client.get(f"/api/hsds/{path}", parameters)
        assert answer.status_code == 200, answer.content
        return answer.json()

    return asking
