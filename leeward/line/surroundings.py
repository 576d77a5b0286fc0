"""What the line adds to every page: a menu entry and the sitemap."""

from __future__ import annotations

from collections.abc import Iterable

from django.conf import settings
from django.urls import reverse
from django.utils import translation

from leeward.design.frame import MenuEntry
from leeward.design.remembered import gettext as _
from leeward.design.remembered import path_to

MENU_ORDER = 3


def menu(language: str) -> Iterable[MenuEntry]:
    """Return the menu's entry."""
    with translation.override(language):
        return [MenuEntry(_("Talk to someone"), path_to("line:talk"), MENU_ORDER)]


def sitemap_paths() -> Iterable[str]:
    """Return the first page's path in each language; the pages behind it need what stands there."""
    for code, _name in settings.LANGUAGES:
        if code != "ar":  # there to try right-to-left with; its words are not written yet
            with translation.override(code):
                yield reverse("line:talk")
