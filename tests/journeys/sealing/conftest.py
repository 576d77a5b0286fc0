"""What every test of sealing in a browser needs: a page that carries it, and the shared vectors."""

from __future__ import annotations

import json
from collections.abc import Iterator
from importlib.resources import files
from typing import Any

import pytest

from tests.browsers import Tab
from tests.journeys.sealing.page import SealingPage, sealing_site, secure_origin


@pytest.fixture
def scripts() -> bool:
    """Sealing in the browser is a script."""
    return True


@pytest.fixture(scope="session")
def port() -> Iterator[int]:
    """Return where the pages are."""
    with sealing_site() as port:
        yield port


@pytest.fixture
def page(tab: Tab, port: int) -> SealingPage:
    """Return a page that carries Sealing as a visitor's page does."""
    return SealingPage(tab, secure_origin(port)).open()


@pytest.fixture(scope="session")
def vectors() -> dict[str, Any]:
    """Return the vectors that Python and the browser share."""
    return shared_file("vectors.json")


def shared_file(name: str) -> dict[str, Any]:
    """Return what a JSON file of leeward/sealing holds."""
    found: dict[str, Any] = json.loads((files("leeward.sealing") / name).read_text("utf-8"))
    return found
