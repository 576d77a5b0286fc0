"""A visitor's secret: 32 random bytes from which everything of her side follows.

The server stores the public key and the SHA-256 of the proof; from neither can the secret be found.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from dataclasses import dataclass, field
from uuid import UUID

from leeward.sealing import keys
from leeward.sealing.derive import derive
from leeward.sealing.encoding import TextUnreadable, from_text, to_text

SECRET_BYTES = 32
TICKET_BYTES = 16 + SECRET_BYTES


class TicketUnreadable(ValueError):
    """The text is not a ticket."""


@dataclass(frozen=True, slots=True)
class Ticket:
    """What a visitor without scripts carries from form to form."""

    conversation: UUID
    secret: bytes = field(repr=False)


def new_secret() -> bytes:
    """Return a fresh visitor's secret."""
    return secrets.token_bytes(SECRET_BYTES)


def ticket_from(seed: bytes) -> Ticket:
    """Return the ticket that belongs to a seed of 32 random bytes: the same each time."""
    number = derive(seed, b"leeward visit id v1")[:16]
    secret = derive(seed, b"leeward visit secret v1")
    return Ticket(conversation=UUID(bytes=number, version=4), secret=secret)


def visit_proof(secret: bytes) -> bytes:
    """Return the 32 bytes that show, to the server, that the sender holds `secret`."""
    return derive(secret, b"leeward visit proof v1")


def kept_proof(proof: bytes) -> bytes:
    """Return what the server keeps of a proof: its SHA-256, 32 bytes."""
    return hashlib.sha256(proof).digest()


def is_proof(proof: bytes, *, kept: bytes) -> bool:
    """Tell whether `proof` is the one that `kept` was made from. Takes as long either way."""
    return hmac.compare_digest(kept_proof(proof), kept)


def visit_private_key(secret: bytes) -> bytes:
    """Return the visitor's private key, to which epoch keys are sealed."""
    return derive(secret, b"leeward visit key v1")


def visit_public_key(secret: bytes) -> bytes:
    """Return the visitor's public key, which the server keeps."""
    return keys.public_key(visit_private_key(secret))


def write_ticket(ticket: Ticket) -> str:
    """Return the ticket as 64 letters for a hidden form field. Never for an address."""
    return to_text(ticket.conversation.bytes + ticket.secret)


def read_ticket(text: str) -> Ticket:
    """Return the ticket that a form brought. Raises TicketUnreadable."""
    try:
        data = from_text(text)
    except TextUnreadable as wrong:
        raise TicketUnreadable from wrong
    if len(data) != TICKET_BYTES:
        raise TicketUnreadable
    return Ticket(conversation=UUID(bytes=data[:16]), secret=data[16:])
