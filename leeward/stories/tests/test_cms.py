"""The editor: behind our sign-in, without accounts of its own, asking nobody else."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from django.urls import URLPattern, URLResolver

from leeward.stories import cms_urls, picture_urls, urls
from leeward.stories.models import GuidePage, StoryPage
from leeward.stories.tests import make

pytestmark = pytest.mark.django_db


def every_view(patterns: list[Any]) -> Iterator[Any]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from every_view(pattern.url_patterns)
        elif isinstance(pattern, URLPattern):
            yield pattern.callback


def test_every_view_says_who_may_enter() -> None:
    views = [
        *every_view(cms_urls.urlpatterns),
        *every_view(urls.urlpatterns),
        *every_view(picture_urls.urlpatterns),
    ]

    assert len(views) > 100
    assert [view for view in views if not hasattr(view, "who_may_enter")] == []


@pytest.mark.parametrize("path", ["", "pages/", "images/", "consents/", "reports/locked/"])
def test_strangers_are_sent_to_sign_in(client: Client, path: str) -> None:
    answer = client.get(f"/staff/cms/{path}")

    assert answer.status_code == 302
    assert answer.headers["Location"].startswith("/staff/sign-in/")


def test_a_password_alone_does_not_open_the_editor() -> None:
    account = make.person("ed", "editor")
    browser = Client()
    browser.force_login(account)

    assert browser.get("/staff/cms/").status_code == 302


@pytest.mark.parametrize(
    "path",
    [
        "users/",
        "users/add/",
        "groups/",
        "password_reset/",
        "documents/",
        "documents/add/",
        "api-tokens/",
    ],
)
def test_screens_for_accounts_and_documents_are_shut(path: str) -> None:
    browser = make.signed_in(make.person("root", is_superuser=True))

    assert browser.get(f"/staff/cms/{path}").status_code == 404
    assert browser.post(f"/staff/cms/{path}").status_code == 404


@pytest.mark.parametrize("path", ["login/", "account/"])
def test_sign_in_and_account_lead_to_our_own_screens(path: str) -> None:
    browser = make.signed_in(make.person("root", is_superuser=True))

    assert browser.get(f"/staff/cms/{path}").headers["Location"] == "/staff/"


def test_signing_out_of_the_editor_ends_the_session() -> None:
    browser = make.signed_in(make.person("ed", "editor"))

    browser.post("/staff/cms/logout/")

    assert browser.get("/staff/cms/").status_code == 302


@pytest.mark.parametrize(
    "path", ["", "pages/{home}/", "pages/{home}/edit/", "images/", "consents/"]
)
def test_the_editors_screens_ask_no_other_host(path: str) -> None:
    browser = make.signed_in(make.person("root", is_superuser=True))

    page = browser.get(f"/staff/cms/{path.format(home=make.home().pk)}").content.decode()

    loads = re.findall(r'(?:src|srcset)="(https?:)?//[^"]*"', page)
    assert loads == []
    assert "gravatar" not in page


def test_the_editor_shows_the_checks_of_a_page() -> None:
    story = make.draft_story(
        body=[{"type": "paragraph", "value": "<p>She was asking for it by staying.</p>"}]
    )
    browser = make.signed_in(make.person("ed", "editor"))

    page = browser.get(f"/staff/cms/pages/{story.pk}/edit/").content.decode()

    assert "Flesch-Kincaid" in page
    assert "There is no consent that holds today." in page
    assert "Words that can hurt" in page


def test_an_editor_makes_a_draft(django_user_model: Any) -> None:
    browser = make.signed_in(make.person("ed", "editor"))
    section = make.section("Guides")
    fields = make.guide_form(
        GuidePage(title="New guide", slug="new-guide", reviewed_on=make.today())
    )

    answer = browser.post(f"/staff/cms/pages/add/stories/guidepage/{section.pk}/", fields)

    assert answer.status_code == 302
    made = GuidePage.objects.get(slug="new-guide")
    assert not made.live
    assert get_user_model().objects.filter(pk=made.owner_id).exists()


def test_a_preview_is_not_kept_and_moves_nowhere() -> None:
    browser = make.signed_in(make.person("ed", "editor"))
    draft = make.draft_story()

    answer = browser.get(f"/staff/cms/pages/{draft.pk}/view_draft/")

    assert b"The kitchen light" in answer.content
    assert b"<script>" not in answer.content
    assert "X-Leeward-Keep" not in answer.headers


def test_publishing_alone_without_consent_keeps_the_draft_and_says_why() -> None:
    browser = make.signed_in(make.person("root", is_superuser=True))
    story = make.draft_story()
    form = make.guide_form(story) | {
        "intro": "Words typed just now.",
        "pen_name": "Wren",
        "content_note": "Fear.",
        "what_helped-count": "0",
        "related_help-count": "0",
        "action-publish": "action-publish",
    }

    answer = browser.post(f"/staff/cms/pages/{story.pk}/edit/", form, follow=True)

    stored = StoryPage.objects.get()
    said = [str(message) for message in answer.context["messages"]]
    assert said == ["There is no consent that holds today. Record it first."]
    assert stored.get_latest_revision_as_object().intro == "Words typed just now."
    assert not stored.live


def test_publishing_many_at_once_stops_before_one_that_may_not() -> None:
    browser = make.signed_in(make.person("root", is_superuser=True))
    story = make.draft_story()

    answer = browser.post(f"/staff/cms/bulk/wagtailcore/page/publish/?id={story.pk}", follow=True)

    assert "There is no consent that holds today." in answer.content.decode()
    assert not StoryPage.objects.get().live
