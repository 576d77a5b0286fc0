"""What staff see, each after signing in as one of the demonstration's people."""

from __future__ import annotations

import json
import subprocess

from playwright.sync_api import Browser, Page

from scripts.tour.camera import Shown, new_page, save
from tests.journeys.live import LEEWARD, LiveSite

# Who looks; then name, what it shows, path.
ROUNDS: tuple[tuple[str, tuple[tuple[str, str, str], ...]], ...] = (
    (
        "coordinator",
        (
            ("staff-directory", "the directory as staff see it", "/staff/directory/"),
            ("staff-review", "what waits for a decision", "/staff/directory/review/"),
            ("staff-import", "an import is tried before it is written", "/staff/directory/import/"),
        ),
    ),
    ("shelter", (("staff-beds", "a shelter tells what is free", "/staff/beds/"),)),
    (
        "advocate",
        (("staff-ask", "asking member shelters, without a name", "/staff/beds/requests/new/"),),
    ),
)


def look_at_staff(browser: Browser, site: LiveSite) -> list[Shown]:
    """Take signing in and the editor, then each one's round."""
    shown = _look_at_the_editor(browser, site)
    for who, screens in ROUNDS:
        page = staff_page(browser, site, who)
        for name, shows, path in screens:
            page.goto(path)
            save(page, name)
            shown.append((name, shows))
        page.context.close()
    return shown


def _look_at_the_editor(browser: Browser, site: LiveSite) -> list[Shown]:
    page = new_page(browser, site.base)
    page.goto("/staff/sign-in/")
    save(page, "staff-sign-in")
    _sign_in(page, site, "editor")
    save(page, "staff-start")
    page.goto("/staff/cms/")
    page.wait_for_load_state("networkidle")
    save(page, "staff-editor")
    page.context.close()
    return [
        ("staff-sign-in", "where staff sign in, with a second factor"),
        ("staff-start", "what an editor sees after signing in"),
        ("staff-editor", "where pages are written"),
    ]


def staff_page(browser: Browser, site: LiveSite, who: str) -> Page:
    """Return a page on which one of the demonstration's staff has signed in."""
    page = new_page(browser, site.base)
    page.goto("/staff/sign-in/")
    _sign_in(page, site, who)
    return page


def _sign_in(page: Page, site: LiveSite, who: str) -> None:
    sign_ins = json.loads((site.data / "demo-sign-in.txt").read_text())
    command = [LEEWARD, "staff", "code", who, "--data", str(site.data)]
    said = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    page.fill("[name=username]", who)
    page.fill("[name=password]", sign_ins[who]["password"])
    page.fill("[name=code]", said.split()[-1])
    page.click("main .button")
    page.wait_for_url("**/staff/")
