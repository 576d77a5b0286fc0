"""Makes documents for the index out of what is known of each offer."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

from leeward.directory import vocabulary
from leeward.directory.rules import beds
from leeward.directory.search import card
from leeward.directory.search.card import Card, CardBeds
from leeward.directory.search.types import Document
from leeward.directory.services.indexing.offer import Offer
from leeward.directory.services.indexing.reading import Batch, Row

MOST_TEXT = 6000
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_SOURCES = ("source__", "service__source__", "service__organization__source__")


def documents_of(batch: Batch) -> Iterator[Document]:
    """Yield one document for each listed service at a location in `batch`."""
    for row in batch.offers:
        yield _document(Offer(batch, row))


def _document(offer: Offer) -> Document:
    who, shown = offer.who, _card(offer)
    free = offer.parts("capacities", "service_id")
    until = (beds.until_minute(row["available"], row["updated"]) for row in free)
    return Document(
        number=offer.row["number"],
        point=offer.point,
        areas=tuple(code for code, _name in offer.areas),
        name=" · ".join(offer.names()),
        text="\n".join(offer.texts())[:MOST_TEXT],
        needs=who.needs,
        yes=who.yes,
        no=who.no,
        boys_to_age=who.boys_to_age,
        languages=frozenset(shown.languages),
        hours=offer.hours,
        beds_until=max(until, default=0),
        due_on=_ordinal(offer.fresh[1]),
        card=card.to_bytes(shown),
    )


def _card(offer: Offer) -> Card:
    row, who = offer.row, offer.who
    verified_on, due_on = offer.fresh
    return Card(
        id=str(row["id"]),
        service_id=str(row["service_id"]),
        name=row["service__name"],
        organization=row["service__organization__name"],
        description=_shortened(row["service__description"]),
        place=_place(offer.address),
        areas=tuple(name for _code, name in offer.areas),
        address=_address_lines(offer.address),
        phones=tuple(offer.phones()),
        website=row["service__url"] or row["service__organization__website"],
        needs=_in_order(vocabulary.NEEDS, who.needs),
        yes=_in_order(vocabulary.PEOPLE, who.yes) + _in_order(vocabulary.ACCESS, who.yes),
        no=_in_order(vocabulary.PEOPLE, who.no) + _in_order(vocabulary.ACCESS, who.no),
        boys_to_age=who.boys_to_age,
        languages=offer.languages(),
        hours=offer.hours,
        beds=tuple(_told_beds(each) for each in offer.parts("capacities", "service_id")),
        before_you_go=row["service__before_you_go"],
        verified_on=verified_on.isoformat() if verified_on else "",
        due_on=due_on.isoformat() if due_on else "",
        is_confidential=offer.is_confidential,
        status=row["service__status"],
        alert=row["service__alert"],
        **_source(row),
    )


def _in_order(group: str, codes: frozenset[str]) -> tuple[str, ...]:
    return tuple(code for code in vocabulary.terms(group) if code in codes)


def _place(address: Row | None) -> str:
    """Return town, state and ZIP, such as "Brooklyn, NY 11201"."""
    if address is None:
        return ""
    rest = f"{address['state_province']} {address['postal_code']}".strip()
    return ", ".join(filter(None, (address["city"], rest)))


def _address_lines(address: Row | None) -> tuple[str, ...]:
    if address is None:
        return ()
    return tuple(filter(None, (address["address_1"], address["address_2"], _place(address))))


def _shortened(text: str) -> str:
    """Return `text` on one line, cut at a word with a mark when it is too long for a card."""
    line = " ".join(text.split())
    if len(line) <= card.MOST_DESCRIPTION:
        return line
    return line[: card.MOST_DESCRIPTION - 1].rpartition(" ")[0] + "…"


def _told_beds(row: Row) -> CardBeds:
    """Return what was told, as it was true then; `rules.beds` says how long it holds."""
    unit, told = row["unit__identifier"] or row["unit__name"], row["updated"]
    if told is None:
        return CardBeds(unit, "call", 0)
    restricted = row["restricted_available"]
    said = beds.answer(row["available"], told, told, restricted=restricted)
    return CardBeds(unit, said, (told - _EPOCH) // timedelta(minutes=1))


def _source(offer: Row) -> dict[str, Any]:
    """Return the card's fields on where a record came from: its own source, or the nearest."""
    for of in _SOURCES:
        if offer[f"{of}name"]:
            fields = ("name", "note_en", "note_es")
            return {f"source_{name}": offer[f"{of}{name}"] for name in fields}
    return {}


def _ordinal(day: date | None) -> int:
    return day.toordinal() if day else 0
