"""Which visitor sends: her proof is checked against the database once, then against memory."""

from __future__ import annotations

import hashlib
import hmac
from uuid import UUID

from leeward.line.live.answers import NOT_FOUND, Cannot, Fields, read_id, read_proof
from leeward.line.live.workers import Workers
from leeward.line.models import Conversation
from leeward.line.services import proving
from leeward.line.services.proving import NoSuchTalk

MOST_REMEMBERED = 20_000


class Visitors:
    """Proofs that were seen to be right, as hashes, in memory alone."""

    def __init__(self, workers: Workers) -> None:
        self._workers = workers
        self._right: dict[UUID, bytes] = {}

    async def find(self, fields: Fields) -> Conversation:
        """Return the sender's conversation. Raises Cannot(404), for unknown and wrong alike."""
        talk_id, proof = read_id(fields), read_proof(fields)
        try:
            talk = await self._workers.do(proving.visitor_of, talk_id, proof)
        except NoSuchTalk as wrong:
            raise Cannot(*NOT_FOUND) from wrong
        self._remember(talk_id, proof)
        return talk

    async def find_id(self, fields: Fields) -> UUID:
        """Return the id of the sender's conversation, without a query if she was seen before.

        It may have ended since. Raises Cannot(404).
        """
        talk_id, proof = read_id(fields), read_proof(fields)
        known = self._right.get(talk_id)
        if known is None or not hmac.compare_digest(known, _hash(proof)):
            await self._prove(talk_id, proof)
            self._remember(talk_id, proof)
        return talk_id

    async def _prove(self, talk_id: UUID, proof: bytes) -> None:
        try:
            await self._workers.do(proving.prove, talk_id, proof)
        except NoSuchTalk as wrong:
            raise Cannot(*NOT_FOUND) from wrong

    def _remember(self, talk_id: UUID, proof: bytes) -> None:
        self._right[talk_id] = _hash(proof)
        if len(self._right) > MOST_REMEMBERED:
            del self._right[next(iter(self._right))]


def _hash(proof: bytes) -> bytes:
    return hashlib.sha256(proof).digest()
