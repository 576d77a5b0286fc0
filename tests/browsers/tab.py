"""What a journey can do in a tab, in the same words for both browsers."""

from __future__ import annotations

import json
import time
from abc import ABC, abstractmethod
from concurrent.futures import Future, wait
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from tests.browsers.wire import NoAnswer

WAIT_S = 60.0
HANDLED_WITHIN_S = 5.0
CLICKS_MOST = 3
FOCUSED_WITHIN_S = 5.0

# The middle of the part of an element that can be seen, after bringing it into view: it may lie
# outside the window, or be scrolled away in a box of its own.
_MIDDLE = """(() => {
  const e = [...document.querySelectorAll(%s)].find(e => e.getClientRects().length);
  if (!e) return null;
  let r = e.getClientRects()[0];
  const middle = () => [Math.round(r.left + r.width / 2), Math.round(r.top + r.height / 2)];
  const there = document.elementFromPoint(...middle());
  if (r.top < 0 || r.bottom > innerHeight || !there || !e.contains(there)) {
    e.scrollIntoView({block: 'center', behavior: 'instant'});
    r = e.getClientRects()[0];
  }
  return middle();
})()"""


@dataclass(frozen=True)
class Request:
    """One request that a tab made."""

    url: str
    method: str

    @property
    def host(self) -> str:
        """Host and port."""
        return urlsplit(self.url).netloc

    @property
    def path(self) -> str:
        """The path alone."""
        return urlsplit(self.url).path


class Tab(ABC):
    """One tab with a life of its own: no cookie or storage shared with another journey's."""

    def __init__(self, *, scripts: bool) -> None:
        self.scripts = scripts
        self._under_way: list[Future[Any]] = []

    # -- what each browser does in its own way --

    @abstractmethod
    def go(self, url: str) -> None:
        """Open an address and wait until the page is there."""

    @abstractmethod
    def evaluate(self, expression: str) -> Any:
        """Return what a JavaScript expression gives, as JSON would carry it. Raises NoAnswer."""

    @abstractmethod
    def mouse(self, does: str, x: int, y: int) -> None:
        """Let the mouse "move", press ("down") or release ("up") its left button; never waits."""

    @abstractmethod
    def touch(self, does: str, x: int, y: int) -> None:
        """Put a finger "down" or lift it ("up"); never waits."""

    @abstractmethod
    def keys(self, *steps: tuple[str, str]) -> None:
        """Press and release keys: ("down", "Shift"), ("up", "Shift"), ("down", "a")."""

    @abstractmethod
    def resize(self, width: int, height: int, *, zoom: float = 1) -> None:
        """Give the tab a size in CSS pixels at a device pixel ratio of `zoom`."""

    @abstractmethod
    def back(self) -> None:
        """Go back by the browser's own history, if there is anywhere to go."""

    @abstractmethod
    def lose_network(self) -> None:
        """Let every request from now on fail."""

    @abstractmethod
    def requests(self) -> list[Request]:
        """Return every request over HTTP so far."""

    @abstractmethod
    def said(self) -> list[str]:
        """Return what pages wrote to the console so far."""

    @abstractmethod
    def cookies(self) -> list[str]:
        """Return the names of all cookies of this tab's life."""

    @abstractmethod
    def screenshot(self, file: Path) -> None:
        """Save what is on the screen as PNG."""

    @abstractmethod
    def print_out(self, width_cm: float, height_cm: float) -> bytes:
        """Return the PDF of the page, printed on paper of that size."""

    @abstractmethod
    def close(self) -> None:
        """Close the tab and forget its life."""

    # -- what follows from that --

    def wait_for(self, expression: str, *, within_s: float = WAIT_S) -> Any:
        """Wait until an expression is true and return its value. Fails with what was there."""
        end = time.monotonic() + within_s
        last: object = None
        while time.monotonic() < end:
            try:
                last = self.evaluate(expression)
                if last or isinstance(last, dict):  # an element is {} over JSON
                    return last
            except NoAnswer as gone:
                last = gone
            time.sleep(0.03)
        raise AssertionError(f"waited in vain for {expression}; last {last!r}; at {self.where()}")

    def where(self) -> str:
        """Return address and heading of what is shown, for messages."""
        try:
            return str(
                self.evaluate(
                    "location.href + ' · ' + document.readyState + ' · ' + "
                    "((document.querySelector('main') || document.body || {}).innerText || '')"
                    ".slice(0, 300)"
                )
            )
        except NoAnswer as gone:
            return repr(gone)

    def settle(self) -> None:
        """Wait until what hands did so far was handled; a page that went away gives no word.

        Keys and clicks are sent without waiting, because a page may go away because of them. What
        moves the page comes after them, or a click lands beside the place it was meant for.
        """
        wait(self._under_way, timeout=HANDLED_WITHIN_S)
        self._under_way.clear()

    def middle_of(self, selector: str) -> tuple[int, int]:
        """Return the middle of the first visible element that `selector` finds."""
        self.settle()
        x, y = self.wait_for(_MIDDLE % json.dumps(selector))
        return x, y

    def press(self, selector: str) -> tuple[int, int]:
        """Move the mouse to an element and press, without releasing. Returns where."""
        x, y = self.middle_of(selector)
        self.mouse("move", x, y)
        self.mouse("down", x, y)
        return x, y

    def click(self, selector: str) -> None:
        """Click an element with the mouse."""
        x, y = self.press(selector)
        self.mouse("up", x, y)

    def tap(self, selector: str) -> None:
        """Tap an element with a finger."""
        x, y = self.middle_of(selector)
        self.touch("down", x, y)
        self.touch("up", x, y)

    def key(self, *names: str) -> None:
        """Press and release keys one after the other."""
        self.keys(*(step for name in names for step in (("down", name), ("up", name))))

    def type(self, text: str) -> None:
        """Type small letters, figures and spaces where the focus is."""
        self.key(*text)

    def write(self, field: str, text: str) -> None:
        """Type such a text into an empty field, and wait until it stands there.

        A window that was just drawn may swallow a click, and what comes up above the field may
        move it from under the mouse: then it is clicked again.
        """
        for _ in range(CLICKS_MOST):
            self.click(field)
            if self._has_focus(field):
                break
        self.type(text)
        self.wait_for(f"document.querySelector({json.dumps(field)}).value === {json.dumps(text)}")

    def _has_focus(self, selector: str) -> bool:
        try:
            self.wait_for(
                f"document.hasFocus() && document.activeElement.matches({json.dumps(selector)})",
                within_s=FOCUSED_WITHIN_S,
            )
        except AssertionError:
            return False
        return True

    def here(self) -> str:
        """Return the canonical path of the page shown, "" when it is none of ours."""
        found = "(document.getElementById('page') || {dataset: {}}).dataset.here || ''"
        return str(self.evaluate(found))

    def wait_until_on(self, path: str) -> None:
        """Wait until the page with this canonical path is shown, whole."""
        self.wait_for(
            "document.readyState === 'complete' && "
            f"(document.getElementById('page') || {{dataset: {{}}}}).dataset.here === {path!r}"
        )

    def move_to(self, path: str) -> None:
        """Follow a link of the page by a click and wait for the page it leads to."""
        self.click(f'[data-to="{path}"]')
        self.wait_until_on(path)

    def text(self, selector: str = "body") -> str:
        """Return the visible text of an element."""
        return str(self.wait_for(f"document.querySelector({json.dumps(selector)}).innerText"))


class Browser(ABC):
    """A running browser with a profile of its own."""

    @abstractmethod
    def new_tab(self) -> Tab:
        """Open a tab with a life of its own."""

    @abstractmethod
    def first_tab(self) -> Tab:
        """Return the tab that the browser opened with, which shares the browser's profile."""

    @abstractmethod
    def close(self) -> None:
        """Quit as a person would, so that everything is written to the profile as usual."""
