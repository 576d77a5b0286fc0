"""axe finds nothing against WCAG 2.2 AA on pages of calls and messages; none scrolls sideways.

In both forms, English and Spanish; see `looking`.
"""

from __future__ import annotations

import pytest

from tests.journeys.line.desks import Desk
from tests.journeys.line.looking import LANGUAGES, ODD, SIX, Looking, goes_on_to, pick

pytestmark = [
    pytest.mark.parametrize("desk_kind", ["firefox"], ids=["desk"]),
    pytest.mark.parametrize("language", LANGUAGES),
]


def test_axe_finds_nothing_on_a_call_asked_for(plain: Looking, desk: Desk, language: str) -> None:
    page, look = plain.page, plain.look
    page.goto(f"/{language}/talk/")
    page.click("[data-line=call] .button")
    look("the form", "[data-line=call-form]")
    page.click("[data-line=call-form] .button")
    look("without a number", "#slip")
    page.fill("#phone", "212 555 0100")
    page.select_option("#day", "1")
    page.click("[data-line=call-form] .button")
    goes_on_to(page, "[name=takeback]")
    look("asked for", "[name=takeback]")
    page.click("[name=takeback]")
    page.locator("[name=takeback]").wait_for(state="detached")
    look("taken back", ".choices")

    assert len(plain.seen) == 4
    assert plain.wrong == {}


def test_axe_finds_nothing_on_a_message_left_with_scripts(
    scripted: Looking, desk: Desk, language: str
) -> None:
    page, look = scripted.page, scripted.look
    page.goto(f"/{language}/talk/")
    page.click("[data-line=message] .button")
    look("the form", "[data-line=leave]")
    page.click("[data-line=leave] .button")
    look("nothing written", "#slip:not(:empty)")
    page.fill("#first", ODD)
    page.click("[data-line=leave] .button")
    look("its words", ".six li")
    words = page.eval_on_selector_all(*SIX)
    page.click("[data-line=try]")
    pick(page, words)
    page.click("[data-line=picks] .button")
    look("kept", "[data-line=days]")
    page.click("[data-line=delete]")
    page.click("[data-line=yes]")
    look("destroyed", "[data-line=over]")

    assert len(scripted.seen) == 5
    assert scripted.wrong == {}


def test_axe_finds_nothing_on_a_message_left_without_scripts(
    plain: Looking, desk: Desk, language: str
) -> None:
    page, look = plain.page, plain.look
    page.goto(f"/{language}/talk/")
    page.click("[data-line=message] .button")
    look("the form", "[data-line=message-form]")
    page.click("[data-line=message-form] .button")
    look("nothing written", "#slip")
    page.fill("#text", ODD)
    page.click("[data-line=message-form] .button")
    goes_on_to(page, ".six li")
    look("its words", ".six li")
    words = page.eval_on_selector_all(*SIX)
    page.click("[name=step][value=ask]")
    pick(page, words)
    page.click("[name=step][value=check]")
    look("kept", "ol.steps")
    page.click("main .choices .button[name=to]")
    look("the message", "[data-line=kept-page]")
    page.click("[data-line=delete]")
    page.click("[name=sure]")
    look("destroyed", ".ticks")

    assert len(plain.seen) == 6
    assert plain.wrong == {}
