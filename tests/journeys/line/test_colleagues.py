"""More than one advocate: a chat is handed over, a second is brought in, one steps away."""

from __future__ import annotations

import pytest

from tests.journeys.line.conftest import Desks
from tests.journeys.line.disk import everything_on_disk
from tests.journeys.line.test_pairings import unlike_any
from tests.journeys.line.visitors import Visitor
from tests.journeys.live import LiveSite


@pytest.mark.parametrize(
    ("kind", "scripts"), [("firefox", True), ("chromium", False)], ids=["scripts", "no-scripts"]
)
def test_a_chat_is_handed_over_and_a_second_advocate_is_brought_in(
    staffed_site: LiveSite, visitor: Visitor, desks: Desks
) -> None:
    robin, sam = desks["chromium"], desks["firefox"]
    first, second, third, fourth = (unlike_any(word) for word in ("one", "two", "three", "four"))
    visitor.opens_a_chat()
    visitor.writes(first)
    robin.takes()
    robin.writes(second)
    visitor.is_told(second)

    robin.gives("hand", to="Sam")
    robin.tab.wait_for("!document.querySelector('.pane')")
    sam.sits_down()
    sam.reads(second)
    sam.writes(third)
    visitor.is_told(third)
    handed_over = visitor.standing()
    sam.gives("second", to="Robin")
    robin.sits_down()
    robin.reads(third)
    robin.writes(fourth)
    sam.reads(fourth)
    visitor.is_told(fourth)
    both = visitor.standing()
    sam.opens("people")
    sam.tab.click(".pane [data-do=step]")
    sam.tab.wait_for("!document.querySelector('.pane')")
    visitor.is_with("Robin")
    one = visitor.standing()
    robin.ends()
    visitor.is_told_of_the_end()

    assert "Here with you: Sam." in handed_over
    assert "Sam" in both
    assert "Robin" in both
    assert "Here with you: Robin." in one
    assert everything_on_disk(staffed_site, [first, second, third, fourth]) == {}
