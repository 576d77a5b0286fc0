"""The cable is pulled out in the middle, at her end and at the desk's: all arrives, once."""

from __future__ import annotations

import pytest

from tests.journeys.line.cable import Cable
from tests.journeys.line.desks import Desk
from tests.journeys.line.visitors import Visitor, WithoutScripts, WithScripts

SIGNAL = "document.querySelector('[data-line=signal]')"


@pytest.mark.parametrize(
    ("kind", "scripts", "desk_kind"),
    [("chromium", True, "firefox"), ("firefox", True, "chromium")],
)
def test_what_both_write_while_her_signal_is_lost_arrives_once(
    visitor: WithScripts, her_cable: Cable, desk: Desk
) -> None:
    visitor.opens_a_chat()
    visitor.writes("one")
    desk.takes()
    desk.reads("one")

    her_cable.pull_out()
    visitor.tab.wait_for(f"!{SIGNAL}.hidden")
    visitor.sends("two")
    desk.writes("three")
    her_cable.put_back()
    visitor.is_told("three")
    desk.reads("two")
    visitor.tab.wait_for(f"{SIGNAL}.hidden")
    visitor.tab.wait_for("!document.querySelector('[data-line=log]').innerText.includes('sending')")

    for said in (visitor.said(), desk.said()):
        assert [said.count(word) for word in ("one", "two", "three")] == [1, 1, 1]


@pytest.mark.parametrize("scripts", [False], ids=["no-scripts"])
@pytest.mark.parametrize("desk_kind", ["chromium"])
def test_without_scripts_one_button_brings_back_what_was_missed(
    visitor: WithoutScripts, her_cable: Cable, desk: Desk
) -> None:
    visitor.opens_a_chat()
    visitor.writes("one")
    desk.takes()
    desk.writes("two")
    visitor.is_told("two")

    her_cable.pull_out()
    desk.writes("three")
    her_cable.put_back()
    missed = "three" not in visitor.said()
    visitor.looks_again()
    visitor.is_told("three")
    visitor.writes("four")
    desk.reads("four")

    assert missed
    for said in (visitor.said(), desk.said()):
        assert [said.count(word) for word in ("one", "two", "three")] == [1, 1, 1]
    assert desk.said().count("four") == 1


@pytest.mark.parametrize(("kind", "scripts"), [("chromium", True)])
def test_what_both_write_while_the_desk_is_cut_off_arrives_once(
    visitor: Visitor, desk: Desk
) -> None:
    visitor.opens_a_chat()
    visitor.writes("one")
    desk.takes()
    desk.reads("one")

    desk.cable.pull_out()
    desk.tab.wait_for("!document.querySelector('[data-offline]').hidden")
    desk.sends("two")
    desk.tab.wait_for("document.querySelector('.pane .is-waiting')")
    visitor.writes("three")
    desk.cable.put_back()
    visitor.is_told("two")
    desk.reads("three")
    desk.tab.wait_for("document.querySelector('[data-offline]').hidden")
    desk.tab.wait_for("!document.querySelector('.pane .is-waiting')")

    for said in (visitor.said(), desk.said()):
        assert [said.count(word) for word in ("one", "two", "three")] == [1, 1, 1]
