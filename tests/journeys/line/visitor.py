"""What somebody who talks to the line does at her tab, with scripts or without."""

from __future__ import annotations

import json
from abc import ABC, abstractmethod

from tests.browsers import Tab

AT_NEUTRAL = "document.readyState === 'complete' && document.title === 'Weather'"
SIX = "Array.from(document.querySelectorAll('.six li'), word => word.textContent)"
HEADING = "(document.querySelector('h1') || {}).innerText"
# A driver's questions are no script of the page, but its policy holds for them: no eval.
PICK = """(() => {
  const words = %s;
  document.querySelectorAll('.picks input').forEach(radio => {
    radio.checked = words[Number(radio.name.slice(4)) - 1] === radio.value;
  });
  return true;
})()"""
# The button of the short wait, once it can be seen.
SOON = """(document.querySelector('.soon')
  && getComputedStyle(document.querySelector('.soon')).visibility === 'visible')"""
ITS_TIME_IS_OVER = "The time for this is over. It may not be passed on any more."
JOB_WITHIN_S = 240.0  # what ends by itself is looked for each minute
WAITS_MOST = 4


class Visitor(ABC):
    """A visitor at one tab. `base` is where she finds the site."""

    def __init__(self, tab: Tab, base: str) -> None:
        self.tab = tab
        self.base = base

    @abstractmethod
    def goes_into_a_chat(self) -> None:
        """Choose "Chat now" on the first page, and wait until the chat is there."""

    @abstractmethod
    def writes(self, text: str) -> None:
        """Write and send, and wait until it is marked as sent."""

    @abstractmethod
    def said(self) -> str:
        """Return what the chat or the kept talk shows of what was said."""

    @abstractmethod
    def is_told(self, text: str) -> None:
        """Wait until `text` stands in the chat."""

    @abstractmethod
    def keeps_it(self) -> list[str]:
        """Keep the chat; return the six words, once they were picked out again."""

    @abstractmethod
    def leaves_a_message(self, text: str) -> list[str]:
        """Leave a message; return the six words, once they were picked out again."""

    @abstractmethod
    def opens_with(self, words: list[str]) -> None:
        """Come back with six words, and wait until the talk is open."""

    @abstractmethod
    def deletes_everything(self) -> str:
        """Delete everything; return what the page then says."""

    @abstractmethod
    def answers(self, word: str) -> None:
        """Answer what the talk asks her to allow: given, refused, or later revoked."""

    @abstractmethod
    def is_told_of_a_consents_end(self) -> None:
        """Wait until the time of something she allowed is over, and the page says so."""

    @abstractmethod
    def standing(self) -> str:
        """Return where the chat stands now, in the page's words."""

    @abstractmethod
    def is_with(self, name: str) -> None:
        """Wait until one advocate alone is with her."""

    @abstractmethod
    def is_told_of_the_end(self) -> None:
        """Wait until the page says that the chat has ended."""

    def starts(self, language: str = "en") -> None:
        """Go to the line's first page."""
        self.tab.go(f"{self.base}/{language}/talk/")

    def opens_a_chat(self, language: str = "en") -> None:
        """Go to the first page and into a chat."""
        self.starts(language)
        self.goes_into_a_chat()

    def leaves(self) -> None:
        """Press the X, and wait until the neutral site is there."""
        self.tab.click("#leave")
        self.tab.wait_for(AT_NEUTRAL)

    def goes_back_with(self, words: list[str], language: str = "en") -> None:
        """Begin anew at the first page, and come back."""
        self.starts(language)
        self.tab.click(f'[data-to="/{language}/talk/back/"]')
        self.opens_with(words)

    def chooses(self, field: str, value: str) -> None:
        """Choose from a list of the page."""
        self.tab.evaluate(
            f"(document.querySelector({json.dumps(field)}).value = {json.dumps(value)})"
        )

    def presses(self, button: str, then: str) -> None:
        """Press a button, and wait until the next page is whole and shows `then`."""
        self.tab.evaluate("(document.getElementById('page').dataset.old = '1')")
        self.tab.click(button)
        self.tab.wait_for(
            "document.readyState === 'complete' && document.getElementById('page')"
            " && !document.getElementById('page').dataset.old"
            f" && !!document.querySelector({json.dumps(then)})"
        )

    def goes_on_to(self, selector: str) -> None:
        """Wait until the page shows `selector`; go on from the page of the short wait."""
        is_there = f"!!document.querySelector({json.dumps(selector)})"
        for _ in range(WAITS_MOST):
            self.tab.wait_for(f"document.readyState === 'complete' && ({is_there} || {SOON})")
            if self.tab.evaluate(is_there):
                return
            self.presses(".soon", f"{selector}, .soon")
        raise AssertionError(f"still the wait; at {self.tab.where()}")
