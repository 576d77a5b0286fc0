"""What every site starts with."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import Group
from django.test import override_settings
from wagtail.models import GroupPagePermission, Locale, Page, Site, Workflow

from leeward.stories.first_pages import ensure_first_pages
from leeward.stories.models import HomePage
from leeward.stories.tests import make

pytestmark = pytest.mark.django_db


def test_the_first_pages_are_each_others_translations() -> None:
    homes = HomePage.objects.all()

    assert {home.language for home in homes} == {"en", "es", "ar"}
    assert len({home.translation_key for home in homes}) == 1
    assert all(home.live for home in homes)


def test_the_site_stands_on_the_first_page_of_its_first_language() -> None:
    assert Site.objects.get(is_default_site=True).root_page_id == make.home("en").pk


def test_nothing_of_what_wagtail_ships_is_left() -> None:
    assert Page.objects.filter(depth=2).count() == HomePage.objects.count()
    assert not Group.objects.filter(name__in=["Editors", "Moderators"]).exists()
    assert [workflow.name for workflow in Workflow.objects.all()] == ["Two people look it over"]


def test_running_again_changes_nothing() -> None:
    before = (Page.objects.count(), GroupPagePermission.objects.count(), Workflow.objects.count())

    ensure_first_pages()

    after = (Page.objects.count(), GroupPagePermission.objects.count(), Workflow.objects.count())
    assert after == before


def test_what_somebody_wrote_or_took_away_stays_so() -> None:
    home = make.home()
    home.title = "Our own words"
    home.save_revision().publish()
    editor = Group.objects.get(name="editor")
    editor.page_permissions.first().delete()
    left = editor.page_permissions.count()

    ensure_first_pages()

    assert make.home().title == "Our own words"
    assert editor.page_permissions.count() == left


def test_a_language_that_is_switched_on_later_gets_its_first_page() -> None:
    make.home("ar").delete()
    Locale.objects.filter(language_code="ar").delete()

    ensure_first_pages()

    assert make.home("ar").translation_key == make.home("en").translation_key


@override_settings(LANGUAGES=[("en", "English"), ("es", "Español")])
def test_a_language_that_is_not_offered_gets_none() -> None:
    make.home("ar").delete()

    ensure_first_pages()

    assert not HomePage.objects.filter(locale__language_code="ar").exists()
