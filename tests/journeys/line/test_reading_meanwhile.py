"""While a chat is open: other pages keep it open, and what was written is shown as text alone."""

from __future__ import annotations

import pytest

from tests.journeys.line.desks import Desk
from tests.journeys.line.visitors import Visitor

MARKUP = "<b>bold</b> & <script>alert(1)</script>"
# Turns what follows around; zero-width signs can't be seen at all.
TURNED = "safe\u202eelpoep\u200b"

pytestmark = pytest.mark.parametrize("desk_kind", ["chromium"])


@pytest.mark.parametrize("scripts", [True], ids=["scripts"])
def test_other_pages_keep_the_chat_open_and_lead_back_to_it(visitor: Visitor, desk: Desk) -> None:
    visitor.opens_a_chat()
    visitor.writes("hello")

    visitor.tab.move_to("/en/traces/")
    visitor.tab.wait_for("document.querySelector('[data-line=aside]')")
    desk.takes()
    desk.writes("here")
    visitor.tab.wait_for(
        "document.querySelector('[data-line=aside]').innerText.includes('New message')"
    )
    visitor.tab.click("[data-line=aside] button")

    visitor.is_told("here")
    assert desk.said().count("hello") == 1


@pytest.mark.parametrize(("kind", "scripts"), [("chromium", True), ("firefox", False)])
def test_markup_and_signs_that_turn_words_around_are_shown_safely(
    visitor: Visitor, desk: Desk
) -> None:
    visitor.opens_a_chat()
    visitor.writes("hello")
    desk.takes()

    desk.pastes(MARKUP)
    desk.pastes(TURNED)

    visitor.is_told(MARKUP)
    visitor.is_told("elpoep")
    assert [sign for sign in "\u202e\u200b" if sign in visitor.said()] == []
    assert visitor.tab.said() == []
