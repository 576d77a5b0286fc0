"""Publishing on time, and what happens to kept pages."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.utils import timezone

from leeward.safety.generation import generation
from leeward.stories import jobs
from leeward.stories.models import Consent, GuidePage, StoryPage
from leeward.stories.tests import make

pytestmark = pytest.mark.django_db


def scheduled(page: Any, **changes: Any) -> None:
    for name, value in changes.items():
        setattr(page, name, value)
    page.go_live_at = make.later(hours=1)
    page.save_revision().publish()


def test_a_page_goes_live_when_its_time_has_come() -> None:
    guide = make.guide(intro="Old words.")
    scheduled(guide, intro="New words.")
    assert GuidePage.objects.get().intro == "Old words."

    with time_machine.travel(make.later(hours=2)):
        jobs.every_minute()

    assert GuidePage.objects.get().intro == "New words."


def test_a_page_leaves_when_its_time_is_over() -> None:
    guide = make.guide()
    GuidePage.objects.update(expire_at=timezone.now() - timedelta(minutes=1))

    jobs.every_minute()

    guide.refresh_from_db()
    assert not guide.live


def test_a_story_that_lost_its_consent_does_not_hold_up_the_others() -> None:
    story, guide = make.draft_story(), make.guide(intro="Old words.")
    make.consent(story)
    for page, words in ((story, "Old words."), (guide, "New words.")):
        scheduled(page, intro=words)
    Consent.objects.all().delete()

    with time_machine.travel(make.later(hours=2)):
        jobs.every_minute()

    assert not StoryPage.objects.get().live
    assert GuidePage.objects.get().intro == "New words."
    assert not story.revisions.exclude(approved_go_live_at=None).exists()


def acts() -> dict[str, Any]:
    def rename(page: Any) -> None:
        page.slug = "renamed"
        page.save_revision().publish()

    return {
        "publish": lambda page: page.save_revision().publish(),
        "unpublish": lambda page: page.unpublish(),
        "move": lambda page: page.move(make.section("Other"), pos="last-child"),
        "rename": rename,
        "delete": lambda page: page.delete(),
        "picture": lambda _page: make.picture(),
        "consent": lambda _page: Consent.objects.create(
            story_key="11111111-1111-1111-1111-111111111111", agreed_on=make.today(), sealed=b""
        ),
    }


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.parametrize("act", acts())
def test_whatever_changes_the_site_drops_kept_pages(
    act: str, django_capture_on_commit_callbacks: Any
) -> None:
    guide = make.guide()
    make.section("Other")
    before = generation().now()

    with django_capture_on_commit_callbacks(execute=True):
        acts()[act](guide)

    assert generation().now() != before


def test_a_draft_drops_nothing(django_capture_on_commit_callbacks: Any) -> None:
    guide = make.guide()
    before = generation().now()

    with django_capture_on_commit_callbacks(execute=True):
        guide.save_revision()

    assert generation().now() == before
