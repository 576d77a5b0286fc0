"""A visit with the keyboard alone, from the first page to a country's lines and out."""

from __future__ import annotations

from tests.browsers import Tab
from tests.journeys.live import LiveSite

MOST_TABS = 40


def tab_to(tab: Tab, selector: str) -> None:
    """Press Tab until the element has the focus."""
    for _ in range(MOST_TABS):
        before = tab.evaluate("document.querySelectorAll('*').length")
        tab.key("Tab")
        tab.wait_for(f"document.querySelectorAll('*').length === {before}")
        if tab.evaluate(f"document.activeElement.matches({selector!r})"):
            return
    raise AssertionError(f"{selector} can't be reached by Tab; at {tab.where()}")


def test_a_visit_with_the_keyboard_alone(site: LiveSite, tab: Tab) -> None:
    tab.go(f"{site.base}/")

    tab_to(tab, '[data-to="/en/lines/"]')
    is_marked = tab.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    tab.key("Enter")
    tab.wait_until_on("/en/lines/")
    tab_to(tab, "#country")
    tab.key("m", "e", "x")
    tab.wait_for("document.getElementById('country').value === '/en/lines/mx/'")
    tab_to(tab, "main form button")
    tab.key("Enter")
    tab.wait_until_on("/en/lines/mx/")
    tab.go(f"{site.base}/")
    tab_to(tab, "#leave")
    tab.key("Enter")

    tab.wait_for("document.title === 'Weather'")
    assert is_marked == "solid"
