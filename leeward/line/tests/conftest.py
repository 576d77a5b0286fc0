"""The time of day for tests that run in this process."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
import time_machine


@pytest.fixture
def at_noon() -> Iterator[None]:
    """Have it be today, some seconds past noon UTC, and go on from there.

    No minute, hour or day ends in the middle of a test, whenever it runs. For tests that start no
    server: its clock would be another one.
    """
    noon = datetime.now(UTC).replace(hour=12, minute=0, second=10, microsecond=0)
    with time_machine.travel(noon, tick=True):
        yield
