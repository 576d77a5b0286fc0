"""Keys at the desk, by the people whose they are: what opens them, who is admitted, who leaves."""

from __future__ import annotations

from playwright.sync_api import Browser, Page

from tests.journeys.desk.colleagues import invite
from tests.journeys.desk.people import (
    PASSPHRASE,
    STRETCHING_MS,
    admit,
    at_desk,
    faults,
    her_words,
    make_key,
    make_team_key,
    row_of,
    unlock,
    visitor,
)
from tests.journeys.live import LiveSite

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


def with_device(chromium: Browser, site: LiveSite, *, prf: bool = True) -> Page:
    """Return the desk of somebody with keys, whose device makes passkeys; with PRF if `prf`."""
    desk = at_desk(chromium, site, "coordinator")
    wire = desk.context.new_cdp_session(desk)
    wire.send("WebAuthn.enable")
    wire.send("WebAuthn.addVirtualAuthenticator", {"options": PRF_KEY | {"hasPrf": prf}})
    make_key(desk)
    make_team_key(desk)
    return desk


def add_passkey(desk: Page, name: str) -> None:
    """Ask for a passkey of that name."""
    her_words(desk)
    desk.click("summary:has-text('A passkey')")
    desk.fill("#lock-name", name)
    desk.fill("#lock-passkey", PASSPHRASE)
    desk.click("[data-lock-form=passkey] .button")


# -- what opens her own key --


def test_a_passkey_opens_the_desk_until_it_is_removed(
    own_site: LiveSite, chromium: Browser
) -> None:
    desk = with_device(chromium, own_site)

    add_passkey(desk, "office laptop")
    desk.wait_for_selector("text=The passkey is added", timeout=STRETCHING_MS)
    desk.wait_for_selector("[data-passkeys] li:has-text('office laptop'):has-text('added')")
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
    desk = with_device(chromium, own_site, prf=False)

    add_passkey(desk, "old phone")

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
    visitor(chromium, own_site)
    avi.click("nav [data-show=waiting]")
    avi.click("[data-queue] li button")
    avi.wait_for_selector(".pane .hers")
    row = row_of(cora, "Sam")
    cora.click(f"{row} [data-ask=leave]")
    cora.click(f"{row} [data-do=leave]")
    cora.wait_for_selector(row, state="detached")
    avi.wait_for_selector("[data-room=no-team]:not([hidden])")
    visitor(chromium, own_site)
    cora.click("nav [data-show=waiting]")
    cora.click("[data-queue] li button >> nth=1")

    cora.wait_for_selector(".pane .hers")
    assert not avi.is_visible(".pane")


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
    visitor(chromium, own_site)

    cora.click("nav [data-show=team]")
    cora.wait_for_selector("[data-three] li >> nth=3")
    wrong = {"making": faults(cora)}
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
    wrong["asked"] = faults(bea)
    bea.click("[data-others] [data-do=hand]")
    bea.wait_for_selector("text=You handed her your share")
    ana.click("[data-restore]")
    ana.wait_for_selector("[data-members] li:has-text('you')")
    ana.wait_for_selector("[data-not-admitted]", state="hidden")
    ana.click("nav [data-show=waiting]")
    ana.click("[data-queue] li button")

    ana.wait_for_selector(".pane .hers:has-text('he is home at seven')")
    assert bea.is_visible("[data-not-admitted]")
    assert wrong == {"making": {}, "asked": {}}
