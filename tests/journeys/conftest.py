"""What every journey needs: the site running, a browser, a tab."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.browsers import Browser, Chromium, Firefox, Tab
from tests.journeys.databases import PREPARED, new_database
from tests.journeys.live import (
    LiveSite,
    NeutralSite,
    live_site,
    neutral_site,
    prepared_data,
)

HERE = Path(__file__).parent
KINDS = {"chromium": Chromium, "firefox": Firefox}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let journeys speak to this machine; other tests may not open sockets."""
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.enable_socket)


@pytest.fixture(scope="session")
def neutral() -> Iterator[NeutralSite]:
    """Return the neutral site that the X leaves to."""
    with neutral_site() as site:
        yield site


@pytest.fixture(scope="session")
def site(neutral: NeutralSite, tmp_path_factory: pytest.TempPathFactory) -> Iterator[LiveSite]:
    """Return the product, running with demonstration content; one for each test process."""
    shared = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        shared = shared.parent
    data = tmp_path_factory.mktemp("site") / "data"
    shutil.copytree(prepared_data(shared, may_be_postgresql=True), data)
    url = new_database(f"leeward_site_{os.getpid()}", template=PREPARED)
    with live_site(data, neutral, database_url=url) as running:
        yield running


@pytest.fixture(scope="session")
def browsers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Browser]]:
    """Return the browsers started so far, to be closed at the end."""
    started: dict[str, Browser] = {}
    yield started
    for browser in started.values():
        browser.close()


def new_browser(kind: str, folder: Path, *, scripts: bool, display: str = "") -> Browser:
    """Return a browser that has just been started with an empty profile."""
    return KINDS[kind](folder, scripts=scripts, display=display)


@pytest.fixture(params=["chromium", "firefox"])
def kind(request: pytest.FixtureRequest) -> str:
    """Return which browser the journey runs in."""
    return str(request.param)


@pytest.fixture(params=[True, False], ids=["scripts", "no-scripts"])
def scripts(request: pytest.FixtureRequest) -> bool:
    """Return whether the browser runs scripts."""
    return bool(request.param)


@pytest.fixture
def browser(
    kind: str,
    scripts: bool,
    browsers: dict[str, Browser],
    tmp_path_factory: pytest.TempPathFactory,
) -> Browser:
    """Return the browser of this journey, which other journeys share."""
    name = f"{kind}-{scripts}"
    if name not in browsers:
        browsers[name] = new_browser(kind, tmp_path_factory.mktemp(kind), scripts=scripts)
    return browsers[name]


@pytest.fixture
def tab(browser: Browser) -> Iterator[Tab]:
    """Return a new tab with a life of its own, in the browser of this journey."""
    tab = browser.new_tab()
    tab.resize(1000, 800)
    yield tab
    tab.close()
