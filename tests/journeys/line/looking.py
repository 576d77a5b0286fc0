"""Looking at every page of a visitor's way: large by day, 320 pixels wide by night."""

from __future__ import annotations

from playwright.sync_api import Locator, Page

from tests.journeys.test_staff_pages import faults

LANGUAGES = ("en", "es")
SIX = [".six li", "elements => elements.map(element => element.textContent)"]
# The longest word without a blank, and one from right to left: neither may widen the page.
ODD = "w" * 90 + " \u0645\u0631\u062d\u0628\u0627"


class Looking:
    """A page of a visitor, looked at again and again; what is wrong is gathered."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.wrong: dict[str, object] = {}
        self.seen: list[str] = []

    def look(self, name: str, wait_for: str | Locator) -> None:
        """Wait for something of the page that is meant, then look at all of it."""
        there = self.page.locator(wait_for) if isinstance(wait_for, str) else wait_for
        there.first.wait_for()
        self.seen.append(name)
        self.wrong |= faults(self.page, name)


def pick(page: Page, words: list[str], *, rightly: bool = True) -> None:
    """Pick out three words, rightly or each wrongly."""
    for fieldset in page.locator("fieldset:has([type=radio])").all():
        for radio in fieldset.locator("[type=radio]").all():
            place = int((radio.get_attribute("name") or "word0")[4:])
            if (radio.get_attribute("value") == words[place - 1]) == rightly:
                radio.check()
                break
