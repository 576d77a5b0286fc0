"""The running product, for promises that only a real server can keep."""

from __future__ import annotations

from collections.abc import Iterator

import httpx
import pytest

from tests.journeys.conftest import neutral, site
from tests.journeys.live import LiveSite

__all__ = ["neutral", "site", "visitor"]


@pytest.fixture
def visitor(site: LiveSite) -> Iterator[httpx.Client]:
    """Return a client that speaks to the running site and follows no redirect."""
    with httpx.Client(base_url=site.base, timeout=30) as client:
        yield client
