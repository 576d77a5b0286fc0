"""What one result shows: public facts, packed with its row in the index.

A page of results is made of cards alone and asks the database nothing.
"""

from __future__ import annotations

import json
from base64 import b64decode, b64encode
from dataclasses import dataclass, fields
from functools import cache
from typing import Any

MOST_DESCRIPTION = 300


class CardUnreadable(Exception):
    """These bytes are no card: the index is damaged or of another version."""


@dataclass(frozen=True, slots=True)
class CardPhone:
    """A number as people write it, and how a phone dials it ("" when that is not sure).

    safe_to_call: how they answer, whether they call back, what shows on a phone.
    """

    number: str
    extension: int | None = None
    dial: str = ""
    description: str = ""
    safe_to_call: str = ""


@dataclass(frozen=True, slots=True)
class CardBeds:
    """What was last told of one unit: "yes" or "no", and when, in minutes since 1970.

    `rules.beds` says how long that holds; after it the answer is "call". "call" with minute 0:
    never told.
    """

    unit: str
    answer: str
    told_minute: int


@dataclass(frozen=True, slots=True)
class Card:
    """One service at one location, as a result shows it.

    id: the service_at_location's UUID. place, address: "" and () where the site is confidential
    or there is no place. needs, yes, no: codes of our vocabulary (people and access together).
    boys_to_age: oldest age of boys, None for not known. hours: as `rules.hours` compiled them.
    verified_on, due_on: ISO days, "" for never. status: HSDS's word.
    """

    id: str
    service_id: str
    name: str
    organization: str
    description: str = ""
    place: str = ""
    areas: tuple[str, ...] = ()
    address: tuple[str, ...] = ()
    phones: tuple[CardPhone, ...] = ()
    website: str = ""
    needs: tuple[str, ...] = ()
    yes: tuple[str, ...] = ()
    no: tuple[str, ...] = ()
    boys_to_age: int | None = None
    languages: tuple[str, ...] = ()
    hours: bytes = b""
    beds: tuple[CardBeds, ...] = ()
    before_you_go: str = ""
    verified_on: str = ""
    due_on: str = ""
    source_name: str = ""
    source_note_en: str = ""
    source_note_es: str = ""
    is_confidential: bool = False
    status: str = "active"
    alert: str = ""


def to_bytes(card: Card) -> bytes:
    """Return `card` as compact JSON; empty fields are left out."""
    packed: dict[str, Any] = {}
    for name, empty in _empties().items():
        value = getattr(card, name)
        if value != empty:
            packed[name] = value
    packed["phones"] = [_trimmed(each) for each in card.phones]
    packed["beds"] = [(each.unit, each.answer, each.told_minute) for each in card.beds]
    if card.hours:
        packed["hours"] = b64encode(card.hours).decode()
    kept = {name: value for name, value in packed.items() if value != []}
    return json.dumps(kept, ensure_ascii=False, separators=(",", ":")).encode()


def from_bytes(packed: bytes) -> Card:
    """Return the card that `to_bytes` packed. Raises CardUnreadable."""
    try:
        found = json.loads(packed)
        for name in _lists() & found.keys():
            found[name] = tuple(found[name])
        if "phones" in found:
            found["phones"] = tuple(CardPhone(*each) for each in found["phones"])
        if "beds" in found:
            found["beds"] = tuple(CardBeds(*each) for each in found["beds"])
        if "hours" in found:
            found["hours"] = b64decode(found["hours"])
        return Card(**found)
    except (ValueError, TypeError, AttributeError) as wrong:
        raise CardUnreadable from wrong


def _trimmed(phone: CardPhone) -> list[Any]:
    """Return the phone's fields in order, without the empty ones at the end."""
    values = [phone.number, phone.extension, phone.dial, phone.description, phone.safe_to_call]
    while values[-1] in {"", None}:
        values.pop()
    return values


@cache
def _empties() -> dict[str, Any]:
    return {each.name: each.default for each in fields(Card)}


@cache
def _lists() -> frozenset[str]:
    return frozenset(each.name for each in fields(Card) if each.default == ())
