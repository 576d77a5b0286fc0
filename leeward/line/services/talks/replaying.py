"""Reading stored messages again, sealed as they are, from the last place that somebody saw."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from leeward.line.models import Message
from leeward.sealing.encoding import from_text, to_text

MOST = 200


@dataclass(frozen=True, slots=True)
class StoredMessage:
    """One message as it lies in the database. seat 0 is the visitor; at: to the minute or hour."""

    conversation_id: UUID
    place: int
    seat: int
    number: int
    epoch: int
    at: datetime
    box: bytes

    def event(self) -> dict[str, Any]:
        """Return the event that tells listeners of it."""
        return {
            "e": "message",
            "place": self.place,
            "seat": self.seat,
            "number": self.number,
            "epoch": self.epoch,
            "at": spell_minute(self.at),
            "box": to_text(self.box),
        }


def from_event(conversation_id: UUID, event: dict[str, Any]) -> StoredMessage:
    """Return the message that an event tells of."""
    return StoredMessage(
        conversation_id=conversation_id,
        place=event["place"],
        seat=event["seat"],
        number=event["number"],
        epoch=event["epoch"],
        at=datetime.fromisoformat(event["at"]),
        box=from_text(event["box"]),
    )


def spell_minute(at: datetime) -> str:
    """Return a time as pages read it: UTC, to the minute."""
    return at.strftime("%Y-%m-%dT%H:%MZ")


def since(conversation_id: UUID, place: int, most: int = MOST) -> list[StoredMessage]:
    """Return up to `most` messages after `place`, in the order of their places. One query."""
    rows = Message.objects.filter(conversation_id=conversation_id, place__gt=place)
    return read_rows(rows.order_by("place")[:most])


def read_rows(rows: QuerySet[Message]) -> list[StoredMessage]:
    """Return rows as values."""
    fields = ("conversation_id", "place", "seat", "number", "epoch", "at", "box")
    return [
        StoredMessage(
            talk, place, seat, number, epoch, at, bytes(box)
        )  # PostgreSQL hands out views
        for talk, place, seat, number, epoch, at, box in rows.values_list(*fields)
    ]
