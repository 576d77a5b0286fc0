"""What one result reads like on the page, made from its card alone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from django.utils.translation import gettext as _

from leeward.directory.rules import beds
from leeward.directory.search.card import Card, CardPhone
from leeward.directory.search.types import Hit
from leeward.directory.services.finding import Found
from leeward.directory.services.question import Question
from leeward.directory.views import wording

MOST_PHONES = 2
MOST_NEEDS = 3
CLOSED = "temporarily closed"


@dataclass(frozen=True, slots=True)
class Row:
    """One result, in words. whys, asks: wishes that are met, and those not known."""

    number: int
    id: str
    name: str
    organization: str
    phones: tuple[CardPhone, ...]
    where: str
    needs: str
    opening: str
    bed: str
    bed_told: str
    whys: tuple[str, ...]
    asks: tuple[str, ...]
    trust: str
    source: str
    is_closed: bool
    is_stale: bool


def rows_of(found: Found, now: datetime) -> list[Row]:
    """Return the results of one page, in words of the active language."""
    country = found.place.country if found.place else ""
    first = found.question.start + 1
    return [
        _row(number, one.hit, one.card, found.question, country, now)
        for number, one in enumerate(found.services, first)
    ]


def _row(  # noqa: PLR0913  -- the parts of one line of a list
    number: int, hit: Hit, card: Card, question: Question, country: str, now: datetime
) -> Row:
    bed, told = bed_words(card, now)
    whys, asks = wishes(card, hit.unknown, question)
    return Row(
        number=number,
        id=card.id,
        name=card.name,
        organization=card.organization if card.organization != card.name else "",
        phones=card.phones[:MOST_PHONES],
        where=_where(hit, card, country),
        needs=_needs(card, question),
        opening=wording.opening(card.hours, now),
        bed=bed,
        bed_told=told,
        whys=whys,
        asks=asks,
        trust=wording.trust(card, is_stale=hit.is_stale),
        source=card.source_name,
        is_closed=card.status == CLOSED,
        is_stale=hit.is_stale,
    )


def _where(hit: Hit, card: Card, country: str) -> str:
    if hit.distance_km is None:
        return _("Serves this area")
    far = wording.distance(hit.distance_km, country)
    return f"{card.place} · {far}" if card.place else far


def _needs(card: Card, question: Question) -> str:
    """Return what it helps with, what was asked for first."""
    ordered = sorted(card.needs, key=lambda code: code not in question.needs)
    return " · ".join(wording.term_name(code) for code in ordered[:MOST_NEEDS])


def bed_words(card: Card, now: datetime) -> tuple[str, str]:
    """Return what is said of free beds, and how old it is; empty where nobody tells of beds."""
    if not card.beds:
        return "", ""
    minute = max(each.told_minute for each in card.beds)
    said = {
        "yes": _("Had a free bed"),
        "no": _("No free bed"),
        "call": _("Call and ask for a bed"),
    }
    answer = beds.together(_still(each.answer, each.told_minute, now) for each in card.beds)
    return said[answer], wording.told_ago(minute, now) if minute else ""


def _still(answer: str, told_minute: int, now: datetime) -> beds.Answer:
    """Return the answer as it counts now: what ran out says call."""
    told_at = datetime.fromtimestamp(told_minute * 60, UTC) if told_minute else None
    if answer == "call" or not beds.is_fresh(told_at, now):
        return "call"
    return "yes" if answer == "yes" else "no"


def wishes(
    card: Card, unknown: frozenset[str], question: Question
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return what was wished for and is met, and what is not known."""
    met = [wording.term_name(code) for code in question.who if code in card.yes]
    asks = [wording.term_name(code) for code in question.who if code not in card.yes]
    if question.boy is not None:
        if card.boys_to_age is None:
            asks.append(_("A boy of %(age)s") % {"age": question.boy})
        else:
            met.append(wording.boys_to(card.boys_to_age))
    spoken = [code for code in question.languages if code in card.languages]
    met += [wording.language_name(code) for code in spoken]
    if question.languages and not spoken:
        asks += [wording.language_name(code) for code in question.languages]
    return tuple(met), tuple(asks)
