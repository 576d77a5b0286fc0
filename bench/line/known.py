"""Conversations whose secrets follow from a number, so that the load knows them without asking."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from uuid import UUID

from leeward.sealing import visits
from leeward.sealing.visits import Ticket


@dataclass(frozen=True)
class Known:
    """The conversation of one number."""

    number: int

    @property
    def id(self) -> UUID:
        """Return its id."""
        return UUID(bytes=_bytes("id", self.number)[:16], version=4)

    @property
    def secret(self) -> bytes:
        """Return the visitor's secret."""
        return _bytes("secret", self.number)

    @property
    def proof(self) -> bytes:
        """Return the visitor's proof."""
        return visits.visit_proof(self.secret)

    @property
    def ticket(self) -> str:
        """Return what a visitor without scripts carries."""
        return visits.write_ticket(Ticket(self.id, self.secret))

    @property
    def key(self) -> bytes:
        """Return the key of its one day."""
        return _bytes("key", self.number)


def _bytes(what: str, number: int) -> bytes:
    return hashlib.sha256(f"{what} {number}".encode()).digest()
