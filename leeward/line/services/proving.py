"""Who is the visitor: she shows the proof, of which only a hash is stored."""

from __future__ import annotations

import secrets
from uuid import UUID

from leeward.line.models import Conversation
from leeward.sealing.visits import is_proof

# Checked in place of a stored hash, so that an unknown id takes as long as a wrong proof.
_NOBODYS = secrets.token_bytes(32)


class NoSuchTalk(Exception):
    """There is no such conversation, or the proof is not its own. Nobody is told which."""


def prove(conversation_id: UUID, proof: bytes) -> None:
    """Return if the proof is her conversation's own. Raises NoSuchTalk. One small query."""
    rows = Conversation.objects.filter(pk=conversation_id).order_by()
    kept = next(iter(rows.values_list("proof_hash", flat=True)), None)
    if not is_proof(proof, kept=bytes(kept or _NOBODYS)) or kept is None:
        raise NoSuchTalk


def visitor_of(conversation_id: UUID, proof: bytes) -> Conversation:
    """Return her conversation with its team. Raises NoSuchTalk. Costs one query, found or not."""
    talk = Conversation.objects.select_related("team").filter(pk=conversation_id).first()
    kept = bytes(talk.proof_hash) if talk else _NOBODYS
    if not is_proof(proof, kept=kept) or talk is None:
        raise NoSuchTalk
    return talk
