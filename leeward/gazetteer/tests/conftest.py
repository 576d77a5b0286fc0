"""The gazetteer of all places, shared by the tests of one process."""

from __future__ import annotations

import pytest

from leeward.gazetteer import Gazetteer
from tests.places import all_places


@pytest.fixture(scope="session")
def places() -> Gazetteer:
    """Return the gazetteer as a site in the United States has it."""
    return Gazetteer(all_places(), "US")
