"""Names of countries, languages and topics in the reader's language (from CLDR, by babel)."""

from __future__ import annotations

import unicodedata
from datetime import date
from functools import cache

from babel import Locale, UnknownLocaleError
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from leeward.helplines import facts, rules

# Topic → heading; this order is the page's. A report to the police comes last.
TOPICS = {
    "dv": _("Abuse at home"),
    "both": _("Abuse at home and trafficking"),
    "trafficking": _("Trafficking"),
    "sexual_violence": _("Sexual violence"),
    "dv_teen": _("Teens and young adults"),
    "dv_men": _("Men who are abused"),
    "dv_older": _("Older people"),
    "victim_support": _("Help after any crime"),
    "child": _("Children"),
    "crisis": _("Crisis"),
    "trafficking_report": _("Report to the police"),
}


@cache
def _locale(language: str) -> Locale:
    try:
        return Locale.parse(language, sep="-")
    except (UnknownLocaleError, ValueError):
        return Locale.parse("en")


def country_name(country: str, language: str) -> str:
    """Return the name of a country (two letters) in `language`; the letters when unknown."""
    return str(_locale(language).territories.get(country, country))


@cache
def countries(language: str) -> list[tuple[str, str]]:
    """Return (two letters, name) of every region with emergency numbers, in the names' order."""
    named = [(country, country_name(country, language)) for country in facts.emergency_facts()]
    return sorted(named, key=lambda pair: _sort_key(pair[1]))


def _sort_key(name: str) -> str:
    """Return `name` without accents and case, so that Åland stands with A."""
    plain = unicodedata.normalize("NFKD", name)
    return "".join(mark for mark in plain if not unicodedata.combining(mark)).casefold()


def language_names(codes: list[str]) -> str:
    """Return languages, such as ["en", "ase"], by name in the active language."""
    names = _locale(get_language() or "en").languages
    return ", ".join(str(names.get(code, code)) for code in codes)


def written_date(partial: str) -> str:
    """Return "2026", "2026-07" or "2026-07-19" written out in the active language."""
    day = rules.earliest_day(partial)
    if day is None:
        return ""
    formats = {4: "Y", 7: "YEAR_MONTH_FORMAT"}
    return written_day(day, formats.get(len(partial), "DATE_FORMAT"))


def written_day(day: date, layout: str = "DATE_FORMAT") -> str:
    """Return a day written out in the active language."""
    return date_format(day, layout, use_l10n=True)
