"""Who works in the staff's tests, each with a browser that is signed in."""

from __future__ import annotations

import pytest

from leeward.directory.tests.staff.world import house, works_at
from leeward.people.tests.make import account, signed_in


@pytest.fixture
def ours():
    """Return the organisation that the partner works for."""
    return house("Harbour")


@pytest.fixture
def theirs():
    """Return another one."""
    return house("Other")


@pytest.fixture
def editor():
    return account("edda", "editor")


@pytest.fixture
def coordinator():
    return account("cora", "coordinator")


@pytest.fixture
def partner(ours):
    made = account("pia", "partner")
    works_at(made, ours)
    return made


@pytest.fixture
def editors_browser(editor):
    return signed_in(editor)


@pytest.fixture
def coordinators_browser(coordinator):
    return signed_in(coordinator)


@pytest.fixture
def partners_browser(partner):
    return signed_in(partner)
