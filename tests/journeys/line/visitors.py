"""Somebody who talks to the line in a browser of her own, with scripts or without.

Both kinds do the same, in the same words, so that a journey reads alike for each.
"""

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
# Something in a frame; where its middle is on the screen; what the frame shows.
INSIDE = "document.querySelector('iframe[name=%s]')?.contentDocument?.querySelector(%s)"
MIDDLE_INSIDE = """(() => {
  const frame = document.querySelector('iframe[name=%s]'), page = frame.contentDocument;
  const found = page && page.readyState !== 'loading' && page.querySelector(%s);
  if (!found || !found.getClientRects().length) return null;
  frame.scrollIntoView({block: 'center', behavior: 'instant'});
  found.scrollIntoView({block: 'nearest', behavior: 'instant'});
  const r = found.getClientRects()[0], f = frame.getBoundingClientRect();
  return [Math.round(f.left + frame.clientLeft + r.left + r.width / 2),
    Math.round(f.top + frame.clientTop + r.top + r.height / 2)];
})()"""
FRAME_TEXT = "(document.querySelector('iframe[name=%s]')?.contentDocument?.body?.innerText || '')"
# The button of the short wait, once it can be seen.
SOON = """(document.querySelector('.soon')
  && getComputedStyle(document.querySelector('.soon')).visibility === 'visible')"""
# The page itself says what it shows at the end, however short.
TELLS_OF_THE_END = """(new MutationObserver(() => {
  const end = document.querySelector('[data-line=over]');
  if (end) window.console.log(document.querySelector('main').innerText);
}).observe(document.querySelector('main'), {childList: true, subtree: true}) || 1)"""
WAITS_MOST = 4


class Visitor(ABC):
    """A visitor at one tab. `base` is where she finds the site."""

    def __init__(self, tab: Tab, base: str) -> None:
        self.tab = tab
        self.base = base

    @abstractmethod
    def opens_a_chat(self, language: str = "en") -> None:
        """Choose "Chat now" and wait until the chat is there."""

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
    def opens_with(self, words: list[str]) -> None:
        """Come back with six words, and wait until the talk is open."""

    @abstractmethod
    def deletes_everything(self) -> str:
        """Delete everything; return what the page then says."""

    @abstractmethod
    def answers(self, word: str) -> None:
        """Answer what the talk asks her to allow: given, refused, or later revoked."""

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

    def leaves(self) -> None:
        """Press the X, and wait until the neutral site is there."""
        self.tab.click("#leave")
        self.tab.wait_for(AT_NEUTRAL)

    def goes_back_with(self, words: list[str], language: str = "en") -> None:
        """Begin anew at the first page, and come back."""
        self.starts(language)
        self.tab.click(f'[data-to="/{language}/talk/back/"]')
        self.opens_with(words)

    def types(self, field: str, text: str) -> None:
        """Type into a field of the page."""
        self.tab.click(field)
        self.tab.type(text)
        self.tab.wait_for(
            f"document.querySelector({json.dumps(field)}).value === {json.dumps(text)}"
        )

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


class WithScripts(Visitor):
    """Her own browser seals and opens."""

    def opens_a_chat(self, language: str = "en") -> None:
        """See Visitor."""
        self.starts(language)
        self.tab.click("[data-line=chat] button.button")
        self.tab.wait_for("document.querySelector('[data-line=state] b')")

    def writes(self, text: str) -> None:
        """See Visitor."""
        self.sends(text)
        self.tab.wait_for(
            "Array.from(document.querySelectorAll('[data-line=log] .mine'), one => one.innerText)"
            f".some(one => one.includes({json.dumps(text)}) && one.includes('sent'))"
        )

    def sends(self, text: str) -> None:
        """Write and press "Send", whether it goes or not."""
        self.types("#text", text)
        self.tab.click("[data-line=write] button.button")

    def said(self) -> str:
        """See Visitor."""
        found = "(document.querySelector('[data-line=log]') || {}).innerText || ''"
        return str(self.tab.evaluate(found))

    def is_told(self, text: str) -> None:
        """See Visitor."""
        self.tab.wait_for(
            "((document.querySelector('[data-line=log]') || {}).innerText || '')"
            f".includes({json.dumps(text)})"
        )

    def keeps_it(self) -> list[str]:
        """See Visitor."""
        self.tab.click("[data-line=keep]")
        self.tab.wait_for("document.querySelectorAll('.six li').length === 6")
        words: list[str] = self.tab.evaluate(SIX)
        self.tab.click("[data-line=try]")
        self.tab.wait_for("document.querySelector('[data-line=picks]')")
        self.tab.evaluate(PICK % json.dumps(words))
        self.tab.click("[data-line=picks] button.button")
        self.tab.wait_for("document.querySelector('[data-line=days]')")
        return words

    def opens_with(self, words: list[str]) -> None:
        """See Visitor."""
        self.tab.wait_for("document.querySelector('[data-line=come-back]')")
        self.types("#words", " ".join(words))
        self.tab.click("[data-line=come-back] button.button")
        self.tab.wait_for("document.querySelector('[data-line=days]')")

    def deletes_everything(self) -> str:
        """See Visitor."""
        self.tab.evaluate(TELLS_OF_THE_END)
        self.tab.click("[data-line=delete]")
        self.tab.click("[data-line=yes]")
        self.tab.wait_for("document.querySelector('main').innerText.includes('Keys that opened')")
        return self.tab.text("main")

    def answers(self, word: str) -> None:
        """See Visitor."""
        self.tab.click(f"[data-consent] [data-answer={word}]:not([hidden])")

    def standing(self) -> str:
        """See Visitor."""
        return self.tab.text("[data-line=state]")

    def is_with(self, name: str) -> None:
        """See Visitor."""
        found = "document.querySelector('[data-line=state]').innerText"
        self.tab.wait_for(f"{found}.includes({json.dumps(f'Here with you: {name}.')})")

    def is_told_of_the_end(self) -> None:
        """See Visitor."""
        self.tab.wait_for(f"{HEADING} === 'The chat has ended'")


class WithoutScripts(Visitor):
    """Form posts, and a frame that grows; the server seals and opens."""

    def opens_a_chat(self, language: str = "en") -> None:
        """See Visitor."""
        self.starts(language)
        self.tab.click("[data-line=chat] button.button")
        self.goes_on_to("[data-line=chat-page]")

    def writes(self, text: str) -> None:
        """See Visitor."""
        self.sends(text)
        self.tab.wait_for(f"({FRAME_TEXT % 'line-write'}).includes('Sent at')")

    def sends(self, text: str) -> None:
        """Write and press "Send", whether it goes or not."""
        field = INSIDE % ("line-write", '"#text"')
        self.click_inside("line-write", "#text")
        self.tab.type(text)
        self.tab.wait_for(f"{field}.value === {json.dumps(text)}")
        self.click_inside("line-write", "form .button")
        self.tab.wait_for(f"({field} || {{}}).value === ''")

    def said(self) -> str:
        """See Visitor."""
        if self.tab.evaluate("!!document.querySelector('[data-line=kept-page]')"):
            return self.tab.text("[data-line=log]")
        return str(self.tab.evaluate(FRAME_TEXT % "line-log"))

    def is_told(self, text: str) -> None:
        """See Visitor."""
        if self.tab.evaluate("!!document.querySelector('[data-line=chat-page]')"):
            self.watches()
        found = f"({FRAME_TEXT % 'line-log'} || document.body.innerText)"
        self.tab.wait_for(f"{found}.includes({json.dumps(text)})")

    def watches(self) -> None:
        """Let messages come into the frame by themselves, unless they do."""
        is_still = INSIDE % ("line-log", '".start .button"')
        if self.tab.wait_for(f"({FRAME_TEXT % 'line-log'}) !== ''") and self.tab.evaluate(
            f"!!{is_still}"
        ):
            self.click_inside("line-log", ".start .button")
            self.tab.wait_for(f"!{is_still} && ({FRAME_TEXT % 'line-log'}) !== ''")

    def looks_again(self) -> None:
        """Press "Show new messages", and wait for the page."""
        self.presses("[data-line=refresh]", "[data-line=chat-page]")

    def keeps_it(self) -> list[str]:
        """See Visitor."""
        self.presses("[data-line=keep]", ".six li")
        words: list[str] = self.tab.evaluate(SIX)
        self.presses("[name=step][value=ask]", ".picks input")
        self.tab.evaluate(PICK % json.dumps(words))
        self.presses("[name=step][value=check]", "main .choices .button[name=to]")
        assert self.tab.evaluate(HEADING) == "You have them. It is kept."
        self.presses("main .choices .button[name=to]", "[data-line=chat-page]")
        return words

    def opens_with(self, words: list[str]) -> None:
        """See Visitor."""
        self.tab.wait_for("document.querySelector('[data-line=back-form]')")
        self.types("#words", " ".join(words))
        self.tab.click("[data-line=back-form] .button")
        self.goes_on_to("[data-line=kept-page]")

    def deletes_everything(self) -> str:
        """See Visitor."""
        self.presses("[data-line=delete]", "[name=sure]")
        self.presses("[name=sure]", ".ticks")
        return self.tab.text("main")

    def answers(self, word: str) -> None:
        """See Visitor."""
        self.looks_again()
        self.click_inside("line-log", f"[data-line=consent] [value={word}]")
        button = INSIDE % ("line-log", json.dumps(f"[data-line=consent] [value={word}]"))
        self.tab.wait_for(f"{FRAME_TEXT % 'line-log'} !== '' && !{button}")

    def click_inside(self, frame: str, selector: str) -> None:
        """Click an element of a frame with the mouse."""
        self.tab.settle()
        x, y = self.tab.wait_for(MIDDLE_INSIDE % (frame, json.dumps(selector)))
        self.tab.mouse("move", x, y)
        self.tab.mouse("down", x, y)
        self.tab.mouse("up", x, y)

    def standing(self) -> str:
        """See Visitor."""
        self.looks_again()
        return self.tab.text("[data-line=state]")

    def is_with(self, name: str) -> None:
        """See Visitor."""
        self.watches()
        lines = f"{FRAME_TEXT % 'line-log'}.split('\\n')"
        self.tab.wait_for(f"{lines}.includes({json.dumps(f'{name} is here with you.')})")

    def is_told_of_the_end(self) -> None:
        """See Visitor."""
        self.watches()
        self.tab.wait_for(f"{FRAME_TEXT % 'line-log'}.includes('This chat has ended.')")


def visitor_at(tab: Tab, base: str) -> Visitor:
    """Return the kind of visitor that a tab makes."""
    return WithScripts(tab, base) if tab.scripts else WithoutScripts(tab, base)
