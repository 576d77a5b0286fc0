"""What one listing's page reads like, in the active language."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from leeward.directory.rules import trust
from leeward.directory.search.card import Card
from leeward.directory.services.public import today
from leeward.directory.services.showing import Listing
from leeward.directory.views import wording
from leeward.directory.views.rows import CLOSED, RowPhone, bed_words, phone_words
from leeward.directory.vocabulary import ACCESS, PEOPLE, terms

NOT_SHOWN = ("boys_to_age",)


@dataclass(frozen=True, slots=True)
class Page:
    """A listing in words. yes, no, unknown: who may come, and access; three values each."""

    listing: Listing
    card: Card
    phones: tuple[tuple[RowPhone, str], ...]
    needs: str
    opening: str
    week: tuple[tuple[str, str], ...]
    bed: str
    bed_told: str
    yes: tuple[str, ...]
    no: tuple[str, ...]
    unknown: tuple[str, ...]
    languages: str
    trust: str
    source_note: str
    is_closed: bool


def page_of(listing: Listing, now: datetime) -> Page:
    """Return a listing's page in words."""
    card = listing.card
    bed, told = bed_words(card, now)
    due_on = date.fromisoformat(card.due_on) if card.due_on else None
    return Page(
        listing=listing,
        card=card,
        phones=tuple((phone_words(phone), phone.description) for phone in card.phones),
        needs=" · ".join(wording.term_name(code) for code in card.needs),
        opening=wording.opening(card.hours, now),
        week=tuple(wording.week(card.hours)),
        bed=bed,
        bed_told=told,
        **_who(card),
        languages=", ".join(wording.language_name(code) for code in card.languages),
        trust=wording.trust(card, is_stale=trust.is_stale(due_on, today())),
        source_note=wording.source_note(card),
        is_closed=card.status == CLOSED,
    )


def _who(card: Card) -> dict[str, Any]:
    """Return who may come in three values; the age of boys says more than boys alone."""
    skipped = {*NOT_SHOWN, *(["boys"] if card.boys_to_age is not None else [])}
    codes = [code for group in (PEOPLE, ACCESS) for code in terms(group) if code not in skipped]
    told = {*card.yes, *card.no}
    yes = [wording.term_name(code) for code in codes if code in card.yes]
    if card.boys_to_age is not None:
        yes.append(wording.boys_to(card.boys_to_age))
    return {
        "yes": tuple(yes),
        "no": tuple(wording.term_name(code) for code in codes if code in card.no),
        "unknown": tuple(wording.term_name(code) for code in codes if code not in told),
    }
