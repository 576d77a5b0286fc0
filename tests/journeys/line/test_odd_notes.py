"""Notes of staff in odd text: shown as text, never turned, never markup; too large: refused."""

from __future__ import annotations

import json

import pytest

from tests.journeys.line.desks import Desk
from tests.journeys.line.test_odd_texts import ODD, REAL, UNSEEN
from tests.journeys.line.visitors import Visitor

FIELD = "document.querySelector('.pane [name=note]')"
NOTES = "document.querySelectorAll('.pane [data-tool=notes] .notes li')"
TEXTS = f"Array.from({NOTES}, note => note.querySelector('[data-text]').textContent)"
TROUBLE = "document.querySelector('.pane [data-trouble]').innerText"
HUGE = ("word " * 2_000).strip()
UNBROKEN = "w" * 300
TOO_LARGE = "\U0001f469" * 10_000


def note(desk: Desk, text: str) -> None:
    """Put any text into the field, however long, and keep it."""
    desk.tab.evaluate(f"({FIELD}.value = {json.dumps(text)})")
    desk.tab.click(".pane [data-tool=notes] form button")


@pytest.mark.parametrize(
    ("kind", "scripts", "desk_kind"),
    [("chromium", True, "chromium"), ("chromium", True, "firefox")],
    ids=["desk-chromium", "desk-firefox"],
)
def test_odd_notes_are_text_and_real_ones_stay_as_they_were_written(
    visitor: Visitor, desk: Desk
) -> None:
    written = [*REAL, *ODD, HUGE, UNBROKEN]
    visitor.opens_a_chat()
    visitor.writes("hello")
    desk.takes()
    desk.opens("notes")

    for number, text in enumerate(written, start=1):
        note(desk, text)
        desk.tab.wait_for(f"{NOTES}.length === {number}")
    shown = desk.tab.evaluate(TEXTS)
    note(desk, TOO_LARGE)
    told = desk.tab.wait_for(TROUBLE)

    assert [text for text in (*REAL, HUGE, UNBROKEN) if text not in shown] == []
    assert [text for text in shown if UNSEEN.search(text)] == []
    assert desk.tab.evaluate(f"{FIELD}.value === {json.dumps(TOO_LARGE)}")
    assert desk.tab.evaluate(f"{NOTES}.length") == len(written)
    assert "undefined" not in told
    assert not desk.tab.evaluate("!!document.querySelector('.pane .notes :is(img, script)')")
    assert not desk.tab.evaluate("!!window.wasRun")
    assert desk.tab.evaluate(
        f"Array.from({NOTES}).every(note => note.scrollWidth <= note.clientWidth"
        " && note.querySelector('[data-text]').dir === 'auto')"
    )
