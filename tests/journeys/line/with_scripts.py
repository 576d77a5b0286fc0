"""A visitor whose own browser seals and opens."""

from __future__ import annotations

import json

from tests.journeys.line.visitor import (
    HEADING,
    ITS_TIME_IS_OVER,
    JOB_WITHIN_S,
    PICK,
    SIX,
    Visitor,
)

# The page itself says what it shows at the end, however short.
TELLS_OF_THE_END = """(new MutationObserver(() => {
  const end = document.querySelector('[data-line=over]');
  if (end) window.console.log(document.querySelector('main').innerText);
}).observe(document.querySelector('main'), {childList: true, subtree: true}) || 1)"""

ANSWERS_SHOWN = """Array.from(document.querySelectorAll('[data-answer]'))
  .some(button => button.getClientRects().length > 0)"""


class WithScripts(Visitor):
    """Her own browser seals and opens."""

    def goes_into_a_chat(self) -> None:
        """See Visitor."""
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
        self.tab.write("#text", text)
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
        return self._picks_them_out()

    def leaves_a_message(self, text: str) -> list[str]:
        """See Visitor."""
        self.starts()
        self.tab.click("[data-line=message] button.button")
        self.tab.wait_for("document.querySelector('#first')")
        self.tab.write("#first", text)
        self.tab.click("[data-line=leave] button.button")
        return self._picks_them_out()

    def _picks_them_out(self) -> list[str]:
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
        self.tab.write("#words", " ".join(words))
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

    def is_told_of_a_consents_end(self) -> None:
        """See Visitor."""
        shown = "document.querySelector('[data-consent]').innerText"
        told = json.dumps(ITS_TIME_IS_OVER)
        self.tab.wait_for(f"{shown}.includes({told})", within_s=JOB_WITHIN_S)
        assert not self.tab.evaluate(ANSWERS_SHOWN)

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
