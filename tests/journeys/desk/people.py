"""What people do at their desks, each in a browser of her own."""

from __future__ import annotations

from typing import Literal
from urllib.parse import urlsplit

from playwright.sync_api import Browser, Page

from tests.journeys.live import LiveSite
from tests.journeys.staff import password_of, unused_code
from tests.journeys.test_accessibility import violations

PASSPHRASE = "seven otters row home"
HERS = "he is home at seven tonight"
LOOKS: tuple[tuple[Literal["light", "dark"], int], ...] = (("light", 1280), ("dark", 390))
WAIT_MS = 5_000  # the short wait of those who run no scripts, and a little more
STRETCHING_MS = 60_000  # Argon2id on a busy machine


def at_desk(chromium: Browser, site: LiveSite, name: str) -> Page:
    """Return the page of somebody who signed in and opened the desk, in a browser of her own."""
    base = f"http://localhost:{urlsplit(site.base).port}"
    page = chromium.new_context(base_url=base, reduced_motion="reduce").new_page()
    page.goto("/staff/sign-in/")
    page.fill("[name=username]", name)
    page.fill("[name=password]", password_of(site, name))
    page.fill("[name=code]", unused_code(site, name))
    page.click("main .button")
    page.wait_for_selector("text=Hello")
    page.goto("/staff/desk/")
    return page


def make_key(desk: Page) -> None:
    """Make her own key."""
    desk.fill("#make-passphrase", PASSPHRASE)
    desk.fill("#make-again", PASSPHRASE)
    desk.click("[data-room=make] .button")
    desk.wait_for_selector("[data-room=code]:not([hidden])", timeout=STRETCHING_MS)
    desk.fill("#code-last", desk.inner_text("[data-code]")[-4:])
    desk.click("[data-room=code] form .button")
    desk.wait_for_selector("[data-inside]:not([hidden])")


def make_team_key(desk: Page) -> None:
    """Make the team's first key."""
    desk.click("[data-make-first]")
    desk.wait_for_selector("[data-make-first]", state="hidden")


def unlock(desk: Page) -> None:
    """Open the desk by passphrase."""
    desk.fill("#unlock-passphrase", PASSPHRASE)
    desk.click("[data-room=unlock] .button >> nth=0")
    desk.wait_for_selector("[data-inside]:not([hidden])", timeout=STRETCHING_MS)


def her_words(desk: Page) -> str:
    """Return the five words of her own key, as she reads them out."""
    desk.click("nav [data-show=team]")
    desk.wait_for_function("document.querySelector('.code[data-my-words]').textContent !== ''")
    return desk.inner_text(".code[data-my-words]")


def row_of(desk: Page, name: str) -> str:
    """Return a selector of a colleague's row."""
    desk.click("nav [data-show=team]")
    return f"[data-members] > li:has(b:text-is('{name}'))"


def admit(desk: Page, name: str, words: str) -> None:
    """Admit a colleague whose five words were heard by voice."""
    row = row_of(desk, name)
    desk.click(f"{row} [data-ask=admit]")
    assert desk.inner_text(f"{row} .code") == words
    desk.click(f"{row} [data-do=admit]")
    desk.wait_for_selector(f"{row} >> text=can read")


def visitor(chromium: Browser, site: LiveSite) -> Page:
    """Return the page of a visitor without scripts who opened a chat and wrote."""
    page = chromium.new_context(base_url=site.base, java_script_enabled=False).new_page()
    come_to_chat(page)
    return page


def take(desk: Page) -> None:
    """Take the first who waits, and read what she wrote."""
    desk.click("nav [data-show=waiting]")
    desk.click("[data-queue] li button >> nth=0")
    desk.wait_for_selector(".pane .hers")


def come_to_chat(visitor: Page) -> None:
    """Open a chat and write into it."""
    visitor.goto("/en/talk/")
    visitor.wait_for_timeout(WAIT_MS)
    visitor.click("[data-line=chat] button")
    field = visitor.frame_locator("iframe[name=line-write]")
    field.locator("textarea").fill(HERS)
    field.locator("button").click()
    field.get_by_text("Sent at").wait_for()


def faults(page: Page) -> dict[str, object]:
    """Return what axe finds, large by day and small by night, and what scrolls sideways."""
    wrong: dict[str, object] = {}
    for scheme, width in LOOKS:
        page.emulate_media(color_scheme=scheme)
        page.set_viewport_size({"width": width, "height": 800})
        if page.evaluate("document.documentElement.scrollWidth") > width:
            wrong[f"at {width}"] = "scrolls sideways"
        for rule in violations(page):
            wrong[f"{width}: {rule['id']}"] = [node["html"] for node in rule["nodes"]]
    page.emulate_media(color_scheme="light")
    page.set_viewport_size({"width": 1280, "height": 800})
    return wrong
