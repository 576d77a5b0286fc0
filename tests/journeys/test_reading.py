"""A visitor reads: every page stands at one address, under one neutral title."""

from __future__ import annotations

from tests.browsers import Tab
from tests.journeys.live import LiveSite


def test_a_visitor_moves_between_pages_and_the_address_stays(
    site: LiveSite, tab: Tab
) -> None:
    tab.go(f"{site.base}/")
    title = tab.evaluate("document.title")

    tab.move_to("/en/leaving/")
    tab.move_to("/en/traces/")

    assert tab.evaluate("location.href") == f"{site.base}/"
    assert tab.evaluate("document.title") == title
