"""What editors are told about a text."""

from __future__ import annotations

import pytest

from leeward.stories.checks import check_page, text_of
from leeward.stories.tests import make

pytestmark = pytest.mark.django_db


def test_all_that_readers_read_is_checked() -> None:
    step = {"type": "item", "value": {"title": "Go", "text": ""}, "id": "1"}
    story = make.draft_story(
        intro="The opening.",
        body=[
            {"type": "heading", "value": "A heading"},
            {"type": "callout", "value": {"tone": "care", "title": "Mind", "text": "<p>This.</p>"}},
            {"type": "steps", "value": [step]},
        ],
        what_helped=[("point", "A neighbour")],
    )

    text = text_of(story)

    for words in (
        "The kitchen light",
        "The opening.",
        "Tells of fear at home.",
        "A heading",
        "Mind",
        "This.",
        "Go",
        "A neighbour",
    ):
        assert words in text


def test_a_plain_text_is_easy_to_read() -> None:
    report = check_page(make.guide(intro="You can rest here. It is not your fault."))

    assert report.figure is not None
    assert report.figure.is_met
    assert report.is_clean


def test_a_hard_text_is_not() -> None:
    words = "Intersectional vulnerabilities necessitate comprehensive institutional interventions."

    report = check_page(make.guide(intro=words))

    assert report.figure is not None
    assert not report.figure.is_met


def test_what_is_missing_is_named() -> None:
    story = make.draft_story()
    story.content_note = ""

    report = check_page(story)

    assert report.must == [
        "There is no consent that holds today. Record it first.",
        "The content note is missing.",
    ]


def test_words_that_blame_are_found() -> None:
    report = check_page(make.guide(intro="She was asking for it by staying with him."))

    assert report.harmful


def test_arabic_has_no_figure_and_is_not_refused() -> None:
    home = make.home("ar")

    assert check_page(home).figure is None
