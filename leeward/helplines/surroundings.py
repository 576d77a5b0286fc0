"""What the lines add to every page: a menu entry, the numbers in the safety notice, the sitemap."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from leeward.design.frame import MenuEntry, NoticeLine
from leeward.design.remembered import path_to
from leeward.helplines import facts, rules, services
from leeward.helplines.services.showing import fact_of, today
from leeward.safety import log
from leeward.safety.generation import generation

MENU_ORDER = 5

# One entry a language: (what it was made under, the lines). Made anew after each change and day.
_Mark = tuple[bytes, date]
_remembered: dict[str, tuple[_Mark, list[NoticeLine]]] = {}


def menu(language: str) -> Iterable[MenuEntry]:
    """Return the menu's entry."""
    with translation.override(language):
        return [MenuEntry(_("Call or text"), path_to("helplines:lines"), MENU_ORDER)]


def notice(language: str) -> Iterable[NoticeLine]:
    """Return the operator country's emergency number and national line. Never raises."""
    mark = (generation().now(), today())
    remembered = _remembered.get(language)
    if remembered is not None and remembered[0] == mark:
        return remembered[1]
    with translation.override(language):
        try:
            found = [*_emergency_lines(), *_national_line()]
        except Exception as wrong:  # noqa: BLE001  -- the notice stands on error pages, too
            log.warning("helplines.notice_without_database", kind=type(wrong).__name__)
            return _shipped_emergency_lines()
    _remembered[language] = (mark, found)
    return found


def _emergency_lines() -> list[NoticeLine]:
    return _written(services.emergency_of(settings.CONFIG.country))


def _shipped_emergency_lines() -> list[NoticeLine]:
    return _written(rules.emergency(fact_of(settings.CONFIG.country), (), today=today()))


def _written(emergency: rules.Emergency) -> list[NoticeLine]:
    number = emergency.police or ("112" if emergency.has_112 else "")
    if not number:
        return [NoticeLine(_("Call your local emergency number."), number="", dial="")]
    return [NoticeLine(_("In danger now? Call"), number, number)]


def _national_line() -> list[NoticeLine]:
    line = services.national_line(settings.CONFIG.country)
    if line is None:
        return []
    return [NoticeLine(_("Abuse at home? Call"), line.phone, line.dial)]


def sitemap_paths() -> Iterable[str]:
    """Return the picker's and every country's path in each language that is offered for reading."""
    paths = []
    for code, _name in settings.LANGUAGES:
        if code == "ar":  # there to try right-to-left with; its words are not written yet
            continue
        with translation.override(code):
            paths.append(reverse("helplines:lines"))
            paths += [country_path(country) for country in facts.emergency_facts()]
    return paths


def country_path(country: str) -> str:
    """Return the canonical path of a country's page in the active language."""
    return reverse("helplines:country", args=[country.lower()])
