"""Each test of the live half starts with nobody having sent anything."""

from __future__ import annotations

import pytest

from leeward.line.live import application
from leeward.safety.limits import FloodLimit, Rate


@pytest.fixture(autouse=True)
def _nobody_sent_anything(monkeypatch: pytest.MonkeyPatch) -> None:
    """Forget what other tests sent: all of it comes from one address."""
    monkeypatch.setattr(application, "SMALL", FloodLimit(Rate(burst=300, per_minute=900)))
