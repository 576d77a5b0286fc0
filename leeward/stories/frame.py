"""What editors' pages add around every page: entries of the menu and of the sitemap."""

from __future__ import annotations

from collections.abc import Iterable

from django.conf import settings
from wagtail.models import Page

from leeward.design.frame import MenuEntry, adds_to_menu
from leeward.safety.sitemap import adds_to_sitemap
from leeward.stories.models import NoticePage, SectionPage, StoryPage
from leeward.stories.prose import canonical_path

FIRST_ORDER = 20


def register() -> None:
    """Register both sources."""
    adds_to_menu(menu_entries)
    adds_to_sitemap(public_paths)


def menu_entries(language: str) -> list[MenuEntry]:
    """Return the sections and notices that stand in the menu, in the order of the page tree."""
    pages = (
        Page.objects.type(SectionPage, NoticePage)
        .filter(locale__language_code=language, depth=3)
        .live()
        .in_menu()
        .order_by("path")
        .specific()
    )
    return [
        MenuEntry(page.menu_label or page.title, page.canonical_path, FIRST_ORDER + place)
        for place, page in enumerate(pages)
    ]


def public_paths() -> Iterable[str]:
    """Return the canonical path of every page that visitors can open."""
    offered = [code for code, _name in settings.LANGUAGES]
    pages = Page.objects.live().public().filter(locale__language_code__in=offered, depth__gt=1)
    for page in pages.not_type(StoryPage):
        yield canonical_path(page)
    for story in StoryPage.objects.live().public().filter(locale__language_code__in=offered):
        if story.is_agreed_to():
            yield story.canonical_path
