"""What visitors get: each page type, in each language, and nothing that is not published."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from wagtail.models import PageViewRestriction

from leeward.safety.access import KEEP_HEADER
from leeward.safety.sitemap import canonical_paths
from leeward.stories.frame import menu_entries
from leeward.stories.models import Consent
from leeward.stories.tests import make

pytestmark = pytest.mark.django_db


def body(client: Client, path: str, status: int = 200) -> str:
    answer = client.get(path)
    assert answer.status_code == status, path
    return answer.content.decode()


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/en/", "You are not to blame."),
        ("/es/", "No es tu culpa."),
        ("/ar/", "لست مذنبًا"),
    ],
)
def test_a_new_site_has_a_first_page_in_each_language(
    client: Client, path: str, words: str
) -> None:
    page = body(client, path)

    assert words in page
    assert page.count("<h1") == 1
    assert "/lines/" in page


def test_arabic_reads_from_right_to_left(client: Client) -> None:
    assert '<html lang="ar" dir="rtl">' in body(client, "/ar/")


def test_the_first_page_leads_to_its_sections(client: Client) -> None:
    make.section("Stories")

    assert 'data-to="/en/stories/"' in body(client, "/en/").partition("<main")[2]


def test_a_story_says_what_it_tells_of_before_it_tells_it(client: Client) -> None:
    story = make.story(what_helped=[("point", "A neighbour")])

    page = body(client, story.canonical_path)

    order = [
        "The kitchen light</h1>",
        "Wren",
        "Tells of fear at home.",
        "I left in the rain.",
        "A neighbour",
    ]
    places = [page.index(words) for words in order]
    assert places == sorted(places)


def test_lessons_lead_on_in_order(client: Client) -> None:
    first, second, third = (make.lesson(title) for title in ("Breathe", "Sleep", "Call"))

    middle = body(client, second.canonical_path).partition("<main")[2]

    assert "Lesson 2 of 3" in middle
    assert middle.index(first.canonical_path) < middle.index(third.canonical_path)
    assert "This was the last one" in body(client, third.canonical_path)


def test_a_guide_says_when_it_was_looked_over(client: Client) -> None:
    guide = make.guide()

    assert "Nov. 1, 2026" in body(client, guide.canonical_path)


def test_a_page_leads_to_itself_in_the_other_language(client: Client) -> None:
    guide = make.guide("How to rest")
    other = make.translation(guide, "es", title="Cómo descansar", slug="descansar")

    page = body(client, guide.canonical_path)

    assert f'data-to="{other.canonical_path}"' in page
    assert f'hreflang="es" href="http://127.0.0.1{other.canonical_path}"' in page


def test_a_page_without_translation_leads_to_the_other_first_page(client: Client) -> None:
    assert 'data-to="/es/"' in body(client, make.guide().canonical_path)


def test_a_page_is_not_shown_under_another_language(client: Client) -> None:
    make.guide(slug="rest")

    body(client, "/es/guides/rest/", status=404)


def test_a_published_page_is_kept_and_a_missing_one_is_not(client: Client) -> None:
    assert KEEP_HEADER in client.get("/en/").headers
    assert KEEP_HEADER not in client.get("/en/nothing/").headers


def test_a_draft_is_not_to_be_had(client: Client) -> None:
    draft = make.draft_story()

    body(client, draft.canonical_path, status=404)
    assert draft.canonical_path not in canonical_paths()


def test_a_page_that_somebody_locked_with_a_password_is_not_to_be_had(client: Client) -> None:
    guide = make.guide()
    PageViewRestriction.objects.create(page=guide, restriction_type="password", password="x")

    body(client, guide.canonical_path, status=404)
    assert guide.canonical_path not in canonical_paths()


def test_a_page_takes_no_forms(client: Client) -> None:
    assert client.post("/en/", {"a": "b"}).status_code == 405


def test_every_live_page_stands_in_the_sitemap() -> None:
    story, guide = make.story(), make.guide()

    paths = canonical_paths()

    assert {"/en/", "/es/", story.canonical_path, guide.canonical_path} <= set(paths)


def test_the_menu_holds_the_sections_of_one_language() -> None:
    make.section("Stories")
    make.section("Historias", "es")
    make.section("Hidden", menu=False)

    assert [(entry.label, entry.path) for entry in menu_entries("en")] == [
        ("Stories", "/en/stories/")
    ]


def test_a_story_without_consent_can_not_be_published() -> None:
    draft = make.draft_story()

    with pytest.raises(ValidationError):
        draft.get_latest_revision().publish()

    draft.refresh_from_db()
    assert not draft.live


@pytest.mark.parametrize("missing", ["content_note", "pen_name"])
def test_a_story_without_content_note_or_pen_name_can_not_be_published(missing: str) -> None:
    draft = make.draft_story()
    make.consent(draft)
    setattr(draft, missing, " ")
    revision = draft.save_revision(clean=False)

    with pytest.raises(ValidationError):
        revision.publish()


def test_a_guide_that_nobody_looked_over_can_not_be_published() -> None:
    with pytest.raises(ValidationError):
        make.guide(reviewed_on=None)


def test_a_story_whose_consent_ended_is_gone_before_any_job_runs(client: Client) -> None:
    story = make.story()
    Consent.objects.update(until=make.today() - timedelta(days=1))

    body(client, story.canonical_path, status=404)
    assert story.canonical_path not in canonical_paths()


def test_pages_hold_no_description_that_a_browser_would_store(client: Client) -> None:
    page = body(client, make.guide().canonical_path)

    assert 'name="description"' not in page
    assert "<title>Welcome</title>" in page


def test_a_page_has_no_link_to_our_own_pages_but_moves(client: Client) -> None:
    page = body(client, make.story().canonical_path).partition("<main")[2]

    assert "<a " not in page.partition("<footer")[0]


def test_pages_cost_a_fixed_number_of_queries(
    client: Client, django_assert_max_num_queries: Any
) -> None:
    for number in range(6):
        make.lesson(f"Lesson {number}")
    path = make.lesson("The last").canonical_path
    client.get(path)

    with django_assert_max_num_queries(25):
        client.get(path)
