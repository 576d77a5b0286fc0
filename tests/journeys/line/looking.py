"""Looking at every page of a visitor's way: large by day, 320 pixels wide by night."""

from __future__ import annotations

import re

from playwright.sync_api import Locator, Page

from tests.journeys.test_staff_pages import faults

LANGUAGES = ("en", "es")
SIX = [".six li", "elements => elements.map(element => element.textContent)"]
# The longest word without a blank, and one from right to left: neither may widen the page.
ODD = "w" * 90 + " \u0645\u0631\u062d\u0628\u0627"


# Two browsers and their server share what the machine has.
LONGEST_WAIT_MS = 120_000
# What stands in a frame has no ground of its own: the page's box shines through.
IN_A_FRAME = "<style>html { background: var(--card) !important }</style>"


class Looking:
    """A page of a visitor, looked at again and again; what is wrong is gathered."""

    def __init__(self, page: Page, still: Page | None) -> None:
        self.page = page
        self.page.set_default_timeout(LONGEST_WAIT_MS)
        self._still = still
        self.wrong: dict[str, object] = {}
        self.seen: list[str] = []

    def look(self, name: str, wait_for: str | Locator) -> None:
        """Wait for something of the page that is meant, then look at all of it."""
        there = self.page.locator(wait_for) if isinstance(wait_for, str) else wait_for
        there.first.wait_for()
        self.seen.append(name)
        if self._still is None:
            self.wrong |= faults(self.page, name)
            return
        for number, frame in enumerate(self.page.frames):
            style = IN_A_FRAME if number else ""
            html = frame.content().replace("</head>", f"{style}</head>")
            self._look_at(f"{name}, frame {number}", html)

    def look_at_answer(self, name: str, sent: dict[str, str]) -> None:
        """Look at what the site answers to a form."""
        self.seen.append(name)
        self._look_at(name, self.page.request.post("/", form=sent).text())

    def _look_at(self, name: str, html: str) -> None:
        assert self._still is not None
        self._still.set_content(as_without_scripts(html))
        self.wrong |= faults(self._still, name)


def as_without_scripts(html: str) -> str:
    """Return a page as it is without scripts, for a browser in which axe runs."""
    bare = re.sub(r"<script.*?</script>", "", html, flags=re.DOTALL)
    return re.sub(r"(</?)noscript>", r"\1div>", bare)


def pick(page: Page, words: list[str], *, rightly: bool = True) -> None:
    """Pick out three words, rightly or each wrongly."""
    for fieldset in page.locator("fieldset:has([type=radio])").all():
        for radio in fieldset.locator("[type=radio]").all():
            place = int((radio.get_attribute("name") or "word0")[4:])
            if (radio.get_attribute("value") == words[place - 1]) == rightly:
                radio.check()
                break


def goes_on_to(page: Page, selector: str) -> None:
    """Wait for something of the page that is meant; go on from the short wait, if there is one."""
    page.locator(f"{selector}, .soon").first.wait_for()
    while page.locator(".soon").count():
        page.locator(".soon").click()
        page.locator(f"{selector}, .soon").first.wait_for()
