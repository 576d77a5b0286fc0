"""A visitor reads: every page stands at one address, under one neutral title."""

from __future__ import annotations

import pytest

from tests.browsers import Tab
from tests.journeys.live import LiveSite

NOTE_COMES_FIRST = """[...document.querySelectorAll('article p:not(.meta, .lead, aside p)')]
  .every(p => document.getElementById('note').compareDocumentPosition(p) & 4)"""
only_with_scripts = pytest.mark.parametrize("scripts", [True], ids=["scripts"])


def test_a_visitor_reads_a_story_and_finds_a_line(site: LiveSite, tab: Tab) -> None:
    story = site.first_path("/en/stories/")
    tab.go(f"{site.base}/")

    tab.move_to("/en/stories/")
    tab.move_to(story)
    note_comes_first = tab.evaluate(NOTE_COMES_FIRST)
    tab.move_to("/en/lines/")
    tab.move_to("/en/lines/us/")

    assert note_comes_first
    assert tab.text("h1") == "United States"
    assert "911" in tab.text("main")


def test_the_address_and_the_title_stay_all_along(site: LiveSite, tab: Tab) -> None:
    tab.go(f"{site.base}/")
    seen = []

    for path in (
        "/en/leaving/",
        "/en/traces/",
        "/en/lines/",
        "/es/lines/",
        "/es/leaving/",
    ):
        tab.move_to(path)
        seen.append(tab.evaluate("[location.href, document.title]"))

    assert seen == [[f"{site.base}/", "Welcome"]] * 5


def test_a_country_is_chosen_from_the_list(site: LiveSite, tab: Tab) -> None:
    tab.go(f"{site.base}/en/lines/")

    tab.evaluate("(document.getElementById('country').value = '/en/lines/mx/')")
    tab.click("form:has(#country) button")

    tab.wait_until_on("/en/lines/mx/")
    assert tab.evaluate("location.href") == f"{site.base}/"


def test_the_language_changes_on_the_same_page(site: LiveSite, tab: Tab) -> None:
    tab.go(f"{site.base}/en/leaving/")

    tab.move_to("/es/leaving/")

    assert tab.evaluate("document.documentElement.lang") == "es"
    assert tab.evaluate("location.pathname") == "/"


def test_the_direction_follows_the_language(site: LiveSite, tab: Tab) -> None:
    tab.go(f"{site.base}/ar/leaving/")
    direction_before = tab.evaluate("document.documentElement.dir")

    tab.move_to("/en/leaving/")

    assert direction_before == "rtl"
    assert tab.evaluate("document.documentElement.dir") == "ltr"


def test_a_canonical_address_is_replaced(site: LiveSite, tab: Tab) -> None:
    tab.go(f"{site.base}/en/leaving/")
    if not tab.scripts:
        tab.move_to("/en/traces/")

    assert tab.evaluate("location.href") == f"{site.base}/"
    assert tab.evaluate("document.title") == "Welcome"


def test_the_sites_own_back_leads_to_the_page_before(site: LiveSite, tab: Tab) -> None:
    tab.go(f"{site.base}/en/lines/")
    tab.move_to("/en/leaving/")
    tab.move_to("/en/traces/")

    tab.click("#back")

    # Without scripts nothing remembers the way, so Back leads up to the first page.
    tab.wait_until_on("/en/leaving/" if tab.scripts else "/en/")


@only_with_scripts
def test_back_can_be_followed_to_where_the_visit_began(site: LiveSite, tab: Tab) -> None:
    tab.go(f"{site.base}/en/lines/")
    tab.move_to("/en/leaving/")
    tab.move_to("/en/traces/")

    for path in ("/en/leaving/", "/en/lines/"):
        tab.click("#back")
        tab.wait_until_on(path)

    assert tab.evaluate("location.href") == f"{site.base}/"


@only_with_scripts
def test_the_new_heading_has_the_focus_and_names_the_page(site: LiveSite, tab: Tab) -> None:
    tab.go(f"{site.base}/")

    tab.move_to("/en/leaving/")

    assert tab.evaluate("document.activeElement.id") == "title"
    assert tab.evaluate("document.querySelector('main').getAttribute('aria-labelledby')") == "title"
    assert tab.evaluate("scrollY") == 0


@only_with_scripts
def test_a_lost_network_is_said_calmly_and_the_page_stays(site: LiveSite, tab: Tab) -> None:
    tab.go(f"{site.base}/en/leaving/")
    heading = tab.text("h1")
    tab.lose_network()

    tab.click('[data-to="/en/traces/"]')

    said = tab.wait_for("document.getElementById('status').innerText")
    assert "did not come" in said
    assert tab.text("h1") == heading


def test_nothing_is_stored_and_no_other_host_is_asked(site: LiveSite, tab: Tab) -> None:
    for path in site.one_of_each():
        tab.go(f"{site.base}{path}")

    hosts = {request.host for request in tab.requests()}
    stored = tab.evaluate(
        "[document.cookie, localStorage.length, sessionStorage.length, "
        "String(navigator.serviceWorker && navigator.serviceWorker.controller)]"
    )
    assert hosts == {site.base.removeprefix("http://")}
    assert stored[:3] == ["", 0, 0]
    assert stored[3] in ("null", "undefined")
    assert tab.cookies() == []


def test_each_page_is_one_request(site: LiveSite, tab: Tab) -> None:
    tab.go(f"{site.base}/")

    tab.move_to("/en/leaving/")

    assert [(request.method, request.path) for request in tab.requests()] == [
        ("GET", "/"),
        ("POST", "/"),
    ]


@pytest.mark.parametrize(("width", "zoom"), [(320, 1), (640, 2), (320, 4)])
def test_nothing_is_cut_off_on_a_small_screen_or_zoomed_in(
    site: LiveSite, tab: Tab, width: int, zoom: float
) -> None:
    tab.resize(width, 480, zoom=zoom)
    too_wide = {}

    for path in site.one_of_each():
        tab.go(f"{site.base}{path}")
        needs = tab.evaluate("document.documentElement.scrollWidth")
        if needs > width:
            too_wide[path] = needs

    assert too_wide == {}
