"""Asking for a call without scripts: the wish is sealed to the team here, and forgotten."""

from __future__ import annotations

import json
import secrets
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from leeward.line.models import CallRequest
from leeward.line.services.calls import calls
from leeward.line.services.proving import NoSuchTalk
from leeward.sealing.encoding import TextUnreadable, from_text, to_text
from leeward.sealing.visits import kept_proof

ID_BYTES = 16


def ask_for_her(
    *,
    team_id: UUID,
    language: str,
    not_before: datetime,
    not_after: datetime,
    data: Mapping[str, Any],
) -> tuple[CallRequest, str]:
    """Store a sealed request; return it, and what takes it back: 64 letters for a hidden field.

    Raises NoTeamKey, CallUnfit, QueueFull, NoRoom.
    """
    call_id, proof = uuid4(), secrets.token_bytes(calls.PROOF_BYTES)
    spelled = json.dumps(dict(data), ensure_ascii=False, separators=(",", ":")).encode()
    generation, box = calls.seal(team_id, call_id, spelled)
    call = calls.ask(
        calls.Asking(
            id=call_id,
            team_id=team_id,
            generation=generation,
            language=language,
            not_before=not_before,
            not_after=not_after,
            proof_hash=kept_proof(proof),
            box=box,
        )
    )
    return call, to_text(call_id.bytes + proof)


def take_back(token: str) -> None:
    """Destroy the request that `token` belongs to. Raises NoSuchTalk for anything else."""
    try:
        data = from_text(token)
        call_id = UUID(bytes=data[:ID_BYTES])
    except (TextUnreadable, ValueError) as wrong:
        raise NoSuchTalk from wrong
    calls.take_back(call_id, data[ID_BYTES:])
