"""Chromium, driven by its DevTools protocol (https://chromedevtools.github.io/devtools-protocol/).

Only commands that do not change how the browser caches or keeps history are used.
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

_SWITCHES = (
    "--remote-debugging-port=0",
    "--no-sandbox",
    "--no-first-run",
    "--no-default-browser-check",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-gpu",
    "--password-store=basic",
    "--disable-search-engine-choice-screen",
    "--window-size=1280,900",
    "--window-position=0,0",
    "--force-device-scale-factor=1",
)
# name → (code, Windows key code, text that the key writes)
_NAMED_KEYS = {
    "Tab": ("Tab", 9, ""),
    "Enter": ("Enter", 13, "\r"),
    "Shift": ("ShiftLeft", 16, ""),
    "Escape": ("Escape", 27, ""),
    " ": ("Space", 32, " "),
    "ArrowDown": ("ArrowDown", 40, ""),
    "Alt": ("AltLeft", 18, ""),
}
_MODIFIERS = {"Alt": 1, "Shift": 8}
_INCH_CM = 2.54


class Chromium(Browser):
    """A Chromium with its own profile folder. `display` is an X display for a window to see."""

    def __init__(self, folder: Path, *, scripts: bool, display: str = "") -> None:
        self.profile = folder / "profile"
        self.profile.mkdir(parents=True)
        self._scripts = scripts
        self._home = folder / "home"
        self._home.mkdir()
        environment = os.environ | {"HOME": str(self._home), "DISPLAY": display}
        command = [
            find_program("chromium", "chromium-browser", package="chromium"),
            f"--user-data-dir={self.profile}",
            *_SWITCHES,
            *([] if display else ["--headless=new"]),
            "about:blank",
        ]
        self._process = Process(command, folder / "chromium.log", environment)
        self._wire = Wire(self._process.wait_until(self._address))

    def _address(self) -> str | None:
        file = self.profile / "DevToolsActivePort"
        lines = file.read_text().split() if file.exists() else []
        return f"ws://127.0.0.1:{lines[0]}{lines[1]}" if len(lines) > 1 else None

    def first_tab(self) -> Tab:
        """Return the tab that the browser opened with."""
        return ChromiumTab(self._wire, self._first_target(), scripts=self._scripts)

    def new_tab(self) -> Tab:
        """Open a tab with a life of its own."""
        life = self._wire.ask("Target.createBrowserContext")["browserContextId"]
        # A life made by this protocol saves no files unless it is told where.
        saving = {"behavior": "allow", "downloadPath": str(self._home), "browserContextId": life}
        self._wire.ask("Browser.setDownloadBehavior", saving)
        target = self._wire.ask(
            "Target.createTarget", {"url": "about:blank", "browserContextId": life}
        )["targetId"]
        tab = ChromiumTab(self._wire, target, scripts=self._scripts, life=life)
        tab.watch_network()
        return tab

    def close(self) -> None:
        """Quit and wait until the profile is written."""
        try:
            self._wire.ask("Browser.close", within_s=10)
        except NoAnswer:
            pass
        self._wire.close()
        self._process.wait_for_end(20)
        self._process.end()

    def _first_target(self) -> str:
        targets = self._wire.ask("Target.getTargets")["targetInfos"]
        return next(str(target["targetId"]) for target in targets if target["type"] == "page")


class ChromiumTab(Tab):
    """One tab of a Chromium."""

    def __init__(self, wire: Wire, target: str, *, scripts: bool, life: str = "") -> None:
        super().__init__(scripts=scripts)
        self._wire, self._target, self._life = wire, target, life
        attached = wire.ask("Target.attachToTarget", {"targetId": target, "flatten": True})
        self._session = attached["sessionId"]
        self._held: set[str] = set()
        self._ask("Page.enable")
        if not scripts:
            self._ask("Emulation.setScriptExecutionDisabled", {"value": True})

    def watch_network(self) -> None:
        """Note requests and console, and behave as a tab that has the focus."""
        self._ask("Network.enable")
        self._ask("Runtime.enable")
        self._ask("Emulation.setFocusEmulationEnabled", {"enabled": True})
        self._ask("Emulation.setTouchEmulationEnabled", {"enabled": True})

    def go(self, url: str) -> None:
        """Open an address and wait until the page is there."""
        mark = self._wire.mark()
        self._ask("Page.navigate", {"url": url})
        self._wire.wait_for_event(
            "Page.loadEventFired", since=mark, within_s=60, session=self._session
        )

    def evaluate(self, expression: str) -> Any:
        """Return what an expression gives."""
        params = {"expression": f"JSON.stringify({expression})", "returnByValue": True}
        answer = self._ask("Runtime.evaluate", params)
        if "exceptionDetails" in answer:
            raise NoAnswer(answer["exceptionDetails"]["exception"].get("description", ""))
        value = answer["result"].get("value")
        return None if value is None else json.loads(value)

    def mouse(self, does: str, x: int, y: int) -> None:
        """Move, press or release."""
        kind = {"move": "mouseMoved", "down": "mousePressed", "up": "mouseReleased"}[does]
        params = {"type": kind, "x": x, "y": y}
        if does != "move":
            params |= {
                "button": "left",
                "clickCount": 1,
                "buttons": int(does == "down"),
            }
        self._tell("Input.dispatchMouseEvent", params)

    def touch(self, does: str, x: int, y: int) -> None:
        """Put a finger down or lift it."""
        points = [{"x": x, "y": y}] if does == "down" else []
        kind = "touchStart" if does == "down" else "touchEnd"
        self._tell("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

    def keys(self, *steps: tuple[str, str]) -> None:
        """Press and release keys."""
        for does, name in steps:
            (self._held.add if does == "down" else self._held.discard)(name)
            code, number, text = _NAMED_KEYS.get(name) or _sign(name)
            params = {
                "type": "keyUp" if does == "up" else "keyDown" if text else "rawKeyDown",
                "key": name,
                "code": code,
                "windowsVirtualKeyCode": number,
                "modifiers": sum(_MODIFIERS.get(held, 0) for held in self._held),
            }
            if text and does == "down":
                params["text"] = text
            self._tell("Input.dispatchKeyEvent", params)

    def resize(self, width: int, height: int, *, zoom: float = 1) -> None:
        """Give the tab a size in CSS pixels."""
        params = {
            "width": width,
            "height": height,
            "deviceScaleFactor": zoom,
            "mobile": False,
        }
        self._ask("Emulation.setDeviceMetricsOverride", params)

    def back(self) -> None:
        """Go back by the browser's own history."""
        history = self._ask("Page.getNavigationHistory")
        if history["currentIndex"] > 0:
            entry = history["entries"][history["currentIndex"] - 1]["id"]
            self._tell("Page.navigateToHistoryEntry", {"entryId": entry})

    def lose_network(self) -> None:
        """Let every request fail."""
        params = {
            "offline": True,
            "latency": 0,
            "downloadThroughput": 0,
            "uploadThroughput": 0,
        }
        self._ask("Network.emulateNetworkConditions", params)

    def requests(self) -> list[Request]:
        """Return every request so far."""
        events = self._wire.heard("Network.requestWillBeSent", session=self._session)
        found = [Request(e["request"]["url"], e["request"]["method"]) for e in events]
        return [request for request in found if not request.url.startswith("data:")]

    def said(self) -> list[str]:
        """Return what pages wrote to the console."""
        events = self._wire.heard("Runtime.consoleAPICalled", session=self._session)
        return [str(event["args"][0].get("value")) for event in events]

    def cookies(self) -> list[str]:
        """Return the names of all cookies."""
        params = {"browserContextId": self._life} if self._life else {}
        return [c["name"] for c in self._wire.ask("Storage.getCookies", params)["cookies"]]

    def screenshot(self, file: Path) -> None:
        """Save what is on the screen."""
        file.write_bytes(base64.b64decode(self._ask("Page.captureScreenshot")["data"]))

    def print_out(self, width_cm: float, height_cm: float) -> bytes:
        """Return the PDF of the page; a style sheet's margins count."""
        size = {"paperWidth": width_cm / _INCH_CM, "paperHeight": height_cm / _INCH_CM}
        return base64.b64decode(self._ask("Page.printToPDF", size)["data"])

    def close(self) -> None:
        """Close the tab and forget its life."""
        if self._life:
            self._wire.ask("Target.disposeBrowserContext", {"browserContextId": self._life})

    def _ask(self, method: str, params: dict[str, Any] | None = None) -> dict[str, Any]:
        return self._wire.ask(method, params, sessionId=self._session)

    def _tell(self, method: str, params: dict[str, Any]) -> None:
        self._under_way.append(self._wire.tell(method, params, sessionId=self._session))


def _sign(name: str) -> tuple[str, int, str]:
    """Return code, Windows key code and text of a letter's or a figure's key."""
    return f"{'Digit' if name.isdigit() else 'Key'}{name.upper()}", ord(name[0]), name
