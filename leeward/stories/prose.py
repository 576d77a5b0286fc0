"""Rich text as visitors get it: links to our pages become moves, links elsewhere say so.

A link to one of our own pages would write its address into the browser's history, so it becomes
a button that moves on the one address. A link to another site asks the browser not to tell where
it came from, and carries the words "(other site)".
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from html import unescape
from typing import Any

from django.urls import NoReverseMatch, reverse
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from wagtail.models import Page
from wagtail.rich_text import LinkHandler, expand_db_html
from wagtail.rich_text.pages import PageLinkHandler

from leeward.design.templatetags.moves import move_button
from leeward.stories.blocks import PLACES

_MOVE = re.compile(r'<a data-page="([^"]*)">(.*?)</a>', re.DOTALL)
_OUTSIDE = re.compile(r'<a data-site="([^"]*)">(.*?)</a>', re.DOTALL)
_OTHER = re.compile(r"<a(?! data-(?:page|site)=)([^>]*)>(.*?)</a>", re.DOTALL)
_NUMBER = re.compile(r'href="tel:([^"]*)"')
_OUTSIDE_SCHEMES = ("https://", "http://")


@dataclass(frozen=True, slots=True)
class Move:
    """A way to another page of this site."""

    path: str
    label: str
    text: str


class PageMoves(PageLinkHandler):
    """Links to our own pages; one that is not on the site becomes plain text."""

    @classmethod
    def expand_db_attributes_many(cls, attrs_list: list[dict[str, str]]) -> list[str]:
        """Return a mark with the page's canonical path for each link."""
        paths = [canonical_path(page) for page in cls.get_many(attrs_list)]
        return [f'<a data-page="{escape(path)}">' if path else "<a>" for path in paths]


class OtherSites(LinkHandler):
    """Links to other sites, by http or https alone."""

    identifier = "external"

    @classmethod
    def expand_db_attributes(cls, attrs: dict[str, str]) -> str:
        """Return a mark with the address."""
        address = attrs.get("href", "")
        is_web = address.lower().startswith(_OUTSIDE_SCHEMES)
        return f'<a data-site="{escape(address)}">' if is_web else "<a>"


def canonical_path(page: Page | None) -> str:
    """Return the canonical path of a page that is on the site, else ""."""
    if page is None or not page.live:
        return ""
    parts = page.get_url_parts()
    return parts[2] or "" if parts else ""


def as_prose(source: str) -> SafeString:
    """Return stored rich text as HTML for visitors. `source` was cleaned when it was stored."""
    html = _OTHER.sub(_number_or_text, expand_db_html(source or ""))
    return mark_safe(_OUTSIDE.sub(_outside, _MOVE.sub(_move, html)))  # noqa: S308


def _number_or_text(found: re.Match[str]) -> str:
    """Return a number to call as a link; every other kind of link as its text."""
    number = _NUMBER.search(found[1])
    digits = re.sub(r"[^\d+*#]", "", number[1]) if number else ""
    return f'<a href="tel:{digits}">{found[2]}</a>' if digits else found[2]


def _move(found: re.Match[str]) -> str:
    return move_button(unescape(found[1]), mark_safe(found[2]))  # noqa: S308


def _outside(found: re.Match[str]) -> str:
    return outside_link(unescape(found[1]), mark_safe(found[2]))  # noqa: S308


def outside_link(address: str, label: str) -> SafeString:
    """Return a link to another site that tells it nothing and says that it is another site."""
    return format_html(
        '<a href="{}" rel="noreferrer noopener">{} {}</a>', address, label, _("(other site)")
    )


def moves_of(stream: Iterable[Any]) -> list[Move]:
    """Return the moves that a `MovesBlock` value holds, without those that lead nowhere now."""
    items = list(stream or [])
    wanted = [item.value.pk for item in items if item.block_type == "page" and item.value]
    pages = {page.pk: page for page in Page.objects.filter(pk__in=wanted).live().specific()}
    found = [
        _to_page(pages.get(getattr(item.value, "pk", None)))
        if item.block_type == "page"
        else to_place(item.value)
        for item in items
    ]
    return [move for move in found if move is not None]


def _to_page(page: Page | None) -> Move | None:
    path = canonical_path(page)
    return Move(path, page.title, page.intro) if page is not None and path else None


def to_place(name: str) -> Move | None:
    """Return the move to a fixed page (a key of PLACES), or None when it is not to be had."""
    if name not in PLACES:
        return None
    view, label, text = PLACES[name]
    try:
        return Move(reverse(view), str(label), str(text))
    except NoReverseMatch:
        return None
