"""At the desk: keys are made, a chat is taken, both talk, it ends, and nothing of it stays."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page

from tests.journeys.desk.people import HERS, PASSPHRASE, come_to_chat, faults
from tests.journeys.live import LiveSite
from tests.journeys.test_staff_pages import come_in

MINE, NOTE = "I am here, take your time", "speaks very softly"


@pytest.fixture
def desk(chromium: Browser, site: LiveSite) -> Page:
    """Return the page of a coordinator who has signed in and opened the desk."""
    page = chromium.new_context(base_url=site.base, reduced_motion="reduce").new_page()
    come_in(page, site, "coordinator")
    page.goto("/staff/desk/")
    return page


@pytest.fixture
def visitor(chromium: Browser, site: LiveSite) -> Page:
    """Return the page of a visitor who runs no scripts."""
    return chromium.new_context(base_url=site.base, java_script_enabled=False).new_page()


def make_keys(desk: Page) -> str:
    """Make her key and the team's; return the code on paper."""
    desk.fill("#make-passphrase", PASSPHRASE)
    desk.fill("#make-again", PASSPHRASE)
    desk.click("[data-room=make] .button")
    desk.wait_for_selector("[data-room=code]:not([hidden])", timeout=60_000)
    code = desk.inner_text("[data-code]")
    desk.fill("#code-last", code[-4:])
    desk.click("[data-room=code] form .button")
    desk.click("[data-make-first]")
    desk.wait_for_selector("[data-make-first]", state="hidden")
    desk.click("[data-presence=on]")
    desk.wait_for_selector("[data-presence=on][aria-pressed=true]")
    return code


def on_disk(site: LiveSite) -> bytes:
    """Return all that the site keeps, its logs too."""
    return b"".join(file.read_bytes() for file in site.data.rglob("*") if file.is_file())


def come_back_by_paper(desk: Page, code: str) -> None:
    """Lock, try a wrong passphrase, then use the code on paper and get another."""
    desk.click("[data-lock]")
    desk.fill("#unlock-passphrase", "seven otters swim home")
    desk.click("[data-room=unlock] .button")
    desk.get_by_text("This does not open it").wait_for(timeout=60_000)
    desk.click("[data-go=recover]")
    desk.fill("#recover-code", code.lower())
    desk.fill("#recover-passphrase", f"{PASSPHRASE} again")
    desk.fill("#recover-again", f"{PASSPHRASE} again")
    desk.click("[data-room=recover] .button")
    desk.wait_for_selector("[data-room=code]:not([hidden])", timeout=60_000)
    assert desk.inner_text("[data-code]") != code


def test_an_advocate_makes_keys_takes_a_chat_talks_and_ends_it(
    site: LiveSite, desk: Page, visitor: Page
) -> None:
    wrong = {"gate": faults(desk)}
    code = make_keys(desk)
    wrong["empty"] = faults(desk)

    come_to_chat(visitor)
    desk.click("[data-queue] li button")
    desk.get_by_text(HERS).wait_for()
    desk.keyboard.type(MINE)
    desk.keyboard.press("Enter")
    desk.wait_for_selector(".pane .mine:not(.is-waiting)")
    desk.click("[data-open=notes]")
    desk.fill("[name=note]", NOTE)
    desk.click("[data-tool=notes] form button")
    desk.locator(".notes").get_by_text(NOTE).wait_for()
    visitor.click("[data-line=refresh]")
    visitor.frame_locator("iframe[name=line-log]").get_by_text(MINE).wait_for()
    wrong["talking"] = faults(desk)
    kept = on_disk(site)

    desk.click("[data-open=end]")
    desk.click("[data-tool=end] .button")
    desk.wait_for_selector(".end-form")
    wrong["over"] = faults(desk)
    desk.check("[name=is_hard]")
    desk.click(".end-form .button")
    desk.wait_for_selector("[data-wind-down][open]")
    desk.click("[data-break]")
    desk.wait_for_selector("[data-presence=away][aria-pressed=true]")
    visitor.click("[data-line=refresh]")
    visitor.get_by_text("This talk is not open any more").wait_for()

    secrets = (HERS, MINE, NOTE, PASSPHRASE, code, code.replace(" ", "-"))
    for data in (kept, on_disk(site)):
        assert [word for word in secrets if word.encode() in data] == []
    assert wrong == {name: {} for name in wrong}
    come_back_by_paper(desk, code)
