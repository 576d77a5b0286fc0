"""The line as a running site with an advocate on it."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from tests.journeys.line.cable import Cable, cable
from tests.journeys.live import LiveSite, NeutralSite, environment_of, live_site

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
