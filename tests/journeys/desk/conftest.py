"""A product of each test's own, and Chromium: who holds which keys is the test's to say."""

from __future__ import annotations

import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.browsers.process import find_program
from tests.journeys.live import LiveSite, NeutralSite, live_site, prepared_data


@pytest.fixture
def own_site(neutral: NeutralSite, tmp_path_factory: pytest.TempPathFactory) -> Iterator[LiveSite]:
    """Return a product of this test's own: who holds which keys is the test's to say."""
    shared = tmp_path_factory.getbasetemp()
    data = tmp_path_factory.mktemp("keys") / "data"
    shutil.copytree(prepared_data(shared), data)
    with live_site(data, neutral) as running:
        yield running


@pytest.fixture
def chromium() -> Iterator[Browser]:
    """Return the system's Chromium."""
    program = find_program("chromium", "chromium-browser", package="chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        yield browser
        browser.close()
