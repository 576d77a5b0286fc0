"""Demonstration content: whole, in each language, and loaded once."""

from __future__ import annotations

import pytest
from django.test import Client
from wagtail.models import Page

from leeward.safety.sitemap import canonical_paths
from leeward.stories import demo, stock
from leeward.stories.models import Consent, HomePage, LessonPage, StoryPage
from leeward.stories.tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def loaded(db: None) -> None:
    demo.load()


def test_every_written_page_stands_on_the_site(loaded: None, client: Client) -> None:
    for page in stock.read_stock():
        for code in {"en", "es", "ar"} & set(page):
            found = Page.objects.live().filter(
                locale__language_code=code, title=page[code]["title"]
            )
            assert found.exists(), page["key"]


def test_every_page_answers(loaded: None, client: Client) -> None:
    paths = [path for path in canonical_paths() if "/lines/" not in path]

    assert [path for path in paths if client.get(path).status_code != 200] == []


def test_pages_are_linked_with_their_translations(loaded: None) -> None:
    for lesson in LessonPage.objects.filter(locale__language_code="en"):
        assert lesson.get_translations().filter(locale__language_code="es").live().exists()


def test_loading_again_changes_nothing(loaded: None) -> None:
    before = Page.objects.count()

    demo.load()

    assert Page.objects.count() == before


def test_nothing_is_loaded_into_a_site_that_holds_pages() -> None:
    make.section("Our own")

    demo.load()

    assert not StoryPage.objects.exists()


def test_stories_are_marked_as_made_up_and_nobody_is_named(loaded: None, client: Client) -> None:
    for story in StoryPage.objects.all():
        assert story.is_demonstration
        assert story.consent is not None
        assert story.consent.is_demonstration
    assert {bytes(consent.sealed) for consent in Consent.objects.all()} == {b""}
    page = client.get(StoryPage.objects.filter(locale__language_code="en").first().canonical_path)
    assert b"Made up, to show how a story looks here" in page.content


def test_the_first_page_is_filled_in_place(loaded: None) -> None:
    assert make.home("en").title == next(
        page["en"]["title"] for page in stock.read_stock() if page["kind"] == "home"
    )
    assert HomePage.objects.filter(locale__language_code="en").count() == 1


def test_arabic_has_a_test_page_that_reads_from_right_to_left(loaded: None, client: Client) -> None:
    paths = [path for path in canonical_paths() if path.startswith("/ar/") and path != "/ar/"]
    written = [
        path for path in paths if not path.startswith(("/ar/lines", "/ar/leaving", "/ar/traces"))
    ]

    assert len(written) == 1
    assert 'dir="rtl"' in client.get(written[0]).content.decode()


def test_bold_and_paragraphs_are_kept_and_marks_are_escaped() -> None:
    assert stock.prose("One **two** <three>\nfour\n\nfive") == (
        "<p>One <b>two</b> &lt;three&gt; four</p><p>five</p>"
    )
