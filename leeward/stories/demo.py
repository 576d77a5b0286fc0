"""Demonstration content: pages that show what the site is, in each language it offers."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from wagtail.models import Locale

from leeward.stories import stock
from leeward.stories.blocks import PLACES
from leeward.stories.first_pages import ensure_first_pages
from leeward.stories.models import (
    Consent,
    GuidePage,
    HomePage,
    LessonPage,
    NoticePage,
    SectionPage,
    SitePage,
    StoryPage,
)

KINDS: dict[str, type[SitePage]] = {
    "home": HomePage,
    "section": SectionPage,
    "story": StoryPage,
    "guide": GuidePage,
    "lesson": LessonPage,
    "notice": NoticePage,
}
Pages = dict[tuple[str, str], SitePage]


@transaction.atomic
def load() -> None:
    """Load the demonstration pages into a site that holds none but its first pages."""
    ensure_first_pages()
    if HomePage.objects.filter(numchild__gt=0).exists():
        return
    versions = [
        (page, code)
        for page in stock.read_stock()
        for code, _name in settings.LANGUAGES
        if code in page
    ]
    pages: Pages = {}
    for page, code in versions:
        _place(page, code, pages)
    for page, code in versions:
        _write(pages[page["key"], code], page, code, pages)


def _place(page: stock.Stock, code: str, pages: Pages) -> None:
    """Make the page where it belongs, still empty, so that others can lead to it."""
    locale = Locale.objects.get(language_code=code)
    if page["kind"] == "home":
        pages[page["key"], code] = HomePage.objects.get(locale=locale)
        return
    parent = pages.get((page["parent"], code)) or HomePage.objects.get(locale=locale)
    words = page[code]
    made = KINDS[page["kind"]](
        title=words["title"],
        slug=page["slug"][code],
        locale=locale,
        live=False,
        show_in_menus=bool(page.get("in_menu")),
    )
    for (key, _code), other in pages.items():
        if key == page["key"]:
            made.translation_key = other.translation_key
    parent.refresh_from_db()
    pages[page["key"], code] = parent.add_child(instance=made)


def _write(made: SitePage, page: stock.Stock, code: str, pages: Pages) -> None:
    """Fill the page with its words and publish it."""
    words = page[code]
    ids = {key: other.pk for (key, language), other in pages.items() if language == code}
    made.title = words["title"]
    made.intro = " ".join(words.get("intro", "").split())
    made.menu_label = words.get("menu", "")[:24]
    items = _without_sections(made, words.get("body", []), pages)
    if isinstance(made, StoryPage):
        related = [key for item in items for key in item.get("related", [])]
        items = [item for item in items if "related" not in item]
        made.related_help = stock.moves(related, ids)
    made.body = stock.body(items, ids)
    _write_own_parts(made, words)
    if isinstance(made, StoryPage):
        _agree(made)
    made.save_revision().publish()


def _without_sections(made: SitePage, items: list[stock.Stock], pages: Pages) -> list[stock.Stock]:
    """Return the blocks without what a first page shows by itself: sections and fixed pages."""
    if not isinstance(made, HomePage):
        return items
    listed = {key for (key, _code), page in pages.items() if page.show_in_menus} | set(PLACES)
    kept = []
    for item in items:
        keys = [key for key in item.get("related", []) if key not in listed]
        if keys or "related" not in item:
            kept.append({"related": keys} if keys else item)
    return kept


def _write_own_parts(made: SitePage, words: stock.Stock) -> None:
    if isinstance(made, StoryPage):
        made.pen_name = words["pen_name"]
        made.content_note = " ".join(words["content_note"].split())
        made.is_demonstration = True
        points: list[Any] = [("point", point) for point in words.get("what_helped", [])]
        made.what_helped = points
    if isinstance(made, GuidePage):
        made.reviewed_on = words.get("reviewed_on") or date(2026, 11, 1)


def _agree(story: StoryPage) -> None:
    """Record that this story is made up: nobody had to be asked, so nothing is sealed."""
    today = datetime.now(UTC).date()
    Consent.objects.get_or_create(
        story_key=story.translation_key,
        defaults={"agreed_on": today - timedelta(days=1), "is_demonstration": True, "sealed": b""},
    )
