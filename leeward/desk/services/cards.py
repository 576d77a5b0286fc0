"""Cards to send: public facts from the directory and the lines, in the visitor's language."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils import timezone, translation

from leeward.directory.search.types import IndexUnfit
from leeward.directory.services import finding
from leeward.directory.services.question import Question
from leeward.directory.views.rows import Row, rows_of
from leeward.helplines import services as helplines
from leeward.helplines import words
from leeward.helplines.present import LineWords, present

Card = dict[str, Any]
WITHIN_KM = 160
CARDS_MAX = 12

__all__ = ["Cards", "IndexUnfit", "countries", "lines", "services"]


@dataclass(frozen=True, slots=True)
class Cards:
    """What was found; is_place_unknown: no place of that name is known."""

    cards: list[Card]
    is_place_unknown: bool = False


def countries(language: str) -> list[tuple[str, str]]:
    """Return (two letters, name) of each country that has lines or an emergency number."""
    return words.countries(language)


def services(*, where: str, asked: str, has_bed: bool, language: str) -> Cards:
    """Return services that everybody may find near a place, nearest first; twelve at most.

    Nothing of the question is kept. Raises IndexUnfit while the directory is read in.
    """
    question = Question(where=where, words=asked, has_bed=has_bed, within_km=WITHIN_KM)
    if question.is_empty:
        return Cards([])
    now = timezone.now()
    with translation.override(language):
        found = finding.look(question, at=now)
        cards = [_of_service(row) for row in rows_of(found, now)[:CARDS_MAX]]
    return Cards(cards, is_place_unknown=found.is_place_unknown)


def lines(*, country: str, language: str) -> Cards:
    """Return the lines of a country (two letters) that visitors are shown."""
    with translation.override(language):
        page = helplines.country_page(country)
        shown = [each for _topic, group in page.groups for each in group]
        return Cards([_of_line(present(each)) for each in shown])


def _of_service(row: Row) -> Card:
    phones = [" ".join(filter(None, (phone.number, phone.after))) for phone in row.phones]
    safe = " ".join(phone.safe_to_call for phone in row.phones if phone.safe_to_call)
    return _filled(
        name=row.name,
        organization=row.organization,
        phones=phones,
        place=" · ".join(row.facts),
        note=" ".join(filter(None, (row.needs, safe))),
    )


def _of_line(line: LineWords) -> Card:
    return _filled(
        name=line.name,
        phones=[number for number in (line.phone, line.sms) if number],
        hours=line.hours,
        languages=line.languages,
        note=line.note,
    )


def _filled(**fields: str | list[str]) -> Card:
    return {name: value for name, value in fields.items() if value}
