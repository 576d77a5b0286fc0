"""Haste, sleep and bad luck at the desk: pressed twice, locked midway, left in mid-word."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, Route, sync_playwright

from tests.browsers.process import find_program
from tests.journeys.desk.people import (
    HERS,
    at_desk,
    make_key,
    make_team_key,
    take,
    unlock,
    visitor,
)
from tests.journeys.live import LiveSite, NeutralSite, live_site, prepared_data

NOT_OURS: tuple[object, ...] = (
    {"kind": "__proto__"},
    {"kind": "constructor"},
    {"kind": "page", "lines": "no list"},
    {"kind": "card", "service": {"phones": 5}},
    {"kind": "text", "text": {"toString": 1}},
    {},
    None,
)


def come_on(desk: Page) -> None:
    """Be there for chats; a locked desk was set to away."""
    desk.click("[data-presence=on]")
    desk.wait_for_selector("[data-presence=on][aria-pressed=true]")


@pytest.fixture(scope="module")
def office(
    neutral: NeutralSite, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Browser, LiveSite, Page]]:
    """Return a browser, a product of this file's own, and the desk of somebody with keys."""
    data = tmp_path_factory.mktemp("haste") / "data"
    shutil.copytree(prepared_data(tmp_path_factory.getbasetemp()), data)
    program = find_program("chromium", "chromium-browser", package="chromium")
    with live_site(data, neutral) as site, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        desk = at_desk(browser, site, "coordinator")
        make_key(desk)
        make_team_key(desk)
        yield browser, site, desk
        browser.close()


@pytest.fixture
def talk(office: tuple[Browser, LiveSite, Page]) -> Iterator[tuple[Page, Page]]:
    """Return the desk of somebody who took a chat, opened afresh, and the visitor's page."""
    browser, site, desk = office
    desk.unroute_all()
    desk.reload()
    unlock(desk)
    come_on(desk)
    her = visitor(browser, site)
    take(desk)
    yield desk, her
    if her.locator("[data-line=end]").count():
        her.click("[data-line=end]")
        her.wait_for_selector("[data-line=end]", state="detached")
    her.context.close()


def test_a_desk_locked_while_a_chat_is_read_opens_it_whole_the_next_time(
    talk: tuple[Page, Page],
) -> None:
    desk, _her = talk
    held: list[Route] = []

    def hold_first(route: Route) -> None:
        if held:
            route.continue_()
        else:
            held.append(route)

    desk.click("[data-lock]")
    desk.route("**/desk/talk/read/", hold_first)
    with desk.expect_request("**/desk/talk/read/"):
        unlock(desk)

    desk.click("[data-lock]")
    with desk.expect_response("**/desk/talk/read/"):
        held[0].continue_()
    locked = desk.content()
    unlock(desk)

    desk.wait_for_selector(f".pane .hers:has-text('{HERS}')")
    assert HERS not in locked
    assert desk.locator(".pane").count() == 1


def test_what_is_locked_or_left_holds_no_word_of_hers(talk: tuple[Page, Page]) -> None:
    desk, _her = talk
    desk.fill(".pane textarea", "half a sentence")
    desk.evaluate("document.querySelector('[data-calls]').append('555 0100')")

    desk.evaluate("dispatchEvent(new PageTransitionEvent('pagehide', {persisted: true}))")

    left = desk.content()
    assert [word for word in (HERS, "half a sentence", "555 0100") if word in left] == []
    assert desk.locator(".pane").count() == 0
    assert not desk.evaluate("Desk.ring.isOpen()")


def test_a_device_that_slept_for_long_is_locked_at_the_first_move(talk: tuple[Page, Page]) -> None:
    desk, _her = talk

    desk.evaluate(
        "(() => { const now = Date.now; Date.now = () => now() + 20 * 60000;"
        " document.dispatchEvent(new Event('pointermove')); })()"
    )

    assert desk.is_visible("[data-room=unlock]")
    assert HERS not in desk.content()


def test_she_leaves_while_the_advocate_types_and_the_next_enter_closes_nothing(
    talk: tuple[Page, Page],
) -> None:
    desk, her = talk
    desk.keyboard.type("take your ")

    her.click("[data-line=end]")
    desk.wait_for_selector(".is-over .end-form")
    desk.keyboard.type("time ")
    desk.keyboard.press("Enter")

    assert desk.locator(".is-over").get_by_text("She ended it").is_visible()
    assert desk.locator(".end-form input:checked").count() == 0


def test_a_note_pressed_twice_is_kept_once(talk: tuple[Page, Page]) -> None:
    desk, _her = talk
    desk.click("[data-open=notes]")
    desk.fill("[name=note]", "speaks softly")

    desk.dblclick("[data-tool=notes] form button")
    desk.wait_for_selector(".notes li")
    desk.fill("[name=note]", "has a dog")
    desk.click("[data-tool=notes] form button")
    desk.wait_for_selector(".notes li:has-text('has a dog')")

    assert desk.locator(".notes li").count() == 2


def test_a_message_that_is_sealed_anew_leaves_no_gap_in_the_numbers(
    talk: tuple[Page, Page],
) -> None:
    desk, _her = talk
    numbers: list[int] = []

    def refuse_once(route: Route) -> None:
        numbers.append(route.request.post_data_json["number"])
        if len(numbers) > 1:
            route.continue_()
            return
        route.fulfill(status=409, json={"code": "no_epoch"})

    desk.route("**/desk/talk/say/", refuse_once)
    for text in ("I am here", "take your time"):
        desk.fill(".pane textarea", text)
        desk.press(".pane textarea", "Enter")
        desk.wait_for_selector(f".pane .mine:not(.is-waiting):has-text('{text}')")

    assert numbers == [1, 1, 2]


def test_a_message_of_no_known_shape_shows_as_one_that_does_not_open(
    talk: tuple[Page, Page],
) -> None:
    desk, _her = talk

    shown = [
        desk.evaluate(
            "given => Desk.bubble(Desk.panes.all()[0].talk,"
            " {seat: 0, at: '', data: JSON.parse(given)}).innerText",
            json.dumps(data),
        )
        for data in NOT_OURS
    ]

    assert [text for text in shown if "does not open with your key" not in text] == []


def test_what_is_amiss_moves_nothing_on_the_desk(talk: tuple[Page, Page]) -> None:
    desk, _her = talk
    before = desk.locator(".pane").bounding_box()

    desk.evaluate("Desk.tell('online', false)")
    desk.evaluate("Desk.tell('trouble', new Desk.Refused(0, 'offline'))")
    desk.get_by_text("What you write is kept here").wait_for()

    assert desk.locator(".pane").bounding_box() == before


def test_sound_and_notice_are_hers_to_switch_on(talk: tuple[Page, Page]) -> None:
    desk, _her = talk

    desk.click(".settings summary")

    assert desk.is_visible("#desk-sound")
    assert desk.is_visible("#desk-notice")
    assert not desk.is_checked("#desk-sound")
