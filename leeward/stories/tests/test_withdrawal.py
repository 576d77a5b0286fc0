"""Withdrawal: at once, in every language, and nothing stays."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.core.files.storage import default_storage
from django.db import connection
from django.test import Client
from wagtail.models import Locale, ModelLogEntry, PageLogEntry, Revision

from leeward.safety.generation import generation
from leeward.stories import services
from leeward.stories.models import Consent, Picture, PictureRendition, StoryPage
from leeward.stories.tests import make

# Wagtail leaves the temporary file of a new size to the garbage collector.
pytestmark = pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
WORD = "zephyrcanary"


def picture_block(picture: Picture) -> dict[str, Any]:
    value = {"image": picture.pk, "decorative": True, "alt_text": ""}
    return {"type": "picture", "value": value}


def told(*blocks: dict[str, Any]) -> list[dict[str, Any]]:
    return [{"type": "paragraph", "value": f"<p>My {WORD}.</p>"}, *blocks]


@pytest.fixture
def coordinator(db: None) -> Any:
    return make.person("co", "coordinator")


def test_a_withdrawn_story_is_gone_in_every_language(client: Client, coordinator: Any) -> None:
    story = make.story()
    other = make.translation(story, "es", title="La luz", slug="la-luz")

    services.withdraw_story(other, by=coordinator)

    assert client.get(story.canonical_path).status_code == 404
    assert client.get(other.canonical_path).status_code == 404
    assert not StoryPage.objects.exists()
    assert not Consent.objects.exists()


def test_mirrors_of_a_story_go_with_it(coordinator: Any) -> None:
    story = make.story()
    spanish = Locale.objects.get(language_code="es")
    story.copy_for_translation(spanish, copy_parents=True, alias=True)

    services.withdraw_story(story, by=coordinator)

    assert not StoryPage.objects.exists()


def test_other_stories_stay(client: Client, coordinator: Any) -> None:
    story, other = make.story("One"), make.story("Two")

    services.withdraw_story(story, by=coordinator)

    assert client.get(other.canonical_path).status_code == 200


def test_every_version_goes(coordinator: Any) -> None:
    story = make.story()
    for _version in range(3):
        story.save_revision()

    services.withdraw_story(story, by=coordinator)

    assert not Revision.objects.for_instance(story).exists()
    assert not Revision.objects.filter(object_id=str(story.pk)).exists()


def test_pictures_go_with_their_sizes_and_files(
    coordinator: Any, django_capture_on_commit_callbacks: Any
) -> None:
    live, old = make.picture(), make.picture()
    story = make.story(body=told(picture_block(old)))
    size = old.get_rendition("width-30")
    story.body = told(picture_block(live))
    story.save_revision().publish()
    names = [live.file.name, old.file.name, size.file.name]

    with django_capture_on_commit_callbacks(execute=True):
        services.withdraw_story(story, by=coordinator)

    assert not Picture.objects.exists()
    assert not PictureRendition.objects.exists()
    assert [name for name in names if default_storage.exists(name)] == []


def test_a_picture_that_another_page_shows_stays(coordinator: Any) -> None:
    picture = make.picture()
    story = make.story(body=told(picture_block(picture)))
    make.guide(body=[picture_block(picture)])

    services.withdraw_story(story, by=coordinator)

    assert Picture.objects.filter(pk=picture.pk).exists()


def test_a_picture_in_the_draft_of_another_page_stays(coordinator: Any) -> None:
    picture = make.picture()
    story = make.story(body=told(picture_block(picture)))
    guide = make.guide()
    guide.body = [picture_block(picture)]
    guide.save_revision()

    services.withdraw_story(story, by=coordinator)

    assert Picture.objects.filter(pk=picture.pk).exists()


def test_the_editors_log_keeps_the_act_and_loses_the_name(coordinator: Any) -> None:
    story = make.story("Her real name")

    services.withdraw_story(story, by=coordinator)

    entries = PageLogEntry.objects.filter(page_id=story.pk)
    assert entries.filter(action="wagtail.delete").exists()
    assert {(entry.label, str(entry.data)) for entry in entries} == {("", "{}")}
    assert not ModelLogEntry.objects.filter(label__contains="real name").exists()


def test_kept_pages_are_dropped_in_every_process(
    coordinator: Any, django_capture_on_commit_callbacks: Any
) -> None:
    story = make.story()
    before = generation().now()

    with django_capture_on_commit_callbacks(execute=True):
        services.withdraw_story(story, by=coordinator)

    assert generation().now() != before


def test_an_advocate_can_not_withdraw(db: None) -> None:
    story = make.story()

    with pytest.raises(PermissionDenied):
        services.withdraw_story(story, by=make.person("adv", "advocate"))

    assert StoryPage.objects.exists()


def test_a_press_of_the_button_withdraws(coordinator: Any) -> None:
    story = make.story()

    answer = make.signed_in(coordinator).post(f"/staff/cms/consents/{story.pk}/withdraw/")

    assert answer.status_code == 302
    assert not StoryPage.objects.exists()


def test_a_story_can_not_be_copied(coordinator: Any) -> None:
    story = make.story()
    browser = make.signed_in(make.person("root", is_superuser=True))
    fields = {
        "new_title": "Copy",
        "new_slug": "copy",
        "new_parent_page": story.get_parent().pk,
    }

    browser.post(f"/staff/cms/pages/{story.pk}/copy/", fields)

    assert StoryPage.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_no_byte_of_a_withdrawn_story_is_left_on_disk() -> None:
    if connection.vendor != "sqlite":
        assert connection.vendor == "postgresql"  # there, a vacuum does it: docs/operate.md
        return
    coordinator = make.person("co", "coordinator")
    story = make.story(f"The {WORD}", body=told(), slug="a-story")
    make.signed_in(coordinator).get("/staff/cms/pages/")
    assert WORD.encode() in _all_bytes()

    services.withdraw_story(story, by=coordinator)

    assert WORD.encode() not in _all_bytes()


def _all_bytes() -> bytes:
    files = [file for file in Path(settings.DATA).rglob("*") if file.is_file()]
    return b"".join(file.read_bytes() for file in files)


def test_files_that_no_picture_names_are_swept_away_after_a_day(
    db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    picture = make.picture()
    left = default_storage.save("originals/" + "0" * 32 + ".jpg", make.upload(b"left"))

    assert services.sweep_pictures() == 0
    monkeypatch.setattr(default_storage, "get_modified_time", lambda _name: make.later(days=-2))
    assert services.sweep_pictures() >= 1

    assert not default_storage.exists(left)
    assert default_storage.exists(picture.file.name)
