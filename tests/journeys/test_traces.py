"""The trace test: what a whole visit leaves in a browser's profile, and what Back shows after it.

Each test starts a browser with an empty profile and its own defaults, in a window on a screen of
its own. The bar was measured before building (docs/benchmarks.md): with scripts 1 address,
1 visit, no cached file, no trace of text and no Back press that shows the site; without scripts
1 address, no trace, and at most one such press.
"""

from __future__ import annotations

import secrets
import time
from contextlib import closing
from pathlib import Path

import pytest

from tests.browsers import Browser, Tab
from tests.browsers.remains import read_remains, traces_of
from tests.browsers.screen import Screen
from tests.journeys.conftest import new_browser
from tests.journeys.finding import ask, open_listing
from tests.journeys.live import LiveSite

PATHS = ("/en/stories/", "/en/lessons/", "/en/lines/", "/en/traces/", "/en/leaving/")
AT_NEUTRAL = "document.readyState === 'complete' && document.title === 'Weather'"
LONG_LINES = """document.body.innerText.split('\\n').map(line => line.trim())
  .filter(line => line.length >= 20).map(line => line.slice(0, 60))"""
PAGE = "location.href + performance.timeOrigin"
MOST_PRESSES = 40  # a busy machine may swallow some
SETTLE_S = 1.5  # a Back press that leads nowhere gives no sign to wait for


class Visit:
    """A visit of five pages, and all that was read and typed on the way."""

    def __init__(self, site: LiveSite, browser: Browser) -> None:
        self.tab = browser.first_tab()
        self.site = site
        self.read: set[str] = set()
        self.typed = ""

    def take(self) -> None:
        """Arrive from another site, read five pages, type, and press the X."""
        self.tab.go(f"{self.site.neutral.origin}/before")
        self.tab.go(f"{self.site.base}/")
        self._read()
        for path in PATHS:
            self.tab.move_to(path)
            self._read()
        self._type()
        self.tab.click("#leave")
        self.tab.wait_for(AT_NEUTRAL)

    def _read(self) -> None:
        self.read.update(self.tab.wait_for(LONG_LINES))

    def _type(self) -> None:
        """Type into the field of the practice page, which is the last of the five."""
        self.typed = f"zq{secrets.token_hex(8)}"
        self.tab.write("#practice", self.typed)


@pytest.mark.slow
def test_a_visit_leaves_one_address_and_no_word_in_the_profile(
    site: LiveSite, kind: str, scripts: bool, tmp_path: Path
) -> None:
    untouched = tmp_path / "untouched"
    new_browser(kind, untouched, scripts=scripts).close()
    with Screen() as screen:
        browser = new_browser(kind, tmp_path / "used", scripts=scripts, display=screen.display)
        with closing(browser):
            visit = Visit(site, browser)
            visit.take()
            cookies = visit.tab.cookies()

    profile = tmp_path / "used" / "profile"
    remains = read_remains(profile, site.base)
    by_chance = traces_of(untouched / "profile", visit.read)
    # The search works: it finds the other site that was seen before, in history and profile.
    assert read_remains(profile, site.neutral.origin).visits >= 1
    assert traces_of(profile, [f"{site.neutral.origin}/before"]) != {}
    assert remains.addresses == [f"{site.base}/"]
    assert remains.visits == 1 or not scripts
    assert (cookies, remains.cookies, remains.cached_files, remains.stored) == ([], 0, 0, [])
    assert traces_of(profile, [visit.typed]) == {}
    assert set(traces_of(profile, visit.read)) - set(by_chance) == set()


@pytest.mark.slow
def test_a_search_leaves_no_word_of_question_or_answer_in_the_profile(
    site: LiveSite, kind: str, scripts: bool, tmp_path: Path
) -> None:
    untouched = tmp_path / "untouched"
    new_browser(kind, untouched, scripts=scripts).close()
    typed = f"zq{secrets.token_hex(8)}"
    with Screen() as screen:
        browser = new_browser(kind, tmp_path / "used", scripts=scripts, display=screen.display)
        with closing(browser):
            tab = browser.first_tab()
            tab.go(f"{site.neutral.origin}/before")
            tab.go(f"{site.base}/")
            tab.move_to("/en/services/")
            ask(tab, where="11201", words=typed, need="shelter", who=("pets",), boy="13")
            read = set(tab.wait_for(LONG_LINES))
            tab.click("[name=clear]")
            tab.wait_for("document.querySelector('.found')")
            read.update(tab.wait_for(LONG_LINES))
            open_listing(tab, "")
            read.update(tab.wait_for(LONG_LINES))
            tab.click("#leave")
            tab.wait_for(AT_NEUTRAL)
            cookies = tab.cookies()

    profile = tmp_path / "used" / "profile"
    remains = read_remains(profile, site.base)
    by_chance = traces_of(untouched / "profile", read)
    assert remains.addresses == [f"{site.base}/"]
    assert remains.visits == 1 or not scripts
    assert (cookies, remains.cookies, remains.cached_files, remains.stored) == ([], 0, 0, [])
    assert traces_of(profile, [typed]) == {}
    assert set(traces_of(profile, read)) - set(by_chance) == set()


@pytest.mark.slow
def test_back_pressed_after_leaving_shows_the_site_at_most_once(
    site: LiveSite, kind: str, scripts: bool, tmp_path: Path
) -> None:
    with Screen() as screen:
        browser = new_browser(kind, tmp_path / "used", scripts=scripts, display=screen.display)
        with closing(browser):
            visit = Visit(site, browser)
            visit.take()

            shown = press_back_to_the_end(screen, visit.tab)

    assert shown.count("before") >= 1
    assert "typed" not in shown
    assert shown.count("site") <= (0 if scripts else 1)


def press_back_to_the_end(screen: Screen, tab: Tab) -> list[str]:
    """Press Back until nothing moves; return the pages it led to: site, typed, before, other."""
    shown: list[str] = []
    last = tab.evaluate(PAGE)
    for _ in range(MOST_PRESSES):
        screen.press_back()
        time.sleep(SETTLE_S)
        now = tab.evaluate(PAGE)
        if now != last:
            shown.append(what_is_shown(tab))
        elif "before" in shown:
            break
        last = now
    return shown


def what_is_shown(tab: Tab) -> str:
    """Return one word for what the tab shows."""
    if tab.evaluate("!!document.getElementById('words')"):
        return "typed"
    if tab.evaluate("document.body && document.body.innerText.length > 200"):
        return "site"
    return "before" if tab.evaluate("location.pathname === '/before'") else "other"
