"""The gate: what leaves a conversation, and only while she allows it.

An advocate asks in the conversation itself; the question and the record of it are stored at one
stroke. Printing, exporting and referring are answered only while a consent of that kind is given,
not revoked and not over (34 USC 12291(b)(2); 28 CFR 90.4 and 94.115). What is handed out is sealed
as ever: her advocate's browser opens it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from leeward.line.models import Consent, Conversation
from leeward.line.services.consent import consents
from leeward.line.services.consent.consents import ConsentUnfit
from leeward.line.services.talks import replaying, seats, storing
from leeward.line.services.talks.replaying import StoredMessage
from leeward.people.models import Account

__all__ = ["ConsentUnfit", "NotStored", "Package", "Standing", "ask", "hand_out", "standing"]


class NotStored(Exception):
    """The question was not stored; `why` is one of storing.Why."""

    def __init__(self, why: storing.Why) -> None:
        super().__init__(why.value)
        self.why = why


@dataclass(frozen=True, slots=True)
class Standing:
    """One consent and where it stands. place: of the message that asked."""

    consent_id: UUID
    what: str
    state: str
    place: int
    ends_at: datetime


@dataclass(frozen=True, slots=True)
class Package:
    """A part of what may leave: sealed messages after a place, under one consent."""

    consent: Standing
    messages: list[StoredMessage]
    last_place: int


@transaction.atomic
def ask(
    account: Account,
    message: storing.Incoming,
    *,
    consent_id: UUID,
    what: str,
    ends_at: datetime,
) -> int:
    """Store the sealed question and the record of it together; return the message's place.

    message: from the account's own seat. Raises NoSeat, NotStored, ConsentUnfit; nothing is stored
    then.
    """
    [answer] = storing.store([message])
    if isinstance(answer, storing.Refusal):
        raise NotStored(answer.why)
    if answer.is_new:
        place = answer.message.place
        consents.ask(
            message.conversation_id,
            account,
            what=what,
            ends_at=ends_at,
            place=place,
            consent_id=consent_id,
        )
    storing.announce_stored([answer])
    return answer.message.place


def standing(conversation_id: UUID, account: Account) -> list[Standing]:
    """Return what was asked in a conversation in which the account sits. Raises NoSeat."""
    talk = seats.seat_of(conversation_id, account).conversation
    return [_standing(consent) for consent in consents.of(talk)]


def hand_out(conversation_id: UUID, account: Account, *, what: str, after: int = 0) -> Package:
    """Return what may leave, sealed, after a place; its beginning is written in the audit log.

    Asked anew for each part, so that it ends the moment the consent does. Raises NoSeat,
    ConsentUnfit.
    """
    talk = seats.seat_of(conversation_id, account).conversation
    with transaction.atomic():
        consent = consents.used(talk, what, account) if after == 0 else _given(talk, what)
    return Package(_standing(consent), replaying.since(talk.pk, after), talk.last_place)


def _given(talk: Conversation, what: str) -> Consent:
    consent = consents.current(talk, what, timezone.now())
    if consent is None:
        raise ConsentUnfit
    return consent


def _standing(consent: Consent) -> Standing:
    return Standing(
        consent_id=consent.pk,
        what=str(consent.what),
        state=str(consent.state),
        place=consent.place,
        ends_at=consent.ends_at,
    )
