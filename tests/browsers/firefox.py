"""Firefox, driven by its built-in WebDriver BiDi (https://w3c.github.io/webdriver-bidi/).

Without scripts means the preference `javascript.enabled`, as a careful person sets it; what a
journey asks then runs in a sandbox beside the page.
"""

from __future__ import annotations

import base64
import json
import os
from pathlib import Path
from typing import Any

from tests.browsers.process import Process, find_program
from tests.browsers.tab import Browser, Request, Tab
from tests.browsers.wire import NoAnswer, Wire

# Quiet at start; nothing here touches cache, history or session files. `remote.prefs.recommended`
# would: it is Firefox's own set of changes for robots.
_PREFERENCES: dict[str, bool | int | str] = {
    "remote.prefs.recommended": False,
    "browser.shell.checkDefaultBrowser": False,
    "browser.aboutwelcome.enabled": False,
    "browser.preonboarding.enabled": False,
    "termsofuse.bypassNotification": True,
    "browser.startup.homepage_override.mstone": "ignore",
    "browser.startup.page": 0,
    "browser.newtabpage.enabled": False,
    "browser.warnOnQuit": False,
    "browser.tabs.warnOnClose": False,
    "browser.translations.enable": False,
    "datareporting.policy.dataSubmissionEnabled": False,
    "toolkit.telemetry.server": "",
    "app.normandy.enabled": False,
    "app.update.disabledForTesting": True,
    "extensions.update.enabled": False,
    "browser.safebrowsing.malware.enabled": False,
    "browser.safebrowsing.phishing.enabled": False,
    "network.captive-portal-service.enabled": False,
    "network.connectivity-service.enabled": False,
    "services.settings.server": "data:,#remote-settings-dummy/v1",
    "toolkit.startup.max_resumed_crashes": -1,
}
_EVENTS = ["network.beforeRequestSent", "log.entryAdded"]
_NAMED_KEYS = {
    "Tab": "\ue004",
    "Enter": "\ue007",
    "Shift": "\ue008",
    "Escape": "\ue00c",
    "ArrowDown": "\ue015",
    "Alt": "\ue00a",
}


class Firefox(Browser):
    """A Firefox with its own profile folder. `display` is an X display for a window to see."""

    def __init__(self, folder: Path, *, scripts: bool, display: str = "") -> None:
        self.profile = folder / "profile"
        self.profile.mkdir(parents=True)
        self._scripts = scripts
        self._write_preferences(scripts=scripts)
        home = folder / "home"
        home.mkdir()
        environment = os.environ | {"HOME": str(home), "DISPLAY": display}
        command = [
            find_program("firefox-esr", "firefox", package="firefox-esr"),
            *(
                "--profile",
                str(self.profile),
                "--no-remote",
                "--remote-debugging-port",
                "0",
            ),
            *("--width", "1280", "--height", "900"),
            *([] if display else ["--headless"]),
            "about:blank",
        ]
        self._process = Process(command, folder / "firefox.log", environment)
        self._wire = Wire(self._process.wait_until(self._address))
        self._wire.ask("session.new", {"capabilities": {}}, within_s=60)

    def _write_preferences(self, *, scripts: bool) -> None:
        chosen = _PREFERENCES | ({} if scripts else {"javascript.enabled": False})
        lines = [f'user_pref("{name}", {json.dumps(value)});' for name, value in chosen.items()]
        (self.profile / "user.js").write_text("\n".join(lines) + "\n")

    def _address(self) -> str | None:
        file = self.profile / "WebDriverBiDiServer.json"
        try:
            server = json.loads(file.read_text())
        except (OSError, ValueError):
            return None
        return f"ws://{server['ws_host']}:{server['ws_port']}/session"

    def first_tab(self) -> Tab:
        """Return the tab that the browser opened with."""
        context = self._wire.ask("browsingContext.getTree")["contexts"][0]["context"]
        return FirefoxTab(self._wire, context, scripts=self._scripts)

    def new_tab(self) -> Tab:
        """Open a tab with a life of its own."""
        life = self._wire.ask("browser.createUserContext")["userContext"]
        context = self._wire.ask("browsingContext.create", {"type": "tab", "userContext": life})
        tab = FirefoxTab(self._wire, context["context"], scripts=self._scripts, life=life)
        tab.watch_network()
        return tab

    def close(self) -> None:
        """Quit and wait until the profile is written."""
        if not self._process.wait_for_end(0):
            try:
                self._wire.ask("browser.close", within_s=15)
            except NoAnswer:
                pass
        self._wire.close()
        self._process.wait_for_end(20)
        self._process.end()

    def wait_for_end(self, within_s: float) -> bool:
        """Return whether the browser, told to quit from its window, ended in time."""
        return self._process.wait_for_end(within_s)


class FirefoxTab(Tab):
    """One tab of a Firefox."""

    def __init__(self, wire: Wire, context: str, *, scripts: bool, life: str = "") -> None:
        super().__init__(scripts=scripts)
        self._wire, self._context, self._life = wire, context, life

    def watch_network(self) -> None:
        """Note requests and console of this tab, and give it the focus."""
        self._ask("session.subscribe", events=_EVENTS, here="contexts")
        self._ask("browsingContext.activate")

    def go(self, url: str) -> None:
        """Open an address and wait until the page is there."""
        self._ask("browsingContext.navigate", url=url, wait="complete")

    def evaluate(self, expression: str) -> Any:
        """Return what an expression gives."""
        answer = self._wire.ask(
            "script.evaluate",
            {
                "expression": f"JSON.stringify({expression})",
                "target": {"context": self._context, "sandbox": "journey"},
                "awaitPromise": False,
            },
        )
        if answer["type"] == "exception":
            raise NoAnswer(answer["exceptionDetails"]["text"])
        value = answer["result"].get("value")
        return None if value is None else json.loads(value)

    def mouse(self, does: str, x: int, y: int) -> None:
        """Move, press or release."""
        self._point("mouse", does, x, y)

    def touch(self, does: str, x: int, y: int) -> None:
        """Put a finger down or lift it."""
        if does == "down":
            self._point("touch", "move", x, y)
        self._point("touch", does, x, y)

    def _point(self, kind: str, does: str, x: int, y: int) -> None:
        action: dict[str, Any] = {"type": f"pointer{does.capitalize()}"}
        action |= {"x": x, "y": y} if does == "move" else {"button": 0}
        source = {"type": "pointer", "id": kind, "actions": [action]}
        self._act(source | {"parameters": {"pointerType": kind}})

    def keys(self, *steps: tuple[str, str]) -> None:
        """Press and release keys."""
        actions = [
            {"type": f"key{does.capitalize()}", "value": _NAMED_KEYS.get(name, name)}
            for does, name in steps
        ]
        self._act({"type": "key", "id": "keyboard", "actions": actions})

    def _act(self, source: dict[str, Any]) -> None:
        params = {"context": self._context, "actions": [source]}
        self._under_way.append(self._wire.tell("input.performActions", params))

    def resize(self, width: int, height: int, *, zoom: float = 1) -> None:
        """Give the tab a size in CSS pixels."""
        self._ask(
            "browsingContext.setViewport",
            viewport={"width": width, "height": height},
            devicePixelRatio=zoom,
        )

    def back(self) -> None:
        """Go back by the browser's own history."""
        try:
            self._ask("browsingContext.traverseHistory", delta=-1)
        except NoAnswer:
            pass  # nowhere to go

    def lose_network(self) -> None:
        """Let every request fail."""
        self._ask(
            "emulation.setNetworkConditions",
            networkConditions={"type": "offline"},
            here="contexts",
        )

    def requests(self) -> list[Request]:
        """Return every request so far."""
        events = self._wire.heard("network.beforeRequestSent")
        found = [
            Request(event["request"]["url"], event["request"]["method"])
            for event in events
            if event["context"] == self._context
        ]
        return [request for request in found if not request.url.startswith("data:")]

    def said(self) -> list[str]:
        """Return what pages wrote to the console."""
        events = self._wire.heard("log.entryAdded")
        here = [event for event in events if event["source"].get("context") == self._context]
        return [str(event["text"]) for event in here]

    def cookies(self) -> list[str]:
        """Return the names of all cookies."""
        where = {"type": "context", "context": self._context}
        answer = self._wire.ask("storage.getCookies", {"partition": where})
        return [cookie["name"] for cookie in answer["cookies"]]

    def screenshot(self, file: Path) -> None:
        """Save what is on the screen."""
        file.write_bytes(base64.b64decode(self._ask("browsingContext.captureScreenshot")["data"]))

    def print_out(self, width_cm: float, height_cm: float) -> bytes:
        """Return the PDF of the page."""
        size = {"width": width_cm, "height": height_cm}
        printed = self._ask("browsingContext.print", page=size, shrinkToFit=False)
        return base64.b64decode(printed["data"])

    def close(self) -> None:
        """Close the tab and forget its life."""
        if self._life:
            self._wire.ask("browser.removeUserContext", {"userContext": self._life})

    def _ask(self, method: str, *, here: str = "context", **params: Any) -> dict[str, Any]:
        """Ask about this tab, named as `context` or as the only one of `contexts`."""
        where = self._context if here == "context" else [self._context]
        return self._wire.ask(method, {here: where, **params})
