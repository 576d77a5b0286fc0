"""The line as a running site with an advocate on it."""

from __future__ import annotations

import json
import os
import secrets
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.browsers import Tab
from tests.journeys.conftest import new_browser
from tests.journeys.databases import PREPARED, new_database
from tests.journeys.line.cable import Cable, cable
from tests.journeys.line.desks import Desk
from tests.journeys.line.visitors import Visitor, visitor_at
from tests.journeys.live import LiveSite, NeutralSite, environment_of, live_site, prepared_data

# Nobody answers there: the site then looks in its database for what another process wrote.
NO_REDIS = "redis://127.0.0.1:1/"


class Advocate:
    """Sam, in a process of her own (stand_in.py)."""

    def __init__(self, site: LiveSite) -> None:
        environment = environment_of("") | {"LEEWARD_DATA": str(site.data)}
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.journeys.line.stand_in"],
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def does(self, name: str, *given: Any) -> Any:
        """Have her do something of stand_in.StandIn; return what comes of it."""
        process = self._process
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write(json.dumps([name, *given]) + "\n")
        process.stdin.flush()
        return json.loads(process.stdout.readline())

    def goes(self) -> None:
        """End her process."""
        self._process.terminate()
        self._process.communicate(timeout=20)


@pytest.fixture(scope="session")
def line_site(neutral: NeutralSite, tmp_path_factory: pytest.TempPathFactory) -> Iterator[LiveSite]:
    """Return a site without demonstration content, whose line an advocate answers."""
    data = tmp_path_factory.mktemp("line") / "data"
    with live_site(data, neutral, has_demo=False, LEEWARD_REDIS_URL=NO_REDIS) as running:
        yield running


@pytest.fixture(scope="session")
def sam(line_site: LiveSite) -> Iterator[Advocate]:
    """Return the advocate."""
    advocate = Advocate(line_site)
    yield advocate
    advocate.goes()


@pytest.fixture
def advocate(sam: Advocate) -> Advocate:
    """Return the advocate with nobody waiting."""
    sam.does("clear")
    return sam


@pytest.fixture
def wire(line_site: LiveSite) -> Iterator[Cable]:
    """Return the cable that the browser's network goes through."""
    with cable(line_site.base) as laid:
        yield laid


@pytest.fixture
def site_by_wire(line_site: LiveSite, wire: Cable) -> LiveSite:
    """Return the site at the near end of the cable."""
    return replace(line_site, base=f"http://127.0.0.1:{wire.port}")


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
