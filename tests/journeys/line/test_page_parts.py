"""Parts of her page, each in a browser and by itself: what must not stop, and what ends in time.

The real scripts run on a page of their own; the site's answers to them are this test's.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Route

LEEWARD = Path(__file__).resolve().parents[3] / "leeward"
BROWSER, CSS = LEEWARD / "line" / "browser", LEEWARD / "design" / "css"
SCRIPTS = ("line", "post", "message", "consents", "said")
PHRASES = ("you", "unreadable", "gap", "given", "refused", "revoked", "sending", "sent", "seen")
STYLE = "".join((CSS / f"{name}.css").read_text() for name in ("tokens", "base", "components"))
PAGE = f"""<!doctype html><style>{STYLE}</style><div data-room></div><ol data-line="log"></ol>
<template data-part="phrases">{"".join(f'<i data-say="{name}">{name}</i>' for name in PHRASES)}
</template>
<template data-part="consent"><dl><dd data-line="what"></dd><dd data-line="to"></dd>
<dd data-line="why"></dd><dd data-line="until"></dd></dl>
<button class="button" data-answer="given">Yes</button>
<button class="button" data-answer="refused">No</button>
<button class="button" data-answer="revoked" hidden>Back</button>
<p data-line="consent-over" hidden>over</p></template>"""
# What came, by place: "says" is what opens of it, "wrong" the refusal that the key's way meets.
BEGIN = """
window.tried = {};
window.talk = {
  isOpen: true, hers: {id: 'hers', proof: 'proof'},
  take: function () { return true; }, saw: function () {},
  open: async function (event) {
    tried[event.place] = (tried[event.place] || 0) + 1;
    if (event.wrong === 'lost' && tried[event.place] < 20) throw new Line.Lost();
    if (event.wrong === 'busy') throw new Line.Refused(503, 'later');
    if (event.wrong === 'broken') throw new Error('no key opens it');
    return event.says;
  }
};
window.log = document.querySelector('[data-line=log]');
window.shown = {name: function () { return 'Sam'; }, typing: function () {}};
window.consents = Line.Consents(log, talk, function (data) { said.goes(data); }, function () {});
window.said = Line.Said(log, talk, shown, consents);
window.comes = function (place, what) {
  said.came(Object.assign({e: 'message', place: place, seat: 1, number: place, epoch: 1}, what));
};"""
WORDS = "Array.from(log.querySelectorAll('.words'), one => one.textContent)"
GAPS = "log.querySelectorAll('.quiet:not([hidden]):not([data-line])').length"
QUESTION = {"kind": "ask_consent", "consent": "q", "what": "", "to": "", "why": "", "until": ""}
DAY_S = 86_400


@pytest.fixture
def standing() -> dict[str, Any]:
    """Return what the site says of her questions; a test fills it."""
    return {}


@pytest.fixture
def page(chromium: Browser, standing: dict[str, Any]) -> Iterator[Page]:
    """Return a page with the scripts, whose clock the test turns."""
    page = chromium.new_page()

    def answer(route: Route) -> None:
        if route.request.method == "POST":
            route.fulfill(content_type="application/json", body=json.dumps(standing))
        else:
            route.fulfill(content_type="text/html", body=PAGE)

    page.route("**/*", answer)
    page.clock.install()
    page.goto("http://line.test/")
    for name in SCRIPTS:
        page.add_script_tag(path=BROWSER / f"{name}.js")
    page.evaluate(f"{BEGIN} true")
    yield page
    page.close()


def turn_until(page: Page, is_so: Callable[[], bool], *, each_s: float = 1, most: int = 60) -> None:
    """Turn the page's clock on, a piece at a time, until something is so."""
    for _ in range(most):
        if is_so():
            return
        page.clock.fast_forward(each_s * 1000)
        page.wait_for_load_state()  # lets what came meanwhile be drawn
    raise AssertionError(page.evaluate("log.innerHTML"))


def says(page: Page, *texts: str) -> None:
    """Wait until just these texts stand in the talk."""
    turn_until(page, lambda: page.evaluate(WORDS) == list(texts))


def asks(page: Page) -> None:
    """Have a question come, and wait until it stands there."""
    page.evaluate("says => comes(1, {says: says})", QUESTION)
    turn_until(page, lambda: state_of(page) != "")


UNSHOWABLE = (
    {"kind": "page", "title": "t", "lines": [{"toString": 1, "valueOf": 1}]},
    {"kind": "nonsense"},
    ["a list"],
    None,
)


@pytest.mark.parametrize("odd", UNSHOWABLE)
def test_what_can_not_be_drawn_is_said_once_and_the_next_message_comes(
    page: Page, odd: object
) -> None:
    page.evaluate("odd => comes(1, {says: odd})", odd)
    page.evaluate("() => comes(2, {says: {kind: 'text', text: 'the next'}})")

    says(page, "unreadable", "the next")

    assert page.evaluate(GAPS) == 0


def test_a_box_that_no_key_opens_is_said_at_once(page: Page) -> None:
    page.evaluate("() => comes(1, {wrong: 'broken'})")
    page.evaluate("() => comes(2, {says: {kind: 'text', text: 'the next'}})")

    says(page, "unreadable", "the next")

    assert page.evaluate("tried[1]") == 1


def test_a_key_that_the_server_does_not_give_is_asked_for_a_few_times_only(page: Page) -> None:
    page.evaluate("() => comes(1, {wrong: 'busy'})")
    page.evaluate("() => comes(2, {says: {kind: 'text', text: 'the next'}})")

    turn_until(page, lambda: page.evaluate(WORDS) == ["unreadable", "the next"], each_s=5, most=60)

    assert 1 < page.evaluate("tried[1]") < 10


def test_without_a_signal_a_message_waits_and_then_opens_in_its_order(page: Page) -> None:
    page.evaluate("() => comes(1, {wrong: 'lost', says: {kind: 'text', text: 'the first'}})")
    page.evaluate("() => comes(2, {says: {kind: 'text', text: 'the next'}})")

    turn_until(page, lambda: page.evaluate(WORDS) == ["the first", "the next"], each_s=2, most=200)

    assert page.evaluate("tried[1]") == 20


def state_of(page: Page) -> str:
    """Return where the one question of the page stands."""
    return str(page.evaluate("(log.querySelector('[data-consent]')?.dataset.state) || ''"))


def buttons(page: Page) -> list[str]:
    """Return the answers that she can see now."""
    found = """Array.from(log.querySelectorAll('[data-answer]'))
      .filter(one => one.getClientRects().length).map(one => one.textContent)"""
    answers: list[str] = page.evaluate(found)
    return answers


def test_a_yes_can_be_taken_back_until_its_time_is_over_and_then_the_page_says_so(
    page: Page, standing: dict[str, Any]
) -> None:
    standing["consents"] = {"q": {"state": "given", "left": 3 * DAY_S}}
    asks(page)
    turn_until(page, lambda: state_of(page) == "given")
    while_it_runs = buttons(page)
    page.clock.fast_forward(1000 * DAY_S)
    page.clock.fast_forward(1000 * DAY_S)
    still = state_of(page)

    standing["consents"] = {}
    turn_until(page, lambda: state_of(page) == "over", each_s=3600, most=60)

    assert while_it_runs == ["Back"]
    assert still == "given"
    assert buttons(page) == []
    assert page.is_visible("[data-line=consent-over]")


def test_what_the_stream_tells_ends_a_question_at_once(
    page: Page, standing: dict[str, Any]
) -> None:
    standing["consents"] = {"q": {"state": "asked", "left": DAY_S}}
    asks(page)

    page.evaluate("consents.heard({e: 'consent', consent: 'other', state: 'over'})")
    before = state_of(page)
    page.evaluate("consents.heard({e: 'consent', consent: 'q', state: 'over'})")

    assert before == "asked"
    assert state_of(page) == "over"
    assert buttons(page) == []


def test_what_she_refused_stays_her_no_when_its_time_is_over(page: Page) -> None:
    asks(page)
    hers = {"kind": "consent", "consent": "q", "answer": "refused"}
    page.evaluate("says => comes(2, {seat: 0, says: says})", hers)
    says(page, "refused")

    page.evaluate("consents.heard({e: 'consent', consent: 'q', state: 'over'})")

    assert state_of(page) == "refused"
    assert not page.is_visible("[data-line=consent-over]")


def test_an_advocate_can_not_answer_for_her(page: Page, standing: dict[str, Any]) -> None:
    standing["consents"] = {"q": {"state": "asked", "left": DAY_S}}
    asks(page)
    theirs = {"kind": "consent", "consent": "q", "answer": "given"}
    page.evaluate("says => comes(2, {says: says})", theirs)
    says(page, "given")

    assert state_of(page) == "asked"
    assert buttons(page) == ["Yes", "No"]


def test_the_focus_stays_at_a_question_whose_button_goes(page: Page) -> None:
    asks(page)
    page.focus("[data-answer=given]")

    page.evaluate("consents.heard({e: 'consent', consent: 'q', state: 'over'})")

    assert page.evaluate("document.activeElement.matches('[data-consent]')")
