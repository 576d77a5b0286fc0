"""Each test starts with nobody having tried anything."""

from __future__ import annotations

import pytest

from leeward.line import limits
from leeward.line.services.abuse import abuse
from leeward.safety.limits import FloodLimit, Rate


@pytest.fixture(autouse=True)
def fresh_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    """Forget the tries of other tests; they all come from one address."""
    abuse.forget_all()
    monkeypatch.setattr(limits, "OPENING", FloodLimit(Rate(burst=12, per_minute=0.001)))
    monkeypatch.setattr(limits, "WORDS", FloodLimit(Rate(burst=8, per_minute=0.001)))


@pytest.fixture(autouse=True)
def _at_noon(at_noon: None) -> None:
    """No day, hour or minute ends in the middle of a test."""
