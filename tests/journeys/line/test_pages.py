"""axe finds nothing against WCAG 2.2 AA on any page of the chat, and none scrolls sideways.

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


def answer_oddly(desk: Desk) -> None:
    """Take the chat, and send all that an advocate can send."""
    desk.takes()
    desk.pastes(ODD)
    desk.opens("cards")
    desk.tab.click(".pane [data-tool=cards] [name=kind][value=lines]")
    desk.tab.click(".pane [data-tool=cards] form > button")
    desk.tab.wait_for("document.querySelector('.pane .found li')")
    desk.tab.click(".pane .found li button")
    desk.opens("steps")
    desk.tab.click(".pane [data-tool=steps] .phrase")
    desk.asks_consent("referral", to="the court", why="the hearing")


def talk_with_scripts(looking: Looking, desk: Desk, language: str) -> None:
    """Open a chat and be answered and asked."""
    page, look = looking.page, looking.look
    page.goto(f"/{language}/talk/")
    look("talk", "[data-line=ways]")
    page.click("[data-line=chat] .button")
    look("chat", "[data-line=state] b")
    page.fill("#text", ODD)
    page.click("[data-line=write] .button")
    page.locator("[data-line=log] .mine").wait_for()
    answer_oddly(desk)
    look("answered", "[data-answer=given]")
    page.click("[data-answer=given]")
    look("allowed", page.locator("[data-answer=revoked]:visible"))


def keep_with_scripts(looking: Looking) -> list[str]:
    """Keep the chat and end it; return its words."""
    page, look = looking.page, looking.look
    page.click("[data-line=keep]")
    look("words", ".six li")
    words: list[str] = page.eval_on_selector_all(*SIX)
    page.click("[data-line=try]")
    look("picking", "[data-line=picks]")
    pick(page, words, rightly=False)
    page.click("[data-line=picks] .button")
    look("picked wrongly", page.locator("[data-line=wrong]:visible"))
    page.click("[data-line=try]")
    pick(page, words)
    page.click("[data-line=picks] .button")
    look("kept", "[data-line=days]")
    page.click("[data-line=end]")
    look("over", "[data-line=over]")
    return words


def test_axe_finds_nothing_on_the_chat_with_scripts(
    scripted: Looking, desk: Desk, language: str
) -> None:
    page, look = scripted.page, scripted.look
    talk_with_scripts(scripted, desk, language)
    words = keep_with_scripts(scripted)
    page.goto(f"/{language}/talk/")
    page.click(f'[data-to="/{language}/talk/back/"]')
    look("coming back", "[data-line=come-back]")
    page.fill("#words", "acid acide blob")
    page.click("[data-line=come-back] .button")
    look("words that are none", "#slip li")
    page.fill("#words", " ".join(words))
    page.click("[data-line=come-back] .button")
    look("back", "[data-line=log] li")
    page.click("[data-line=delete]")
    look("sure", "[data-line=yes]")
    page.click("[data-line=yes]")
    look("destroyed", "[data-line=over]")

    assert len(scripted.seen) == 14
    assert scripted.wrong == {}


def talk_without_scripts(looking: Looking, desk: Desk, language: str) -> None:
    """Open a chat and be answered and asked."""
    page, look = looking.page, looking.look
    log, write = (page.frame_locator(f"iframe[name=line-{name}]") for name in ("log", "write"))
    page.goto(f"/{language}/talk/")
    look("talk", "[data-line=ways]")
    looking.look_at_answer("the short wait", {"to": f"/{language}/talk/chat/"})
    page.click("[data-line=chat] .button")
    goes_on_to(page, "[data-line=chat-page]")
    look("chat", "[data-line=chat-page]")
    write.locator("textarea").fill(ODD)
    write.locator("button").click()
    look("sent", write.locator("#slip:not(:empty)"))
    answer_oddly(desk)
    page.click("[data-line=refresh]")
    look("answered", log.locator("[value=given]"))
    log.locator("[value=given]").click()
    look("allowed", log.locator("[value=revoked]"))


def keep_without_scripts(looking: Looking) -> list[str]:
    """Keep the chat and end it; return its words."""
    page, look = looking.page, looking.look
    page.click("[data-line=keep]")
    look("words", ".six li")
    words: list[str] = page.eval_on_selector_all(*SIX)
    page.click("[name=step][value=ask]")
    look("picking", ".picks")
    pick(page, words, rightly=False)
    page.click("[name=step][value=check]")
    look("picked wrongly", ".callout.care[role=status]")
    page.click("[name=step][value=ask]")
    pick(page, words)
    page.click("[name=step][value=check]")
    look("kept", "ol.steps")
    page.click("main .choices .button[name=to]")
    look("chat, kept", "[data-line=chat-page]")
    page.click("[data-line=end]")
    page.locator("[data-line=chat-page]").wait_for(state="detached")
    look("over", "h1")
    return words


def test_axe_finds_nothing_on_the_chat_without_scripts(
    plain: Looking, desk: Desk, language: str
) -> None:
    page, look = plain.page, plain.look
    talk_without_scripts(plain, desk, language)
    words = keep_without_scripts(plain)
    page.goto(f"/{language}/talk/")
    page.click(f'[data-to="/{language}/talk/back/"]')
    look("coming back", "[data-line=back-form]")
    page.fill("#words", "acid acide blob")
    page.click("[data-line=back-form] .button")
    look("words that are none", "#slip li")
    page.fill("#words", " ".join(words))
    page.click("[data-line=back-form] .button")
    goes_on_to(page, "[data-line=kept-page]")
    look("back", "[data-line=kept-page]")
    page.click("[data-line=delete]")
    look("sure", "[name=sure]")
    page.click("[name=sure]")
    look("destroyed", ".ticks")

    assert len(plain.seen) == 17
    assert plain.wrong == {}
