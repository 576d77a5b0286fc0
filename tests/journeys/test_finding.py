"""Somebody finds a shelter tonight, for two boys and a dog, in Spanish; reads, prints, leaves."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, sync_playwright

from tests.browsers import Tab
from tests.browsers.paper import pages_of
from tests.browsers.process import find_program
from tests.journeys.finding import SHELTER, ask, open_listing, path_of_listing
from tests.journeys.live import LiveSite

AT_NEUTRAL = "document.readyState === 'complete' && document.title === 'Weather'"
STORED = """[document.cookie, localStorage.length, sessionStorage.length, location.href,
  document.title]"""
RESULT = f"""([...document.querySelectorAll('.found > li')]
  .find(one => one.innerText.includes('{SHELTER}')) || {{}}).innerText"""
WHERE_IT_IS = {"en": "The address is not public.", "es": "La dirección no es pública."}
only_with_scripts = pytest.mark.parametrize("scripts", [True], ids=["scripts"])
HALF_SHEETS_CM = {"letter": (21.6, 13.95), "A4": (21.0, 14.8)}


def test_two_boys_and_a_dog_find_a_bed_in_spanish_print_it_and_leave(
    site: LiveSite, tab: Tab
) -> None:
    tab.go(f"{site.base}/")
    tab.move_to("/es/")
    tab.move_to("/es/services/")

    ask(
        tab,
        where="brooklyn",
        need="shelter",
        who=("children", "pets"),
        boy="13",
        lang="es",
        bed=True,
    )
    found = str(tab.wait_for(RESULT))
    open_listing(tab, SHELTER)
    read = tab.text("main")
    printed = tab.print_out(*HALF_SHEETS_CM["A4"])
    state = tab.evaluate(STORED)
    tab.click("#leave")
    tab.wait_for(AT_NEUTRAL)

    for said in ("✓ Personas con hijos", "✓ Personas con mascota", "✓ Español"):
        assert said in found
    assert "✓ Varones hasta los 17 años" in found
    assert "Había una cama libre" in found
    assert "718-555-0142" in read
    assert read.index("718-555-0142") < read.index("Lee esto antes de ir")
    assert "La dirección no es pública." in read
    assert pages_of(printed) == 1
    assert state == ["", 0, 0, f"{site.base}/", "Welcome"]
    assert {request.path for request in tab.requests() if site.base.endswith(request.host)} == {"/"}


def test_back_leads_to_the_same_results_and_on_to_change_them(site: LiveSite, tab: Tab) -> None:
    tab.go(f"{site.base}/en/services/")
    ask(tab, where="11201", need="shelter", who=("pets",), bed=True)
    before = tab.text("main")
    open_listing(tab, SHELTER)

    tab.click("main .choices .button")
    tab.wait_for("document.querySelector('.found')")
    after = tab.text("main")
    tab.click("[name=edit]")
    tab.wait_for("document.getElementById('where')")

    assert _without_ages(after) == _without_ages(before)
    assert tab.evaluate("document.getElementById('where').value") == "11201"
    assert tab.evaluate("document.querySelector('[value=pets]').checked") is True


def test_the_sites_own_back_carries_the_question_too(site: LiveSite, tab: Tab) -> None:
    tab.go(f"{site.base}/en/services/")
    ask(tab, where="11201", need="shelter", bed=True)
    open_listing(tab, SHELTER)

    tab.click("#back")

    tab.wait_for("document.querySelector('.found')")
    assert "11201" in tab.text("h1")


def test_an_unknown_place_and_a_search_without_luck_stay_calm(site: LiveSite, tab: Tab) -> None:
    tab.go(f"{site.base}/en/services/")
    ask(tab, where="xqzzyw")
    unknown = tab.text("main")

    tab.evaluate("(document.getElementById('where').value = '')")
    tab.write("#where", "11201")
    tab.click(".ask .button")
    tab.wait_for("document.querySelector('.found')")

    assert "Try a ZIP code, or a bigger town near it." in unknown
    assert "11201" in tab.text("h1")


def test_something_wrong_can_be_told_and_leads_back(site: LiveSite, tab: Tab) -> None:
    tab.go(f"{site.base}/en/services/")
    ask(tab, where="11201", need="shelter", bed=True)
    open_listing(tab, SHELTER)

    tab.click("main .choices [name=to]")
    tab.wait_for("document.getElementById('text')")
    tab.click("[value=hours]")
    tab.click(".ask .button")
    tab.wait_for("document.querySelector('h1').innerText === 'Thank you'")
    tab.click("main p > .button")

    tab.wait_for(f"document.querySelector('h1').innerText.includes({SHELTER!r})")
    assert "Back to the results" in tab.text("main")


@only_with_scripts
def test_the_print_button_prints(site: LiveSite, tab: Tab) -> None:
    tab.go(f"{site.base}/en/services/")
    ask(tab, where="11201", need="shelter", bed=True)
    open_listing(tab, SHELTER)
    # Firefox asks from beside the page; wrappedJSObject is the page's own window.
    tab.evaluate("((window.wrappedJSObject || window).print = () => { window.printed = true; }, 1)")

    tab.click("[data-print]")

    assert tab.wait_for("window.printed") is True


def test_nothing_that_was_typed_is_in_the_sites_log(site: LiveSite, tab: Tab) -> None:
    tab.go(f"{site.base}/en/services/")
    ask(tab, where="poughkeepsie", words="zqwort", who=("substance_use",), lang="so")

    written = b"".join(file.read_bytes() for file in (site.data / "log").iterdir())

    assert written
    for word in (b"poughkeepsie", b"zqwort", b"substance_use"):
        assert word not in written.lower()


@pytest.fixture
def page() -> Iterator[Page]:
    """Return a page of a Chromium that can make PDF files."""
    with sync_playwright() as playwright:
        program = find_program("chromium", "chromium-browser", package="chromium")
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        yield browser.new_page()
        browser.close()


@pytest.mark.parametrize("sheet", HALF_SHEETS_CM)
@pytest.mark.parametrize("language", ["en", "es"])
def test_a_listing_prints_on_half_a_sheet(
    site: LiveSite, page: Page, language: str, sheet: str
) -> None:
    width, height = (f"{size}cm" for size in HALF_SHEETS_CM[sheet])
    page.goto(f"{site.base}{path_of_listing(site, language)}")

    printed = page.pdf(width=width, height=height)

    assert pages_of(printed) == 1
    page.emulate_media(media="print")
    shown = page.inner_text("main")
    assert "718-555-0142" in shown
    assert WHERE_IT_IS[language] in shown
    assert "leeward" not in shown.lower()
    assert not page.is_visible("#leave")


def _without_ages(text: str) -> str:
    """Return a text without how long ago something was told."""
    return re.sub(r"told [\w ]+", "", text)
