"""Ways out of a chat that she does not keep: the X, the button, the desk. Nothing stays."""

from __future__ import annotations

import pytest

from tests.journeys.line.desks import Desk
from tests.journeys.line.disk import everything_on_disk
from tests.journeys.line.test_pairings import unlike_any
from tests.journeys.line.visitors import Visitor
from tests.journeys.live import LiveSite

pytestmark = pytest.mark.parametrize("desk_kind", ["chromium"])
IS_ENDED = "document.querySelector('h1').innerText === 'The chat has ended'"


def test_the_x_ends_the_chat_at_once_and_tells_the_advocate(
    staffed_site: LiveSite, visitor: Visitor, desk: Desk
) -> None:
    hers, mine = unlike_any("he is here"), unlike_any("go now")
    visitor.opens_a_chat()
    visitor.writes(hers)
    desk.takes()
    desk.writes(mine)
    visitor.is_told(mine)

    visitor.leaves()

    assert desk.is_told_of_the_end() == (
        "She left safely by the exit. The conversation is destroyed."
    )
    assert hers not in desk.tab.text("[data-panes]")
    assert everything_on_disk(staffed_site, [hers, mine]) == {}


@pytest.mark.parametrize(("kind", "scripts"), [("chromium", True), ("firefox", False)])
def test_a_chat_that_she_ends_by_the_button_is_destroyed_for_both(
    visitor: Visitor, desk: Desk
) -> None:
    visitor.opens_a_chat()
    visitor.writes("thank you")
    desk.takes()

    visitor.tab.click("[data-line=end]")
    visitor.tab.wait_for(IS_ENDED)

    told = visitor.tab.text("main")
    assert "What was written here is destroyed, and so are its keys." in told
    assert "After one day, no key of ours opens them." in told
    assert desk.is_told_of_the_end() == "She ended it. The conversation is destroyed."


@pytest.mark.parametrize(("kind", "scripts"), [("firefox", True), ("chromium", False)])
def test_a_chat_that_the_advocate_ends_says_so_to_the_visitor(visitor: Visitor, desk: Desk) -> None:
    visitor.opens_a_chat()
    visitor.writes("thank you")
    desk.takes()
    desk.writes("good night")
    visitor.is_told("good night")

    desk.ends()

    visitor.is_told_of_the_end()
