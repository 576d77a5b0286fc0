"""Keys at the desk, by the people whose they are: what opens them, who is admitted, who leaves."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.browsers.process import find_program
from tests.journeys.colleagues import invite
from tests.journeys.live import LiveSite, NeutralSite, live_site, prepared_data
from tests.journeys.staff import password_of, unused_code
from tests.journeys.test_desk import PASSPHRASE, come_to_chat

STRETCHING_MS = 60_000  # Argon2id on a busy machine
PRF_KEY = {
    "protocol": "ctap2",
    "ctap2Version": "ctap2_1",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "hasPrf": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture
def own_site(neutral: NeutralSite, tmp_path_factory: pytest.TempPathFactory) -> Iterator[LiveSite]:
    """Return a product of this test's own: who holds which keys is the test's to say."""
    shared = tmp_path_factory.getbasetemp()
    data = tmp_path_factory.mktemp("keys") / "data"
    shutil.copytree(prepared_data(shared), data)
    with live_site(data, neutral) as running:
        yield running


@pytest.fixture
def chromium() -> Iterator[Browser]:
    """Return the system's Chromium."""
    program = find_program("chromium", "chromium-browser", package="chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        yield browser
        browser.close()


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


# -- what opens her own key --


def test_a_passkey_opens_the_desk_until_it_is_removed(
    own_site: LiveSite, chromium: Browser
) -> None:
    desk = at_desk(chromium, own_site, "coordinator")
    wire = desk.context.new_cdp_session(desk)
    wire.send("WebAuthn.enable")
    wire.send("WebAuthn.addVirtualAuthenticator", {"options": PRF_KEY})
    make_key(desk)
    make_team_key(desk)

    her_words(desk)
    desk.click("summary:has-text('A passkey')")
    desk.fill("#lock-passkey", PASSPHRASE)
    desk.click("[data-lock-form=passkey] .button")
    desk.wait_for_selector("text=The passkey is added", timeout=STRETCHING_MS)
    desk.click("[data-lock]")
    desk.click("[data-by-passkey]")
    desk.wait_for_selector("[data-inside]:not([hidden])")
    opened = desk.inner_text("[data-members]")
    desk.click("[data-passkeys] button")
    desk.click("[data-passkeys] button")
    desk.wait_for_selector("text=The passkey is removed")
    desk.wait_for_selector("[data-passkeys] li", state="detached")
    desk.click("[data-lock]")

    assert "you" in opened
    assert not desk.is_visible("[data-by-passkey]")
    unlock(desk)


def test_without_a_passkey_that_can_the_desk_says_so_and_the_passphrase_still_opens(
    own_site: LiveSite, chromium: Browser
) -> None:
    desk = at_desk(chromium, own_site, "coordinator")
    wire = desk.context.new_cdp_session(desk)
    wire.send("WebAuthn.enable")
    wire.send("WebAuthn.addVirtualAuthenticator", {"options": PRF_KEY | {"hasPrf": False}})
    make_key(desk)
    make_team_key(desk)

    her_words(desk)
    desk.click("summary:has-text('A passkey')")
    desk.fill("#lock-passkey", PASSPHRASE)
    desk.click("[data-lock-form=passkey] .button")

    desk.wait_for_selector("text=can't open a key with a passkey", timeout=STRETCHING_MS)
    desk.click("[data-lock]")
    assert not desk.is_visible("[data-by-passkey]")
    unlock(desk)


def test_a_passphrase_is_changed_and_the_old_one_opens_nothing(
    own_site: LiveSite, chromium: Browser
) -> None:
    desk, fresh = at_desk(chromium, own_site, "coordinator"), "nine herons read maps"
    make_key(desk)
    make_team_key(desk)

    her_words(desk)
    desk.click("summary:has-text('Your passphrase')")
    for field, text in (("present", PASSPHRASE), ("new", fresh), ("again", fresh)):
        desk.fill(f"#lock-{field}", text)
    desk.click("[data-lock-form=passphrase] .button")
    desk.wait_for_selector("text=The passphrase is changed", timeout=STRETCHING_MS)
    desk.click("[data-lock]")
    desk.fill("#unlock-passphrase", PASSPHRASE)
    desk.click("[data-room=unlock] .button >> nth=0")
    desk.wait_for_selector("text=This does not open it", timeout=STRETCHING_MS)

    desk.fill("#unlock-passphrase", fresh)
    desk.click("[data-room=unlock] .button >> nth=0")
    desk.wait_for_selector("[data-inside]:not([hidden])", timeout=STRETCHING_MS)


# -- who reads --


def test_whoever_is_admitted_reads_and_a_leaver_reads_nothing_new(
    own_site: LiveSite, chromium: Browser
) -> None:
    cora, avi = (at_desk(chromium, own_site, name) for name in ("coordinator", "advocate"))
    make_key(cora)
    make_team_key(cora)
    make_key(avi)
    cora.click("[data-presence=on]")

    admit(cora, "Sam", her_words(avi))
    come_to_chat(
        visitor := chromium.new_context(
            java_script_enabled=False, base_url=own_site.base
        ).new_page()
    )
    avi.click("nav [data-show=waiting]")
    avi.click("[data-queue] li button")
    avi.wait_for_selector(".pane .hers")
    row = row_of(cora, "Sam")
    cora.click(f"{row} [data-ask=leave]")
    cora.click(f"{row} [data-do=leave]")
    cora.wait_for_selector(row, state="detached")
    avi.wait_for_selector("[data-room=no-team]:not([hidden])")
    come_to_chat(chromium.new_context(java_script_enabled=False, base_url=own_site.base).new_page())
    cora.click("nav [data-show=waiting]")
    cora.click("[data-queue] li button >> nth=1")

    cora.wait_for_selector(".pane .hers")
    assert not avi.is_visible(".pane")
    visitor.close()


def test_two_of_three_supervisors_put_the_teams_key_together(
    own_site: LiveSite, chromium: Browser
) -> None:
    invite(own_site, "ana", "bea", "cleo")
    cora = at_desk(chromium, own_site, "coordinator")
    make_key(cora)
    make_team_key(cora)
    three = {name: at_desk(chromium, own_site, name) for name in ("ana", "bea", "cleo")}
    words = {}
    for name, page in three.items():
        make_key(page)
        words[name.title()] = her_words(page)
    cora.click("[data-presence=on]")
    come_to_chat(chromium.new_context(java_script_enabled=False, base_url=own_site.base).new_page())

    cora.click("nav [data-show=team]")
    cora.wait_for_selector("[data-three] li >> nth=3")
    for name, spoken in words.items():
        row = cora.locator("[data-three] li").filter(has_text=name)
        assert spoken in row.inner_text()
        row.locator("input").check()
    cora.click("[data-making] .button")
    cora.wait_for_selector("[data-holders]:has-text('Cleo')")
    ana, bea = three["ana"], three["bea"]
    ana.click("nav [data-show=team]")
    ana.click("[data-ask-share]")
    ana.wait_for_selector("[data-nothing-yet]")
    bea.click("nav [data-show=team]")
    bea.wait_for_selector("[data-others] .code:text-is('" + words["Ana"] + "')")
    bea.click("[data-others] [data-do=hand]")
    bea.wait_for_selector("text=You handed her your share")
    ana.click("[data-restore]")
    ana.wait_for_selector("[data-members] li:has-text('you')")
    ana.wait_for_selector("[data-not-admitted]", state="hidden")
    ana.click("nav [data-show=waiting]")
    ana.click("[data-queue] li button")

    ana.wait_for_selector(".pane .hers:has-text('he is home at seven')")
    assert bea.is_visible("[data-not-admitted]")
