"""axe finds nothing against WCAG 2.2 AA, on every kind of page, by day and by night."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser as PlaywrightBrowser
from playwright.sync_api import Page, sync_playwright

from tests.browsers.process import find_program
from tests.journeys.finding import SHELTER
from tests.journeys.live import LiveSite

AA = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
OPTIONS = {"runOnly": {"type": "tag", "values": AA}, "resultTypes": ["violations"]}
WIDTHS = (320, 1280)
LANGUAGES = ("en", "es", "ar")


@pytest.fixture(scope="module")
def chromium() -> Iterator[PlaywrightBrowser]:
    """Return the system's Chromium."""
    program = find_program("chromium", "chromium-browser", package="chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture(params=["light", "dark"])
def page(
    chromium: PlaywrightBrowser, site: LiveSite, request: pytest.FixtureRequest
) -> Iterator[Page]:
    """Return a page that prefers light or dark."""
    # Movement is off: a heading that is still fading in has less contrast.
    context = chromium.new_context(
        base_url=site.base, color_scheme=request.param, reduced_motion="reduce"
    )
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("language", LANGUAGES)
def test_axe_finds_nothing_on_any_kind_of_page(site: LiveSite, page: Page, language: str) -> None:
    start = f"/{language}/"
    kinds = [path for path in site.one_of_each_kind() if path.startswith(start)]
    wrong = {}

    for path in [*kinds, f"{start}no-such-page/"]:
        page.goto(f"{site.base}{path}")
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 800})
            for rule in violations(page):
                wrong[f"{path} at {width}: {rule['id']}"] = rule["nodes"]

    assert len(kinds) > 1
    assert wrong == {}


def search(page: Page, language: str, *, where: str, words: str = "") -> None:
    """Fill in and send the search form."""
    page.goto(f"/{language}/services/")
    page.fill("#where", where)
    page.fill("#words", words)
    page.click("details:has(#boy) summary")
    page.check("[name=who][value=pets]")
    page.fill("#boy", "13")
    page.click(".ask .button")
    page.wait_for_selector("#again", state="attached")


@pytest.mark.parametrize("language", ["en", "es"])
def test_axe_finds_nothing_on_what_was_found(site: LiveSite, page: Page, language: str) -> None:
    wrong = {}

    def look(name: str) -> None:
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 800})
            needs = page.evaluate("document.documentElement.scrollWidth")
            if needs > width:
                wrong[f"{name} at {width}"] = [f"needs {needs}"]
            for rule in violations(page):
                wrong[f"{name} at {width}: {rule['id']}"] = rule["nodes"]

    search(page, language, where="xqzzyw")
    look("a place that nobody knows")
    search(page, language, where="11201", words="xqzzyw")
    look("nothing found")
    search(page, language, where="11201", words=SHELTER)
    look("what was found")
    page.click("[name=edit]")
    page.wait_for_selector("details[open]")
    look("the form, filled in")
    search(page, language, where="11201", words=SHELTER)
    page.click(".found h2 button")
    page.wait_for_selector(".sheet")
    look("a listing")
    page.click("main .choices [name=to]")
    page.wait_for_selector("#text")
    look("telling what is wrong")
    search(page, language, where="Manhattan", words="Mount Sinai Adolescent Health")
    page.click(".found h2 button")
    page.wait_for_selector(".sheet")
    look("a listing with a long website")

    assert wrong == {}


def violations(page: Page) -> list[dict[str, Any]]:
    """Return what axe finds wrong with the page, rule by rule; fails when axe looked at nothing."""
    found = Axe().run(page, options=OPTIONS).response
    assert found["passes"]
    return list(found["violations"])
