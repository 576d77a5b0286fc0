"""Conversations with a proof that the test knows, and boxes that look sealed."""

from __future__ import annotations

import hashlib
import os
import secrets
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.utils import timezone

from leeward.line.models import Conversation, Epoch, Seat, Team, TeamKey
from leeward.line.services.spelling import to_text
from leeward.line.services.talks import storing
from leeward.line.services.talks.storing import Incoming, Stored
from leeward.line.tests import make
from leeward.people.models import Account

BOX_BYTES = storing.BOX_MIN_BYTES


@dataclass(frozen=True)
class Talk:
    """One conversation, as its visitor knows it."""

    id: UUID
    proof: bytes = field(repr=False)

    def fields(self, **more: Any) -> dict[str, str]:
        """Return the fields that every form of hers carries, and some more."""
        known = {"id": str(self.id), "proof": to_text(self.proof)}
        return known | {name: str(value) for name, value in more.items()}

    def says(self, number: int, box: bytes) -> dict[str, str]:
        """Return the fields of one message."""
        return self.fields(number=number, epoch=1, box=to_text(box))


def team() -> Team:
    """Return a team with a key."""
    made = make.team()
    today = timezone.now().date()
    TeamKey.objects.create(team=made, generation=1, public_key=os.urandom(32), made_on=today)
    return made


def open_talk(**values: Any) -> Talk:
    """Return a stored chat with its first day."""
    proof = secrets.token_bytes(32)
    values.setdefault("team", None)
    values["team"] = values["team"] or team()
    talk = make.conversation(proof_hash=hashlib.sha256(proof).digest(), **values)
    Epoch.objects.create(conversation=talk, number=1, day=timezone.now().date())
    return Talk(talk.pk, proof)


def box(first: bytes = b"") -> bytes:
    """Return random bytes of a sealed message's size, with a given beginning."""
    return first + secrets.token_bytes(BOX_BYTES - len(first))


def sit_down(talk: Talk, account: Account, number: int = 1) -> None:
    """Give an advocate a seat."""
    Seat.objects.create(
        conversation_id=talk.id, number=number, account=account, role=Seat.Role.LEAD
    )
    Conversation.objects.filter(pk=talk.id).update(state=Conversation.State.LIVE)


def answer(talk: Talk, number: int, seat: int = 1) -> int:
    """Store an advocate's message and tell the listeners; return its place."""
    incoming = Incoming(
        conversation_id=talk.id, seat=seat, number=number, epoch=1, box=box(), at=timezone.now()
    )
    answers = storing.store([incoming])
    storing.announce_stored(answers)
    assert isinstance(answers[0], Stored)
    return answers[0].message.place
