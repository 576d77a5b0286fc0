"""The operator puts a new pepper in place; whoever comes back with six words notices nothing.

In her browser or without scripts, what she keeps is locked anew under the new pepper, and then the
older one is needed no more.
"""

from __future__ import annotations

import os
import secrets
import shutil
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path

import psycopg
import pytest

from leeward.sealing.keys import new_private_key, public_key
from tests.browsers import Browser
from tests.journeys.conftest import KINDS, new_browser
from tests.journeys.databases import PREPARED, new_database
from tests.journeys.line.cable import cable
from tests.journeys.line.test_pairings import unlike_any
from tests.journeys.line.visitors import Visitor, visitor_at
from tests.journeys.live import (
    LEEWARD,
    LiveSite,
    NeutralSite,
    environment_of,
    live_site,
    prepared_data,
)

OLDER = "line.pepper.older"
TEAMS_KEY = """INSERT INTO line_teamkey (team_id, generation, public_key, made_on, is_due_to_follow)
SELECT id, 1, {0}, '2026-01-01', {1} FROM line_team WHERE slug = 'main'"""
LOOKUPS = "SELECT lookup FROM {}wraps_wordswrap"

Browsers = dict[str, Browser]


@pytest.fixture
def four(tmp_path: Path) -> Iterator[Browsers]:
    """Return each kind of browser, with scripts and without."""
    with ExitStack() as stack:
        found: Browsers = {}
        for kind in KINDS:
            for scripts in (True, False):
                name = f"{kind}{'' if scripts else ' without scripts'}"
                folder = tmp_path / name.replace(" ", "-")
                folder.mkdir()
                made = new_browser(kind, folder, scripts=scripts)
                found[name] = stack.enter_context(closing(made))
        yield found


@pytest.fixture
def data(tmp_path: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a data folder of its own: this site is stopped and started again."""
    shared = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        shared = shared.parent
    made = tmp_path / "site" / "data"
    shutil.copytree(prepared_data(shared, may_be_postgresql=True), made)
    return made


def give_the_team_a_key(site: LiveSite) -> None:
    """Put the public half of a key in place, as an advocate's browser does with her first one."""
    key = public_key(new_private_key())
    if site.database_url:
        with psycopg.connect(site.database_url) as server:
            server.execute(TEAMS_KEY.format("%s", "false"), [key])
        return
    with closing(sqlite3.connect(site.data / "leeward.sqlite3", timeout=60)) as rows, rows:
        rows.execute(TEAMS_KEY.format("?", "0"), [key])


def lookups(site: LiveSite) -> set[bytes]:
    """Return under what each kept talk is found by its words."""
    if site.database_url:
        with psycopg.connect(site.database_url) as server:
            rows = server.execute(LOOKUPS.format("wraps.")).fetchall()
    else:
        with closing(sqlite3.connect(site.data / "wraps.sqlite3", timeout=60)) as store:
            rows = store.execute(LOOKUPS.format("")).fetchall()
    return {bytes(lookup) for (lookup,) in rows}


@contextmanager
def visitors_at(site: LiveSite, browsers: Browsers) -> Iterator[dict[str, Visitor]]:
    """Return a visitor in each browser, each from an address of her own."""
    with ExitStack() as stack:
        found: dict[str, Visitor] = {}
        for name, browser in browsers.items():
            one, two = (1 + secrets.randbelow(250) for _ in range(2))
            laid = stack.enter_context(
                cable(site.base, from_address=f"127.{one}.{two}.{1 + len(found)}")
            )
            tab = browser.new_tab()
            tab.resize(1000, 800)
            stack.callback(tab.close)
            found[name] = visitor_at(tab, f"http://127.0.0.1:{laid.port}")
        yield found


def put_a_new_pepper(site: LiveSite) -> str:
    """Do what docs/operate.md says, with the site stopped; return what the program told."""
    command = [LEEWARD, "new-pepper", "--data", str(site.data)]
    environment = environment_of(site.database_url)
    return subprocess.run(
        command, env=environment, check=True, timeout=600, capture_output=True, text=True
    ).stdout


def come_back(
    visitors: dict[str, Visitor], words: dict[str, list[str]], texts: dict[str, str]
) -> list[str]:
    """Come back in each browser, and wait for what stands there; return who found hers."""
    found = []
    for name, visitor in visitors.items():
        visitor.goes_back_with(words[name])
        visitor.is_told(texts[name])
        found.append(name)
        visitor.leaves()
    return found


def test_after_a_new_pepper_her_words_open_it_as_before_and_move_it_to_the_new_one(
    four: Browsers, neutral: NeutralSite, data: Path
) -> None:
    url = new_database(f"leeward_pepper_{os.getpid()}", template=PREPARED)
    texts = {name: unlike_any("she wrote") for name in four}
    words = {}
    with live_site(data, neutral, database_url=url) as site, visitors_at(site, four) as visitors:
        give_the_team_a_key(site)
        for name, visitor in visitors.items():
            words[name] = visitor.leaves_a_message(texts[name])
            visitor.leaves()
        before = lookups(site)

    told = put_a_new_pepper(site)
    with live_site(data, neutral, database_url=url) as site, visitors_at(site, four) as visitors:
        first = come_back(visitors, words, texts)
        after = lookups(site)
        (data / OLDER).unlink()
        again = come_back(visitors, words, texts)

    assert "A new pepper." in told
    assert (len(before), len(after), before & after) == (len(four), len(four), set())
    assert first == again == list(four)
