"""The staff's pages of directory, beds and line: axe finds nothing, none scrolls sideways."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, sync_playwright

from tests.browsers.process import find_program
from tests.journeys.live import LiveSite
from tests.journeys.staff import password_of, unused_code
from tests.journeys.test_accessibility import violations

ID = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}|(?<=/)\d+(?=/)")
LINKS = "links => links.map(link => link.getAttribute('href'))"
LOOKS: tuple[tuple[Literal["light", "dark"], int], ...] = (("dark", 320), ("light", 1280))
LINE = ("/staff/desk/roster/", "/staff/desk/figures/", "/staff/desk/team/")
OURS = ("/staff/directory/", "/staff/beds/", *LINE)


@pytest.fixture
def page(site: LiveSite) -> Iterator[Page]:
    """Return a page without movement; a heading that is still fading in has less contrast."""
    program = find_program("chromium", "chromium-browser", package="chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        yield browser.new_page(base_url=site.base, reduced_motion="reduce")
        browser.close()


def come_in(page: Page, site: LiveSite, name: str) -> None:
    """Sign in as a demonstration account."""
    page.goto("/staff/sign-in/")
    page.fill("[name=username]", name)
    page.fill("[name=password]", password_of(site, name))
    page.fill("[name=code]", unused_code(site, name))
    page.click("main .button")
    page.wait_for_selector(".cards")


def faults(page: Page, name: str) -> dict[str, object]:
    """Return what is wrong with the page that is shown: small by night, large by day."""
    wrong: dict[str, object] = {}
    for scheme, width in LOOKS:
        page.emulate_media(color_scheme=scheme)
        page.set_viewport_size({"width": width, "height": 800})
        needs = page.evaluate("document.documentElement.scrollWidth")
        if needs > width:
            wrong[f"{name} at {width}"] = f"needs {needs}"
        for rule in violations(page):
            wrong[f"{name} at {width}: {rule['id']}"] = [node["html"] for node in rule["nodes"]]
    return wrong


def one_of_each_kind(page: Page, *starts: str) -> Iterator[str]:
    """Yield the addresses that links lead to from `starts` on, each kind of page once, shown."""
    found, known = list(starts), {ID.sub("*", start) for start in starts}
    while found:
        path = found.pop(0)
        page.goto(path)
        yield path
        for href in page.eval_on_selector_all("main a[href]", LINKS):
            to = urlsplit(href).path
            if to.startswith(OURS) and ID.sub("*", to) not in known:
                known.add(ID.sub("*", to))
                found.append(to)


def test_axe_finds_nothing_on_a_coordinators_pages(site: LiveSite, page: Page) -> None:
    come_in(page, site, "coordinator")
    wrong: dict[str, object] = {}
    seen = []

    for path in one_of_each_kind(page, *OURS, "/staff/beds/requests/"):
        wrong |= faults(page, path)
        seen.append(path)

    assert len(seen) > 20
    assert wrong == {}


def test_axe_finds_nothing_on_what_a_shelter_was_just_told(site: LiveSite, page: Page) -> None:
    come_in(page, site, "shelter")
    page.goto("/staff/beds/")
    page.click("#bed .pair [name=available]")
    page.wait_for_selector(".messages")

    assert faults(page, "beds, just told") == {}
