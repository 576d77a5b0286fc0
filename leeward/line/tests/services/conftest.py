"""A line with a key, somebody on, a visitor without scripts who waits."""

from __future__ import annotations

import pytest

from leeward.line.services.abuse import abuse
from leeward.line.tests import people


@pytest.fixture
def line(db):
    return people.line()


@pytest.fixture
def sam(line):
    return people.member(line.team)


@pytest.fixture
def ticket(line, sam):
    return people.visitor(line.team)


@pytest.fixture(autouse=True)
def _nobody_is_slowed():
    abuse.forget_all()
    yield
    abuse.forget_all()


@pytest.fixture(autouse=True)
def _at_noon(at_noon: None) -> None:
    """No day, hour or minute ends in the middle of a test."""
