"""Two pairs of eyes: nobody publishes their own text, and nobody does both reviews."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from leeward.stories.first_pages import WORKFLOW
from leeward.stories.models import GuidePage
from leeward.stories.tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def writer() -> Any:
    return make.person("writer", "editor")


@pytest.fixture
def reviewers() -> list[Any]:
    return [make.person(f"reviewer-{number}", "reviewer") for number in (1, 2)]


def submitted(writer: Any, page: Any = None) -> Any:
    """Return a guide with a change by `writer`, sent to the two reviews."""
    guide = page or make.guide(intro="Old words.")
    guide.intro = "New words."
    guide.save_revision(user=writer)
    guide.get_workflow().start(guide, writer)
    return guide


def decide(page: Any, person: Any, action: str = "approve") -> None:
    state = page.current_workflow_state.current_task_state
    state.task.specific.on_action(state, person, action)


def on_the_site(page: Any) -> str:
    return str(GuidePage.objects.get(pk=page.pk).intro)


def test_every_page_goes_through_the_reviews() -> None:
    for page in (make.home(), make.section(), make.guide(), make.draft_story()):
        assert page.get_workflow().name == WORKFLOW


def test_two_reviewers_publish_what_somebody_else_wrote(writer: Any, reviewers: list[Any]) -> None:
    guide = submitted(writer)

    decide(guide, reviewers[0])
    assert on_the_site(guide) == "Old words."
    decide(guide, reviewers[1])

    assert on_the_site(guide) == "New words."


def test_one_person_can_not_do_both_reviews(writer: Any, reviewers: list[Any]) -> None:
    guide = submitted(writer)
    decide(guide, reviewers[0])

    with pytest.raises(PermissionDenied):
        decide(guide, reviewers[0])

    assert on_the_site(guide) == "Old words."


@pytest.mark.parametrize("fields", [{}, {"is_superuser": True}])
def test_whoever_wrote_it_can_not_review_it(fields: dict[str, bool]) -> None:
    writer = make.person("both", "editor", "reviewer", **fields)
    guide = submitted(writer)

    with pytest.raises(PermissionDenied):
        decide(guide, writer)


def test_whoever_wrote_an_earlier_unpublished_part_can_not_review_it(
    writer: Any, reviewers: list[Any]
) -> None:
    guide = make.guide(intro="Old words.")
    guide.save_revision(user=reviewers[0])
    submitted(writer, guide)

    with pytest.raises(PermissionDenied):
        decide(guide, reviewers[0])


def test_a_reviewer_who_changes_the_text_becomes_a_writer_of_it(
    writer: Any, reviewers: list[Any]
) -> None:
    guide = submitted(writer)
    guide.save_revision(user=reviewers[0])

    with pytest.raises(PermissionDenied):
        decide(guide, reviewers[0])


def test_a_change_after_the_first_review_needs_both_again(
    writer: Any, reviewers: list[Any]
) -> None:
    third = make.person("reviewer-3", "reviewer")
    guide = submitted(writer)
    decide(guide, reviewers[0])
    guide.intro = "Other words."
    guide.save_revision(user=writer)

    decide(guide, reviewers[1])
    assert on_the_site(guide) == "Old words."
    decide(guide, third)

    assert on_the_site(guide) == "Other words."


def test_a_press_on_a_screen_from_before_the_change_approves_nothing(
    writer: Any, reviewers: list[Any]
) -> None:
    guide = submitted(writer)
    seen = guide.current_workflow_state.current_task_state
    guide.intro = "Words that nobody saw."
    guide.save_revision(user=writer)
    browser = make.signed_in(reviewers[0])

    browser.post(f"/staff/cms/pages/workflow/action/{guide.pk}/approve/{seen.pk}/")

    seen.refresh_from_db()
    assert seen.status == "cancelled"
    current = GuidePage.objects.get(pk=guide.pk).current_workflow_state.current_task_state
    assert current.status == "in_progress"


def test_an_editor_can_not_review(writer: Any) -> None:
    guide = submitted(writer)

    with pytest.raises(PermissionDenied):
        decide(guide, make.person("other", "editor"))


def test_a_reviewer_may_send_a_text_back(writer: Any, reviewers: list[Any]) -> None:
    guide = submitted(writer)

    decide(guide, reviewers[0], "reject")

    assert guide.current_workflow_state.status == "needs_changes"


def test_nobody_can_approve_a_story_without_consent(writer: Any, reviewers: list[Any]) -> None:
    story = make.draft_story()
    story.save_revision(user=writer)
    story.get_workflow().start(story, writer)

    with pytest.raises(PermissionDenied):
        decide(story, reviewers[0])


@pytest.mark.parametrize("role", ["editor", "reviewer", "coordinator", "administrator"])
def test_no_role_publishes_past_the_reviews(role: str) -> None:
    guide = make.guide(intro="Old words.")
    browser = make.signed_in(make.person("alone", role))

    answer = browser.get(f"/staff/cms/pages/{guide.pk}/edit/")

    assert b'name="action-publish"' not in answer.content
    assert not guide.permissions_for_user(make.person("other", role)).can_publish()


def test_a_reviewer_may_take_a_page_off_the_site_alone(reviewers: list[Any]) -> None:
    guide = make.guide()

    make.signed_in(reviewers[0]).post(f"/staff/cms/pages/{guide.pk}/unpublish/")

    assert not GuidePage.objects.get(pk=guide.pk).live


def test_an_editor_writes_and_can_not_take_a_page_off_the_site(writer: Any) -> None:
    guide = make.guide()
    permissions = guide.permissions_for_user(writer)

    assert permissions.can_edit()
    assert not permissions.can_unpublish()


def test_an_advocate_does_not_come_into_the_editor() -> None:
    browser = make.signed_in(make.person("adv", "advocate"))

    assert browser.get("/staff/cms/").status_code == 403
