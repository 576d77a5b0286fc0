"""How a journey signs in as one of the demonstration's accounts."""

from __future__ import annotations

import json
import time
from pathlib import Path

from django_otp.oath import TOTP

from tests.browsers import Tab
from tests.journeys.live import LiveSite

WHOLE = "document.readyState === 'complete'"
_last_steps: dict[tuple[Path, str], int] = {}


def password_of(site: LiveSite, name: str) -> str:
    """Return the password of a demonstration account."""
    return _sign_in_of(site, name)["password"]


def unused_code(site: LiveSite, name: str) -> str:
    """Return a code of the account's app that was not used yet: its present one, or its next.

    A code lets in once and is good for half a minute, so a third one has to be waited for.
    """
    app = TOTP(bytes.fromhex(_sign_in_of(site, name)["app key"]))
    used = _last_steps.get((site.data, name), 0)
    while used > app.t():
        time.sleep(0.2)
    app.drift = max(0, used + 1 - app.t())
    _last_steps[site.data, name] = app.t()
    return f"{app.token():06d}"


def sign_in(tab: Tab, site: LiveSite, name: str) -> None:
    """Sign in as a demonstration account, and wait until it is greeted."""
    tab.go(f"{site.base}/staff/sign-in/")
    filled_in = {
        "username": name,
        "password": password_of(site, name),
        "code": unused_code(site, name),
    }
    for field, value in filled_in.items():
        tab.evaluate(f"(document.querySelector('[name={field}]').value = {json.dumps(value)})")
    tab.click("main .button")
    tab.wait_for(f"{WHOLE} && document.querySelector('h1').innerText.startsWith('Hello')")


def press(tab: Tab, selector: str, then: str) -> None:
    """Press a button and wait until the next page is whole and `then` finds something on it."""
    tab.evaluate("(document.documentElement.dataset.old = '1')")
    tab.click(selector)
    tab.wait_for(
        f"{WHOLE} && !document.documentElement.dataset.old"
        f" && !!document.querySelector({json.dumps(then)})"
    )


def _sign_in_of(site: LiveSite, name: str) -> dict[str, str]:
    found: dict[str, dict[str, str]] = json.loads((site.data / "demo-sign-in.txt").read_text())
    return found[name]
