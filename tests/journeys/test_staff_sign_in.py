"""A new colleague comes in: invitation, password, app, out, in again, a passkey, in with it."""

from __future__ import annotations

import base64
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django_otp.oath import TOTP
from playwright.sync_api import Page, expect, sync_playwright

from tests.browsers.process import find_program
from tests.journeys.live import LiveSite

PASSWORD = "four quiet otters sail"


@pytest.fixture
def page() -> Iterator[Page]:
    """Return a page of a Chromium with a key that proves presence by itself."""
    with sync_playwright() as playwright:
        program = find_program("chromium", "chromium-browser", package="chromium")
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        page = browser.new_page()
        wire = page.context.new_cdp_session(page)
        wire.send("WebAuthn.enable")
        key = {
            "protocol": "ctap2",
            "transport": "internal",
            "hasResidentKey": True,
            "hasUserVerification": True,
            "isUserVerified": True,
            "automaticPresenceSimulation": True,
        }
        wire.send("WebAuthn.addVirtualAuthenticator", {"options": key})
        yield page
        browser.close()


def operators_environment() -> dict[str, str]:
    """Return the environment without what the tests put there."""
    ours = ("LEEWARD_", "DJANGO_", "DATABASE_URL")
    environment = {name: value for name, value in os.environ.items() if not name.startswith(ours)}
    return environment | {"LEEWARD_CONFIG": "/nonexistent/leeward.toml"}


def invitation_path(site: LiveSite, name: str) -> str:
    """Return the path that the operator's command prints."""
    program = str(Path(sys.executable).parent / "leeward")
    done = subprocess.run(
        [program, "staff", "invite", "--administrator", name, "--data", str(site.data)],
        check=True,
        capture_output=True,
        text=True,
        env=operators_environment(),
    )
    return done.stdout.split()[-1]


def staff_base(site: LiveSite) -> str:
    """Return the site's address by name: passkeys do not work at a bare number."""
    return f"http://localhost:{urlsplit(site.base).port}"


def come_in(page: Page, site: LiveSite, name: str) -> tuple[TOTP, list[str]]:
    """Follow the invitation to its end; return the person's app and recovery codes."""
    page.goto(staff_base(site) + invitation_path(site, name))
    page.fill("[name=password]", PASSWORD)
    page.fill("[name=again]", PASSWORD)
    page.click("main .button")
    app = TOTP(base64.b32decode(page.inner_text(".key").replace(" ", "")))
    page.fill("[name=code]", f"{app.token():06d}")
    page.click("main .button")
    return app, page.locator(".codes code").all_inner_texts()


def send_sign_in(page: Page, username: str, code: str) -> None:
    page.fill("[name=username]", username)
    page.fill("[name=password]", PASSWORD)
    page.fill("[name=code]", code)
    page.click("form .button")


def test_a_new_colleague_comes_in_and_back_in_by_app_and_by_passkey(
    site: LiveSite, page: Page
) -> None:
    app, recovery_codes = come_in(page, site, "Ana López")
    assert len(recovery_codes) == 10

    page.click("text=I have kept them")
    expect(page.locator("h1")).to_have_text("Hello, Ana López")
    page.click("text=Sign out")
    expect(page.locator("h1")).to_have_text("Sign in")

    app.drift = 1  # the app's present code was used up; its next one is good already
    send_sign_in(page, "ana-lopez", f"{app.token():06d}")
    expect(page.locator("h1")).to_have_text("Hello, Ana López")

    page.click("nav >> text=My sign-in")
    page.fill("[name=name]", "office laptop")
    page.fill("#passkey_present", PASSWORD)
    page.click("text=Make a passkey")
    expect(page.locator(".plain-list li span").first).to_have_text("office laptop")
    page.click("text=Sign out")

    page.click("text=Sign in with a passkey")
    expect(page.locator("h1")).to_have_text("Hello, Ana López")


def test_a_recovery_code_lets_in_and_a_wrong_sign_in_stays_calm(site: LiveSite, page: Page) -> None:
    _app, recovery_codes = come_in(page, site, "Bo Berg")
    page.click("text=I have kept them")
    page.click("text=Sign out")

    send_sign_in(page, "bo-berg", "000000000000")
    expect(page.locator("[role=alert]")).to_contain_text("do not go together")

    send_sign_in(page, "bo-berg", recovery_codes[3])
    expect(page.locator("h1")).to_have_text("Hello, Bo Berg")


def test_the_staffs_pages_ask_nothing_of_another_host_and_break_no_policy(
    site: LiveSite, page: Page
) -> None:
    asked: list[str] = []
    complaints: list[str] = []
    page.on("request", lambda request: asked.append(urlsplit(request.url).hostname or ""))
    page.on(
        "console",
        lambda said: complaints.append(said.text) if "Content Security" in said.text else None,
    )

    come_in(page, site, "Cy Day")
    for path in ("", "accounts/", "accounts/invite/", "audit/", "me/", "me/password/", "nowhere/"):
        page.goto(f"{staff_base(site)}/staff/{path}")

    assert set(asked) == {"localhost"}
    assert complaints == []
