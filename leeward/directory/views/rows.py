"""What one result reads like on the page, made from its card alone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from django.conf import settings

from leeward.design.remembered import gettext as _
from leeward.design.remembered import one_language, path_to
from leeward.directory.rules import beds
from leeward.directory.search.card import Card, CardPhone
from leeward.directory.search.types import Hit
from leeward.directory.services.finding import Found, FoundService
from leeward.directory.services.question import Question
from leeward.directory.views import wording

MOST_PHONES = 2
MOST_NEEDS = 3
CLOSED = "temporarily closed"


@dataclass(frozen=True, slots=True)
class RowPhone:
    """A number to call. after: what stands behind it, such as an extension."""

    number: str
    dial: str
    after: str
    safe_to_call: str


@dataclass(frozen=True, slots=True)
class Row:
    """One result, in words. at: its number in the list and in the sketch.

    whys: wishes that are met. asks: those not known, in one line. needs: what it helps with.
    about: who stands for it, and where we have it from.
    """

    at: int
    path: str
    name: str
    organization: str
    phones: tuple[RowPhone, ...]
    facts: tuple[str, ...]
    whys: tuple[str, ...]
    asks: str
    needs: str
    about: str


def rows_of(found: Found, now: datetime) -> list[Row]:
    """Return the results of one page, in words of the active language."""
    country = found.place.country if found.place else ""
    numbered = enumerate(found.services, found.question.start + 1)
    with one_language():
        return [_row(at, one, found.question, country, now) for at, one in numbered]


def _row(at: int, one: FoundService, question: Question, country: str, now: datetime) -> Row:
    hit, card = one.hit, one.card
    whys, asks = wishes(card, hit.unknown, question)
    return Row(
        at=at,
        path=f"{path_to('directory:find')}{card.id}/",
        name=card.name,
        organization=card.organization if card.organization != card.name else "",
        phones=tuple(map(phone_words, card.phones[:MOST_PHONES])),
        facts=_facts(card, _where(hit, card, country), now),
        whys=whys,
        asks=_("Not known, ask: %(asks)s") % {"asks": " · ".join(asks)} if asks else "",
        needs=_needs(card, question),
        about=_about(card, is_stale=hit.is_stale),
    )


def phone_words(phone: CardPhone) -> RowPhone:
    """Return a number as it reads on a page."""
    after = _("ext. %(number)s") % {"number": phone.extension} if phone.extension else ""
    return RowPhone(_at_home(phone.number), phone.dial, after, phone.safe_to_call)


def _at_home(number: str) -> str:
    """Return a number as people of the site's own country write it."""
    is_american = settings.CONFIG.country == "US" and number.startswith("+1 ")
    return number[3:] if is_american else number


def _facts(card: Card, where: str, now: datetime) -> tuple[str, ...]:
    """Return whether it is open, has a bed, and where it is."""
    bed, told = bed_words(card, now)
    opening = _("Closed for a while") if card.status == CLOSED else wording.opening(card.hours, now)
    facts = (opening, f"{bed} ({told})" if told else bed, where)
    return tuple(fact for fact in facts if fact)


def _about(card: Card, *, is_stale: bool) -> str:
    """Return who stands for it, and where we have it from."""
    said = [wording.trust(card, is_stale=is_stale)]
    if card.source_name:
        said.append(_("From: %(name)s.") % {"name": card.source_name})
    return " ".join(said)


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
