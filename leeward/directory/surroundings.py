"""What the directory adds to every page: a menu entry and the sitemap."""

from __future__ import annotations

from collections.abc import Iterable

from django.conf import settings
from django.urls import reverse
from django.utils import translation

from leeward.design.frame import MenuEntry
from leeward.design.remembered import gettext as _
from leeward.design.remembered import path_to

MENU_ORDER = 4


def menu(language: str) -> Iterable[MenuEntry]:
    """Return the menu's entry."""
    with translation.override(language):
        return [MenuEntry(_("Find help near you"), path_to("directory:find"), MENU_ORDER)]


def sitemap_paths() -> Iterable[str]:
    """Return the search page's path in each language; single services are left out on purpose.

    A search engine's result that names a shelter would stand in the history of whoever follows it.
    """
    for code, _name in settings.LANGUAGES:
        if code != "ar":  # there to try right-to-left with; its words are not written yet
            with translation.override(code):
                yield reverse("directory:find")
