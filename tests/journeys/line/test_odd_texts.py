"""Odd texts, shown by the scripts of her page and of the desk: seen, never turned, never markup.

The pages without scripts and the server's own rule: `leeward/line/tests/rules/test_texts.py`,
`leeward/line/tests/visitor/test_chat.py`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, sync_playwright

from leeward.line.rules.texts import show_text
from tests.browsers.process import find_program

ROOT = Path(__file__).resolve().parent.parent.parent.parent / "leeward"
HERS = [ROOT / "line" / "browser" / f"{name}.js" for name in ("line", "message")]
DESKS = [ROOT / "desk" / "static" / "desk" / f"{name}.js" for name in ("base", "render")]
PARTS = """<template data-part="phrases"><i data-say="you">You</i><i data-say="card">A place</i>
<i data-say="step">A step</i><i data-say="unreadable">Can not be read</i></template>
<div data-room></div><script id="desk-words" type="application/json">
{"she": "Visitor", "you": "You", "kind_broken": "Not read", "kind_step": "A step"}</script>"""

UNSEEN = re.compile(
    "[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u061c\u200b\u202a-\u202e\u2060-\u206f\ufeff"
    "\ud800-\udfff\U000e0000-\U000e0fff]"
)
REAL = (
    "Is tonight possible?",
    "می\u200cخواهم بروم",  # Persian needs the non-joiner
    "👩🏽‍👧 हिन्दी 한국어",
    "two\n\nlines",
)
ODD = (
    "a\u202egnp.exe",
    "\u2066hidden\u2069 \u200b\u200bzero",
    "nul\0 bell\a esc\x1b[31m",
    "Z" + "\u0301" * 60,
    "tag\U000e0041\U000e0042 private\ue000",
    "\u200d\u200d\u200d\u200d",
    "a\r\nb\u2028c\u0085d",
    "\n" * 40 + "far down",
    "<img src=x onerror=window.wasRun=1><script>window.wasRun=1</script>",
    "{name} {{ talk }} %s &lt;b&gt;",
)
HUGE = "word " * 20_000
LONGEST_SHOWN = 5_000


@pytest.fixture(scope="module")
def page() -> Iterator[Page]:
    program = find_program("chromium", "chromium-browser", package="chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        page = browser.new_page()
        page.set_content(PARTS)
        for file in (*HERS, *DESKS):
            page.add_script_tag(content=file.read_text())
        yield page
        browser.close()


def test_her_page_cleans_a_text_as_the_server_does(page: Page) -> None:
    texts = [*REAL, *ODD]

    shown = page.evaluate("texts => texts.map(text => Line.clean(text, 4000))", texts)

    assert shown == [show_text(text) for text in texts]


def test_half_a_sign_is_shown_as_one_that_is_missing(page: Page) -> None:
    """Half of a pair comes through JSON; Python writes none, so it is made in the page."""
    both = page.evaluate("() => [Line.clean('a\\ud83d b', 4000), Desk.plain('a\\ud83d b')]")

    assert both == ["a\ufffd b", "a\u25ab b"]


def test_what_an_advocate_sends_is_text_in_her_page(page: Page) -> None:
    shown = page.evaluate(
        """([kinds, texts]) => kinds.flatMap(kind => texts.map(text => {
          var item = Line.message({
            name: text, at: '', isHers: false, answer: function () {},
            data: {kind: kind, text: text, title: text, lines: [text], service: {name: text}}
          });
          document.body.appendChild(item);
          return [item.textContent, item.querySelectorAll('img, script').length,
                  item.querySelectorAll('[dir=auto], bdi').length];
        }))""",
        [["text", "step", "card", "page"], [*ODD, HUGE]],
    )

    assert len(shown) == 4 * (len(ODD) + 1)
    assert not any(UNSEEN.search(text) for text, _tags, _boxes in shown)
    assert max(len(text) for text, _tags, _boxes in shown) < LONGEST_SHOWN
    assert {tags for _text, tags, _boxes in shown} == {0}
    assert all(boxes > 1 for _text, _tags, boxes in shown)
    assert page.evaluate("!window.wasRun")


def test_what_she_sends_is_text_at_the_desk(page: Page) -> None:
    shown = page.evaluate(
        """([kinds, texts]) => kinds.flatMap(kind => texts.map(text => {
          var talk = {info: {seat: 1}, nameOf: function () { return text; }};
          var data = {kind: kind, text: text, title: text, lines: [text], service: {name: text}};
          var bubble = Desk.bubble(talk, {seat: 2, at: '', data: data});
          document.body.appendChild(bubble);
          return [bubble.textContent, bubble.querySelectorAll('img, script').length,
                  bubble.querySelectorAll('.body[dir=auto]').length];
        }))""",
        [["text", "step", "card", "page", "nonsense"], [*ODD, HUGE]],
    )

    assert len(shown) == 5 * (len(ODD) + 1)
    assert not any(UNSEEN.search(text) for text, _tags, _boxes in shown)
    assert {tags for _text, tags, _boxes in shown} == {0}
    assert {boxes for _text, _tags, boxes in shown} == {1}
    assert page.evaluate("!window.wasRun")


def test_real_languages_and_emoji_stay_as_they_were_written(page: Page) -> None:
    both = page.evaluate("texts => texts.map(t => [Desk.plain(t), Line.clean(t, 4000)])", REAL)

    assert both == [[text, text] for text in REAL]
