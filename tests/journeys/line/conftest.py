"""The line as a running site with an advocate on it."""

from __future__ import annotations

import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import ExitStack, closing
from pathlib import Path

import pytest
from playwright.sync_api import Browser as PlaywrightBrowser
from playwright.sync_api import sync_playwright

from tests.browsers import Tab
from tests.browsers.process import find_program
from tests.journeys.conftest import new_browser
from tests.journeys.databases import PREPARED, new_database
from tests.journeys.line.cable import Cable, cable
from tests.journeys.line.desks import Desk
from tests.journeys.line.looking import Looking
from tests.journeys.line.visitors import Visitor, visitor_at
from tests.journeys.live import LiveSite, NeutralSite, live_site, prepared_data

# -- the real desk --

Desks = dict[str, Desk]


@pytest.fixture(scope="session")
def staffed_site(
    neutral: NeutralSite, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[LiveSite]:
    """Return a site with demonstration content, whose line two advocates answer (`desks`).

    Its temporary files have a folder of their own, so that a search finds them.
    """
    shared = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        shared = shared.parent
    folder = tmp_path_factory.mktemp("staffed")
    shutil.copytree(prepared_data(shared, may_be_postgresql=True), folder / "data")
    (folder / "temporary").mkdir()
    url = new_database(f"leeward_staffed_{os.getpid()}", template=PREPARED)
    with live_site(
        folder / "data", neutral, database_url=url, TMPDIR=str(folder / "temporary")
    ) as running:
        yield running


@pytest.fixture(scope="session")
def all_desks(staffed_site: LiveSite, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desks]:
    """Return a desk in each browser: Robin, who coordinates, in Chromium; Sam in Firefox."""
    with ExitStack() as stack:
        robin, sam = (
            _desk(stack, staffed_site, tmp_path_factory.mktemp(f"desk-{kind}"), kind, *who)
            for kind, *who in (("chromium", "coordinator", "Robin"), ("firefox", "advocate", "Sam"))
        )
        sam.comes_in()
        robin.comes_in()
        robin.makes_the_teams_key()
        robin.admits(sam)
        yield {"chromium": robin, "firefox": sam}


def _desk(
    stack: ExitStack, site: LiveSite, folder: Path, kind: str, account: str, name: str
) -> Desk:
    laid = stack.enter_context(cable(site.base))
    browser = stack.enter_context(closing(new_browser(kind, folder, scripts=True)))
    tab = browser.new_tab()
    tab.resize(1280, 900)
    return Desk(tab, site, laid, folder, account=account, name=name)


@pytest.fixture
def desks(all_desks: Desks) -> Iterator[Desks]:
    """Return the desks, each on and with no conversation open."""
    for desk in all_desks.values():
        desk.is_ready()
    yield all_desks
    for desk in all_desks.values():
        desk.closes()


@pytest.fixture(params=["chromium", "firefox"], ids=["desk-chromium", "desk-firefox"])
def desk_kind(request: pytest.FixtureRequest) -> str:
    """Return which browser the advocate has."""
    return str(request.param)


@pytest.fixture
def desk(desks: Desks, desk_kind: str) -> Desk:
    """Return the desk of this journey."""
    return desks[desk_kind]


@pytest.fixture
def her_cable(staffed_site: LiveSite) -> Iterator[Cable]:
    """Return the visitor's cable, from an address of her own: limits count by address."""
    one, two, three = (1 + secrets.randbelow(250) for _ in range(3))
    with cable(staffed_site.base, from_address=f"127.{one}.{two}.{three}") as laid:
        yield laid


@pytest.fixture
def visitor(desks: Desks, her_cable: Cable, tab: Tab) -> Iterator[Visitor]:
    """Return a visitor in a browser of her own. She leaves by the X at the end, if she is there."""
    found = visitor_at(tab, f"http://127.0.0.1:{her_cable.port}")
    yield found
    if tab.evaluate("!!document.getElementById('leave')"):
        found.leaves()


# -- looking at pages --


@pytest.fixture
def chromium() -> Iterator[PlaywrightBrowser]:
    """Return the system's Chromium."""
    program = find_program("chromium", "chromium-browser", package="chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def scripted(chromium: PlaywrightBrowser, her_cable: Cable) -> Looking:
    """Return the page of a visitor who runs scripts."""
    base = f"http://127.0.0.1:{her_cable.port}"
    return Looking(chromium.new_page(base_url=base, reduced_motion="reduce"), None)


@pytest.fixture
def plain(chromium: PlaywrightBrowser, her_cable: Cable) -> Looking:
    """Return the page of a visitor who runs none, and one in which its copies are looked at."""
    base = f"http://127.0.0.1:{her_cable.port}"
    page = chromium.new_page(base_url=base, java_script_enabled=False)
    return Looking(page, chromium.new_page(reduced_motion="reduce"))
