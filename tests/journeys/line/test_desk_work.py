"""What an advocate does beside writing: flags, cards, notes, the end; all by keyboard, too."""

from __future__ import annotations

import json
import re

import pytest

from tests.browsers import Tab
from tests.journeys.line.desks import Desk
from tests.journeys.line.disk import everything_on_disk
from tests.journeys.line.test_pairings import unlike_any
from tests.journeys.line.visitors import Visitor
from tests.journeys.live import LiveSite

MOST_TABS = 60


def tab_to(tab: Tab, selector: str) -> None:
    """Press Tab until the element has the focus."""
    for _ in range(MOST_TABS):
        tab.key("Tab")
        tab.settle()
        if tab.evaluate(f"document.activeElement.matches({json.dumps(selector)})"):
            return
    raise AssertionError(f"{selector} can't be reached by Tab; at {tab.where()}")


def press_with(tab: Tab, held: str, key: str) -> None:
    """Press a key while another is held."""
    tab.keys(("down", held), ("down", key), ("up", key), ("up", held))


def wait_for_focus(tab: Tab, selector: str) -> None:
    """Wait until the element has the focus."""
    tab.wait_for(f"document.activeElement.matches({json.dumps(selector)})")


@pytest.mark.parametrize(
    ("kind", "scripts", "desk_kind"),
    [("firefox", False, "chromium"), ("chromium", True, "firefox")],
    ids=["no-scripts", "scripts"],
)
def test_cards_and_steps_reach_her_and_a_note_does_not(
    staffed_site: LiveSite, visitor: Visitor, desk: Desk
) -> None:
    note = unlike_any("speaks softly")
    visitor.opens_a_chat()
    visitor.writes("hello")
    desk.takes()

    desk.opens("notes")
    desk.tab.write(".pane [name=note]", note)
    desk.tab.click(".pane [data-tool=notes] form button")
    desk.tab.wait_for(f"document.querySelector('.pane .notes').innerText.includes('{note}')")
    desk.opens("cards")
    desk.tab.click(".pane [data-tool=cards] [name=kind][value=lines]")
    desk.tab.click(".pane [data-tool=cards] form > button")
    desk.tab.wait_for("document.querySelector('.pane .found li')")
    name = desk.tab.text(".pane .found li [data-name]")
    desk.tab.click(".pane .found li button")
    desk.reads(name)
    desk.opens("steps")
    step = desk.tab.text(".pane [data-tool=steps] .phrase")
    desk.tab.click(".pane [data-tool=steps] .phrase")
    desk.reads(step)
    visitor.is_told(name)
    visitor.is_told(step)
    shown = visitor.said()
    on_disk = everything_on_disk(staffed_site, [note, step])

    assert note not in shown
    assert on_disk == {}


@pytest.mark.parametrize(
    ("kind", "scripts", "desk_kind"), [("chromium", True, "chromium")], ids=["chromium"]
)
def test_the_queue_tells_language_wait_and_flags_and_the_end_is_counted(
    visitor: Visitor, desk: Desk
) -> None:
    visitor.opens_a_chat("es")
    first = desk.queue()
    desk.takes()
    desk.opens("flags")
    desk.tab.click(".pane [name=is_emergency]")
    desk.tab.wait_for("document.querySelector('.pane [data-flags]').innerText === 'Emergency'")
    desk.opens("people")
    desk.tab.click(".pane [data-do=step]")
    desk.tab.wait_for("!document.querySelector('.pane')")
    again = desk.queue()
    desk.takes()
    desk.opens("replies")
    reply = desk.tab.text(".pane [data-tool=replies] .phrase")
    desk.tab.click(".pane [data-tool=replies] .phrase")
    wait_for_focus(desk.tab, ".pane textarea")
    desk.tab.key("Enter")
    visitor.is_told(reply)
    language = desk.tab.evaluate("document.querySelector('.pane [data-tool=replies] select').value")

    desk.ends()
    desk.tab.click(".end-form [name=about][value=home]")
    desk.tab.click(".end-form [name=outcome][value=listened]")
    desk.tab.click(".end-form .button")
    desk.tab.wait_for("!document.querySelector('.pane')")

    assert re.search(r"Chat · Spanish · waits \d min", first)
    assert "Emergency" not in first
    assert "Emergency" in again
    assert language == "es"


@pytest.mark.parametrize(("kind", "scripts"), [("chromium", True)], ids=["visitor-chromium"])
def test_a_chat_at_the_desk_by_keyboard_alone(visitor: Visitor, desk: Desk) -> None:
    visitor.opens_a_chat()
    visitor.writes("are you there")
    desk.tab.wait_for("document.querySelector('[data-queue] li button')")

    press_with(desk.tab, "Alt", "0")
    wait_for_focus(desk.tab, "[data-queue] li button")
    desk.tab.key("Enter")
    wait_for_focus(desk.tab, ".pane textarea")
    desk.reads("are you there")
    desk.tab.type("yes")
    desk.tab.key("Enter")
    visitor.is_told("yes")
    press_with(desk.tab, "Shift", "Tab")
    wait_for_focus(desk.tab, ".pane [data-open=end]")
    desk.tab.key("Enter")
    wait_for_focus(desk.tab, ".pane [data-tool=end] .button")
    desk.tab.key("Escape")
    wait_for_focus(desk.tab, ".pane textarea")
    press_with(desk.tab, "Alt", "0")
    wait_for_focus(desk.tab, "[data-presence]")
    press_with(desk.tab, "Alt", "1")
    wait_for_focus(desk.tab, ".pane textarea")
    press_with(desk.tab, "Shift", "Tab")
    desk.tab.key("Enter")
    wait_for_focus(desk.tab, ".pane [data-tool=end] .button")
    desk.tab.key("Enter")
    wait_for_focus(desk.tab, ".end-form input")
    tab_to(desk.tab, ".end-form [data-skip]")
    desk.tab.key("Enter")

    desk.tab.wait_for("!document.querySelector('.pane')")
    visitor.is_told_of_the_end()
