"""What visitors see: pages, and a search for help."""

from __future__ import annotations

from dataclasses import dataclass

from playwright.sync_api import Browser, Page

from scripts.tour.camera import DESK, PAPER, PHONE, SMALL_PHONE, Shown, new_page, save
from tests.journeys.live import LiveSite


@dataclass(frozen=True)
class View:
    """One picture: file name, what it shows, the page, and how it is looked at."""

    name: str
    shows: str
    path: str
    size: tuple[int, int] = DESK
    dark: bool = False
    scripts: bool = True


@dataclass(frozen=True)
class Search:
    """Pictures of one search: where their names begin, and how the results are looked at."""

    name: str
    language: str
    size: tuple[int, int] = DESK
    dark: bool = False


SEARCHES = (
    Search("desk", "en"),
    Search("phone", "en", PHONE),
    Search("phone-es", "es", PHONE, dark=True),
)
FOUND = {
    "desk-results": "what was found, nearest first, with what fits and what to ask",
    "desk-service": "one service: whom to call, what to read before, who may come",
    "paper-service": "the same on half a sheet of paper",
    "phone-results": "what was found, on a phone",
    "phone-service": "one service on a phone",
    "phone-es-results": "what was found, in Spanish, by night",
    "phone-es-service": "one service in Spanish, by night",
}


def look_at_pages(browser: Browser, site: LiveSite) -> list[Shown]:
    """Take the pictures of single pages."""
    for view in _views(site):
        page = new_page(browser, site.base, view.size, dark=view.dark, scripts=view.scripts)
        page.goto(view.path)
        save(page, view.name)
        page.context.close()
    return [(view.name, view.shows) for view in _views(site)]


def _views(site: LiveSite) -> list[View]:
    story = site.first_path("/en/stories/")
    guide = site.first_path("/en/guides/")
    lesson = site.first_path("/en/lessons/")
    return [
        View("desk-home", "the first page on a desk", "/en/"),
        View("desk-home-dark", "the same by night", "/en/", dark=True),
        View("desk-home-es", "the same in Spanish", "/es/"),
        View("desk-story", "a story; what it holds is said before it", story),
        View("desk-guide", "a guide", guide),
        View("desk-lines", "lines to call, by country", "/en/lines/us/"),
        View("phone-home", "the first page on a phone", "/en/", PHONE),
        View("phone-story-dark", "a story on a phone by night", story, PHONE, dark=True),
        View("phone-lesson", "a short lesson on a phone", lesson, PHONE),
        View("phone-lines-es", "lines to call, in Spanish, on a phone", "/es/lines/mx/", PHONE),
        View("phone-leaving", "how the X works, with a place to try it", "/en/leaving/", PHONE),
        View("phone-small", "the first page on a small phone", "/en/", SMALL_PHONE),
        View("phone-no-script", "the same without scripts", "/en/", SMALL_PHONE, scripts=False),
        View("phone-arabic", "a page from right to left", "/ar/", PHONE),
        View("phone-not-found", "when there is no such page", "/en/no-such-page/", PHONE),
        View("desk-find", "looking for help near a place", "/en/services/"),
    ]


def look_for_help(browser: Browser, site: LiveSite) -> list[Shown]:
    """Search as a visitor does; take the results, one service, and on a desk its half sheet."""
    return [shown for search in SEARCHES for shown in _look_for_help(browser, site, search)]


def _look_for_help(browser: Browser, site: LiveSite, search: Search) -> list[Shown]:
    page = new_page(browser, site.base, search.size, dark=search.dark)
    page.goto(f"/{search.language}/services/")
    _ask(page)
    _save_from_its_top(page, f"{search.name}-results")
    page.click(".found h2 .link >> nth=0")
    page.wait_for_selector(".sheet")
    _save_from_its_top(page, f"{search.name}-service")
    names = [f"{search.name}-results", f"{search.name}-service"]
    if search.name == "desk":
        page.emulate_media(media="print")
        page.set_viewport_size(PAPER)
        save(page, "paper-service")
        names.append("paper-service")
    page.context.close()
    return [(name, FOUND[name]) for name in names]


def _ask(page: Page) -> None:
    page.fill("#where", "Brooklyn")
    page.select_option("#need", "shelter")
    page.locator("summary").first.click()
    page.check("[value=children]")
    page.fill("#boy", "13")
    page.locator("summary").last.click()
    page.select_option("#lang", "es")
    page.click("main form.ask .button")
    page.wait_for_selector(".found")


def _save_from_its_top(page: Page, name: str) -> None:
    page.evaluate("document.querySelector('#back').scrollIntoView()")
    save(page, name)
