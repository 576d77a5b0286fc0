"""What editors' pages add elsewhere: to the menu, the sitemap and the staff's start page."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime

from django.conf import settings
from django.db import connection
from django.urls import reverse
from django.utils.translation import ngettext
from wagtail.models import Page

from leeward.design.frame import MenuEntry, adds_to_menu
from leeward.people.models import Account
from leeward.people.staff_menu import Attention, adds_to_attention
from leeward.safety.generation import generation
from leeward.safety.sitemap import adds_to_sitemap
from leeward.stories import services
from leeward.stories.models import NoticePage, SectionPage, StoryPage
from leeward.stories.prose import canonical_path

FIRST_ORDER = 20
# By language: the mark of the publish that they were read after, and the entries.
_kept_entries: dict[str, tuple[bytes, list[MenuEntry]]] = {}


def register() -> None:
    """Register them all."""
    adds_to_menu(menu_entries)
    adds_to_sitemap(public_paths)
    adds_to_attention(ending_consents)


def menu_entries(language: str) -> list[MenuEntry]:
    """Return the sections and notices that stand in the menu, in the order of the page tree.

    The database is asked once after each publish, not for every page. Inside a transaction it is
    asked each time: what stands there may never be stored.
    """
    if connection.in_atomic_block:
        return _stored_entries(language)
    mark = generation().now()  # before the look: what is published meanwhile makes it old
    kept = _kept_entries.get(language)
    if kept is None or kept[0] != mark:
        kept = _kept_entries[language] = mark, _stored_entries(language)
    return kept[1]


def _stored_entries(language: str) -> list[MenuEntry]:
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


def ending_consents(account: Account) -> Iterable[Attention]:
    """Return a note when consents end within the warning days."""
    if not account.has_perm("wagtailadmin.access_admin"):
        return
    count = len(services.consents_ending(datetime.now(UTC).date()))
    if count:
        words = ngettext(
            "A story's consent ends soon.", "The consents of %(count)d stories end soon.", count
        )
        yield Attention(words % {"count": count}, reverse("stories_consents"))
