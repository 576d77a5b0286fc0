"""A visitor without scripts: form posts and a frame that grows; the server seals and opens."""

from __future__ import annotations

import json

from tests.journeys.line.visitor import HEADING, ITS_TIME_IS_OVER, PICK, SIX, Visitor

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
ANSWERS = '"[name=answer]"'


class WithoutScripts(Visitor):
    """Form posts, and a frame that grows; the server seals and opens."""

    def goes_into_a_chat(self) -> None:
        """See Visitor."""
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
        return self._picks_them_out("[data-line=chat-page]")

    def leaves_a_message(self, text: str) -> list[str]:
        """See Visitor."""
        self.starts()
        self.tab.click("[data-line=message] button.button")
        self.tab.wait_for("document.querySelector('[data-line=message-form]')")
        self.tab.write("#text", text)
        self.tab.click("[data-line=message-form] .button")
        self.goes_on_to(".six li")
        return self._picks_them_out("[data-line=kept-page]")

    def _picks_them_out(self, then: str) -> list[str]:
        words: list[str] = self.tab.evaluate(SIX)
        self.presses("[name=step][value=ask]", ".picks input")
        self.tab.evaluate(PICK % json.dumps(words))
        self.presses("[name=step][value=check]", "main .choices .button[name=to]")
        assert self.tab.evaluate(HEADING) == "You have them. It is kept."
        self.presses("main .choices .button[name=to]", then)
        return words

    def opens_with(self, words: list[str]) -> None:
        """See Visitor."""
        self.tab.wait_for("document.querySelector('[data-line=back-form]')")
        self.tab.write("#words", " ".join(words))
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

    def is_told_of_a_consents_end(self) -> None:
        """See Visitor."""
        self.looks_again()
        self.tab.wait_for(f"{FRAME_TEXT % 'line-log'}.includes({json.dumps(ITS_TIME_IS_OVER)})")
        assert not self.tab.evaluate(f"!!{INSIDE % ('line-log', ANSWERS)}")

    def standing(self) -> str:
        """See Visitor."""
        self.looks_again()
        return self.tab.text("[data-line=state]")

    def is_with(self, name: str) -> None:
        """See Visitor."""
        self.watches()
        lines = f"{FRAME_TEXT % 'line-log'}.split('\\n')"
        self.tab.wait_for(f"{lines}.includes({json.dumps(f'Here with you: {name}.')})")

    def is_told_of_the_end(self) -> None:
        """See Visitor."""
        self.watches()
        self.tab.wait_for(f"{FRAME_TEXT % 'line-log'}.includes('This chat has ended.')")
