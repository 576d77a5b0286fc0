"""The real desk, in a browser of its own: an advocate who signed in, made her key and is on."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

from tests.browsers import Tab
from tests.journeys.line.cable import Cable
from tests.journeys.live import LiveSite
from tests.journeys.staff import sign_in
from tests.journeys.test_leaving import wait_until

PASSPHRASE = "seven otters row home"
IS_INSIDE = "!document.querySelector('[data-inside]').hidden"
ALL_OVER = "!document.querySelector('.pane:not(.is-over)')"
ENDED_WITHIN_S = 30.0  # she left: her desk hears of it, on a busy machine too
PRESSED_WITHIN_S = 5.0
MAKING_S = 240.0  # Argon2id, and both browsers of a journey at once on two cores


class Desk:
    """One advocate at her desk.

    home: the folder that her browser saves files below; account: who signs in; name: what
    visitors call her.
    """

    def __init__(
        self, tab: Tab, site: LiveSite, cable: Cable, home: Path, *, account: str, name: str
    ) -> None:
        self.tab = tab
        self.site = replace(site, base=f"http://127.0.0.1:{cable.port}")
        self.cable = cable
        self.home = home
        self.account = account
        self.name = name

    # -- coming in --

    def comes_in(self) -> None:
        """Sign in, open the desk and make her own key, with its code on paper."""
        sign_in(self.tab, self.site, self.account)
        self.tab.go(f"{self.site.base}/staff/desk/")
        self.tab.write("#make-passphrase", PASSPHRASE)
        self.tab.write("#make-again", PASSPHRASE)
        self.tab.click("[data-room=make] form .button")
        self.tab.wait_for("!document.querySelector('[data-room=code]').hidden", within_s=MAKING_S)
        code = self.tab.text("[data-code]")
        self.tab.write("#code-last", code[-4:].lower())
        self.tab.click("[data-room=code] form .button")
        self.tab.wait_for(IS_INSIDE)

    def makes_the_teams_key(self) -> None:
        """Make the first key of the team."""
        self.tab.click("[data-make-first]")
        self.tab.wait_for("document.querySelector('[data-first-key]').hidden")

    def admits(self, other: Desk) -> None:
        """Compare her colleague's five words with what this desk shows, and admit her."""
        theirs = other.tab.wait_for("document.querySelector('[data-my-words]').textContent")
        self.tab.click("[data-show=team]")
        shown = self.tab.wait_for(
            f"({_ROW})?.querySelector('[data-words]').textContent" % other.name
        )
        assert shown == theirs
        self.tab.wait_for(_ADMIT % other.name)
        other.tab.wait_for("document.querySelector('[data-not-admitted]').hidden")

    def goes(self, presence: str) -> None:
        """Be on, away or off."""
        self.tab.click(f"[data-presence={presence}]")
        self.tab.wait_for(
            f"document.querySelector('[data-presence={presence}][aria-pressed=true]')"
        )

    def is_ready(self) -> None:
        """Be there again after a long quiet time, in which a desk locks and signs itself out."""
        self.cable.put_back()
        if not self.tab.evaluate(IS_INSIDE):
            self.tab.go(f"{self.site.base}/staff/desk/")
            if self.tab.evaluate("!!document.querySelector('[name=username]')"):
                sign_in(self.tab, self.site, self.account)
                self.tab.go(f"{self.site.base}/staff/desk/")
            self.tab.write("#unlock-passphrase", PASSPHRASE)
            self.tab.click("[data-room=unlock] form .button")
            self.tab.wait_for(IS_INSIDE, within_s=MAKING_S)
        self.goes("on")
        self.tab.click("[data-show=waiting]")

    # -- the queue --

    def queue(self) -> str:
        """Return what the queue shows, once somebody is in it."""
        self.tab.click("[data-show=waiting]")
        self.tab.wait_for("document.querySelector('[data-queue] li')")
        return self.tab.text("[data-queue]")

    def takes(self) -> None:
        """Take the first who waits, and sit at the conversation."""
        self._takes_from("[data-queue]")

    def takes_kept(self) -> None:
        """Take the first of the conversations that are kept and rest."""
        self.tab.click("[data-show=waiting]")
        self.tab.wait_for("document.querySelector('[data-resting] li')")
        if not self.tab.evaluate("document.querySelector('details:has([data-resting])').open"):
            self.tab.click("details:has([data-resting]) summary")
        self._takes_from("[data-resting]")

    def _takes_from(self, place: str) -> None:
        """Press until the row takes it: what comes in meanwhile may push the row away, once."""
        sits = "document.activeElement.matches('.pane:not(.is-over) textarea')"
        button = f"{place} li button:not([disabled])"
        self.tab.click("[data-show=waiting]")
        self.tab.click(button)
        is_pressed = f"({sits}) || !document.querySelector('{button}')"
        try:
            self.tab.wait_for(is_pressed, within_s=PRESSED_WITHIN_S)
        except AssertionError:
            self.tab.click(button)
        self.tab.wait_for(sits)

    # -- a conversation --

    def reads(self, text: str) -> None:
        """Wait until `text` stands in a conversation."""
        self.tab.wait_for(f"({_LOGS}).includes({json.dumps(text)})")

    def said(self) -> str:
        """Return what the open conversations show."""
        return str(self.tab.evaluate(_LOGS))

    def writes(self, text: str) -> None:
        """Write and send, and wait until it is stored."""
        self.sends(text)
        self.tab.wait_for(
            "Array.from(document.querySelectorAll('.pane .mine:not(.is-waiting)'))"
            f".some(one => one.innerText.includes({json.dumps(text)}))"
        )

    def sends(self, text: str) -> None:
        """Write and press Enter, whether it goes or not."""
        self.tab.write(".pane:not(.is-over) [data-write] textarea", text)
        self.tab.key("Enter")

    def pastes(self, text: str) -> None:
        """Put any text into the field and send it."""
        field = "document.querySelector('.pane:not(.is-over) [data-write] textarea')"
        self.tab.evaluate(f"({field}.value = {json.dumps(text)}, {field}.focus())")
        self.tab.key("Enter")
        self.tab.wait_for("document.querySelector('.pane .mine:not(.is-waiting)')")

    def opens(self, tool: str) -> None:
        """Open one of a conversation's tools."""
        button = f".pane:not(.is-over) [data-open={tool}]"
        if (
            self.tab.evaluate(f"document.querySelector({json.dumps(button)}).ariaExpanded")
            != "true"
        ):
            self.tab.click(button)
        self.tab.wait_for(
            f"!document.querySelector('.pane:not(.is-over) [data-tool={tool}]').hidden"
        )

    def ends(self) -> None:
        """End the conversation, and wait until its form of counts is there."""
        self.opens("end")
        self.tab.click(".pane [data-tool=end] form .button")
        self.tab.wait_for("document.querySelector('.end-form')")

    def is_told_of_the_end(self) -> str:
        """Return what stands where the conversation was, once it is over."""
        self.tab.wait_for("document.querySelector('.pane.is-over')")
        return self.tab.text(".pane.is-over [data-log]")

    def closes(self) -> None:
        """Close all that is over, without counting."""
        self.cable.put_back()
        while self.tab.evaluate("document.querySelectorAll('.pane').length"):
            try:
                self.tab.wait_for(ALL_OVER, within_s=ENDED_WITHIN_S)
            except AssertionError:  # a journey that failed left it open
                self.ends()
            self.tab.evaluate("(document.querySelector('.pane [data-skip]').click(), true)")

    # -- colleagues, consent --

    def gives(self, what: str, *, to: str) -> None:
        """Hand the conversation over ("hand"), or bring a "second" in."""
        self.opens("people")
        chosen = ".pane [data-tool=people] select"
        value = self.tab.wait_for(
            f"(Array.from(document.querySelector('{chosen}').options)"
            f".find(one => one.text.includes({json.dumps(to)})) || {{}}).value"
        )
        self.chooses(chosen, value)
        self.tab.click(f".pane [data-do={what}]")

    def sits_down(self) -> None:
        """Wait until a conversation that a colleague gave is open, and look at it."""
        self.tab.wait_for("document.querySelector('.pane:not(.is-over)')")
        self.tab.click("[data-show=chats]")

    def asks_consent(self, what: str, *, to: str, why: str) -> None:
        """Ask her whether something may leave the conversation: print, export or referral."""
        self.opens("consent")
        self.chooses(".pane [data-tool=consent] [name=what]", what)
        self.tab.write(".pane [data-tool=consent] [name=to]", to)
        self.tab.write(".pane [data-tool=consent] [name=why]", why)
        self.tab.click(".pane [data-tool=consent] form button")
        self.tab.wait_for("document.querySelector('.pane [data-tool=consent] .notes li')")

    def consents(self) -> str:
        """Open the list of consents anew; return what it shows."""
        self.opens("notes")
        self.tab.evaluate(
            "(document.querySelector('.pane [data-tool=consent] .notes').replaceChildren(), true)"
        )
        self.opens("consent")
        self.tab.wait_for("document.querySelector('.pane [data-tool=consent] .notes li')")
        return self.tab.text(".pane [data-tool=consent] .notes")

    def files(self) -> list[Path]:
        """Return what was saved from the desk as a file."""
        return list(self.home.rglob("with-consent-until-*.txt"))

    def saved_file(self) -> str:
        """Wait for the one file that was saved; return its text, and take it away."""
        wait_until(lambda: [file.stat().st_size > 0 for file in self.files()] == [True])
        (file,) = self.files()
        text = file.read_text(encoding="utf-8")
        file.unlink()
        return text

    # -- hands --

    def chooses(self, field: str, value: str) -> None:
        """Choose from a list, as its script hears it."""
        found = f"document.querySelector({json.dumps(field)})"
        self.tab.evaluate(
            f"({found}.value = {json.dumps(value)}, "
            f"{found}.dispatchEvent(new Event('change', {{bubbles: true}})))"
        )


_LOGS = (
    "Array.from(document.querySelectorAll('.pane [data-log]'), log => log.innerText).join('\\n')"
)
# A member's row. It is drawn anew whenever the desk looks again, so it is looked for each time.
_ROW = """Array.from(document.querySelectorAll('.member'))
  .find(row => row.querySelector('[data-name]').textContent === '%s')"""
# Presses what admits her, one after the other, until she can read.
_ADMIT = f"""(() => {{
  const row = {_ROW};
  if (!row || row.querySelector('[data-standing]').textContent === 'can read') return !!row;
  const does = row.querySelector('[data-sure=admit]').hidden ? 'ask' : 'do';
  const button = row.querySelector(`[data-${{does}}=admit]`);
  if (!button.hidden && !button.disabled) button.click();
  return false;
}})()"""
