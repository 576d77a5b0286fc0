"""The trace test on the chat: what a whole talk leaves in the profile of her browser."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest

from tests.browsers import Tab
from tests.browsers.remains import read_remains, traces_of
from tests.browsers.screen import Screen
from tests.journeys.conftest import new_browser
from tests.journeys.line.cable import Cable
from tests.journeys.line.desks import Desk
from tests.journeys.line.test_pairings import unlike_any
from tests.journeys.line.visitors import visitor_at
from tests.journeys.test_traces import LONG_LINES

# Of the chat, of the kept talk, of the last page; lines are cut at 60 letters.
ONLY_THERE = (
    "Keep it so that I can come back",
    "Keep it after the last message for",
    "What stays on your phone, and how to clear it",
)
WORDS_JOINED_BY = (" ", "-", "", "\n")


class Visit:
    """A visitor who talks, keeps, leaves, comes back and deletes; all that she read and typed."""

    def __init__(self, tab: Tab, base: str, desk: Desk) -> None:
        self.visitor = visitor_at(tab, base)
        self.tab = tab
        self.desk = desk
        self.read: set[str] = set()
        self.typed: list[str] = []

    def take(self) -> None:
        """Come from another site, talk, and leave by the X twice."""
        self.tab.go(f"{self.desk.site.neutral.origin}/before")
        words = self._talk()
        answer = unlike_any("come at nine")
        self.desk.closes()
        self.desk.takes_kept()
        self.desk.writes(answer)
        self._come_back(words, answer)
        self.typed += [answer, *(mark.join(words) for mark in WORDS_JOINED_BY)]

    def _talk(self) -> list[str]:
        hers, mine = unlike_any("he knows"), unlike_any("i am here")
        self._start()
        self.visitor.goes_into_a_chat()
        self.visitor.writes(hers)
        self.desk.takes()
        self.desk.writes(mine)
        self.visitor.is_told(mine)
        self._look()
        words = self.visitor.keeps_it()
        self.visitor.leaves()
        self.typed += [hers, mine]
        return words

    def _come_back(self, words: list[str], answer: str) -> None:
        self._start()
        self.tab.click('[data-to="/en/talk/back/"]')
        self.visitor.opens_with(words)
        self.visitor.is_told(answer)
        self._look()
        self.visitor.deletes_everything()
        self._look()
        self.visitor.leaves()

    def _start(self) -> None:
        self.tab.go(f"{self.visitor.base}/")
        self.tab.move_to("/en/talk/")
        self._look()

    def _look(self) -> None:
        self.read.update(self.tab.wait_for(LONG_LINES))


@pytest.mark.slow
@pytest.mark.parametrize("desk_kind", ["chromium"])
def test_a_talk_leaves_one_address_and_no_word_in_the_profile(
    desk: Desk, her_cable: Cable, kind: str, scripts: bool, tmp_path: Path
) -> None:
    untouched = tmp_path / "untouched"
    new_browser(kind, untouched, scripts=scripts).close()
    with Screen() as screen:
        browser = new_browser(kind, tmp_path / "used", scripts=scripts, display=screen.display)
        with closing(browser):
            visit = Visit(browser.first_tab(), f"http://127.0.0.1:{her_cable.port}", desk)
            visit.take()
            cookies = visit.tab.cookies()

    profile = tmp_path / "used" / "profile"
    remains = read_remains(profile, visit.visitor.base)
    by_chance = traces_of(untouched / "profile", visit.read)
    before = desk.site.neutral.origin
    # The search works: it finds the other site that was seen before, in history and profile.
    assert read_remains(profile, before).visits >= 1
    assert traces_of(profile, [f"{before}/before"]) != {}
    # She really was there: what only those pages say is among what is looked for.
    assert [text for text in ONLY_THERE if text not in visit.read] == []
    assert remains.addresses == [f"{visit.visitor.base}/"]
    assert (cookies, remains.cookies, remains.cached_files, remains.stored) == ([], 0, 0, [])
    assert traces_of(profile, visit.typed) == {}
    assert set(traces_of(profile, visit.read)) - set(by_chance) == set()
