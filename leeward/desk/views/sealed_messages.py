"""A sealed message as the desk's page sends it, and what the page is told when it is not stored."""

from __future__ import annotations

from uuid import UUID

from django.utils import timezone

from leeward.desk.views.asked import Asked, Refused
from leeward.line.services.talks import storing

NUMBER_MAX = 1_000_000
STORED_NOT = {
    storing.Why.ENDED: (404, "not_here"),
    storing.Why.TAKEN: (409, "taken"),
    storing.Why.NO_EPOCH: (409, "no_epoch"),
    storing.Why.UNFIT: (422, "unfit"),
    storing.Why.FULL: (422, "full"),
}


def incoming(asked: Asked, conversation_id: UUID, seat: int) -> storing.Incoming:
    """Return the message that a request brings from a seat. Raises Unfit."""
    return storing.Incoming(
        conversation_id=conversation_id,
        seat=seat,
        number=asked.number("number", least=1, most=NUMBER_MAX),
        epoch=asked.number("epoch", least=1),
        box=asked.sealed("box"),
        at=timezone.now(),
    )


def not_stored(why: storing.Why) -> Refused:
    """Return the answer that tells why a message was not stored."""
    return Refused(*STORED_NOT[why])
