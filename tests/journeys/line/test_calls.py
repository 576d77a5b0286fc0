"""A call is asked for, made and destroyed, or taken back: what was sealed for it is gone."""

from __future__ import annotations

import secrets

import pytest

from tests.journeys.line.desks import Desk
from tests.journeys.line.disk import everything_on_disk
from tests.journeys.line.test_pairings import PUBLIC, unlike_any
from tests.journeys.line.visitors import Visitor
from tests.journeys.live import LiveSite

pytestmark = pytest.mark.parametrize(
    ("kind", "scripts", "desk_kind"),
    [("chromium", True, "firefox"), ("firefox", False, "chromium")],
    ids=["scripts", "no-scripts"],
)
PRESSED_AND_SURE = (
    "(done => [done.click(), done.click()].length)"
    "(document.querySelector('[data-calls] [data-do=done]'))"
)
NO_CALL = "!document.querySelector('[data-calls] li')"


def ask_for_a_call(visitor: Visitor) -> list[str]:
    """Ask for a call tomorrow evening; return what was typed: number, what to say, code word."""
    number = "".join(secrets.choice("23456789") for _ in range(10))
    say, code = unlike_any("about the book"), unlike_any("otter")
    visitor.starts()
    visitor.tab.click("[data-line=call] button.button")
    visitor.tab.wait_for("document.querySelector('[data-line=call-form]')")
    visitor.tab.write("#phone", number)
    visitor.chooses("#day", "1")
    visitor.chooses("#part", "evening")
    visitor.tab.click("[name=who][value=others]")
    visitor.tab.click("[name=voicemail][value=yes]")
    visitor.tab.write("#say", say)
    visitor.tab.write("#code", code)
    visitor.tab.click("[data-line=call-form] .button")
    visitor.goes_on_to("[name=takeback]")
    return [number, say, code]


def test_a_call_that_was_made_is_destroyed(
    staffed_site: LiveSite, visitor: Visitor, desk: Desk
) -> None:
    typed = ask_for_a_call(visitor)
    told = visitor.tab.text("main")
    while_waiting = everything_on_disk(staffed_site, [*typed, PUBLIC])

    desk.tab.click("[data-calls] [data-do=take]")
    desk.tab.wait_for("document.querySelector('[data-calls] dl')")
    shown = desk.tab.text("[data-calls]")
    desk.tab.evaluate(PRESSED_AND_SURE)
    desk.tab.wait_for(NO_CALL)
    visitor.presses("[name=takeback]", ".choices")

    assert "between 17:00 and 21:00" in told
    assert list(while_waiting) == [PUBLIC]
    assert [text for text in typed if text not in shown] == []
    assert "others may, too" in shown
    assert [text for text in typed if text in desk.tab.text("[data-inside]")] == []
    assert "This request is not there any more" in visitor.tab.text("main")
    assert list(everything_on_disk(staffed_site, [*typed, PUBLIC])) == [PUBLIC]


def test_a_request_that_she_takes_back_leaves_the_desk(visitor: Visitor, desk: Desk) -> None:
    ask_for_a_call(visitor)
    desk.tab.wait_for("document.querySelector('[data-calls] li')")

    visitor.presses("[name=takeback]", ".choices")

    assert "We will not call" in visitor.tab.text("main")
    desk.tab.wait_for(NO_CALL)
