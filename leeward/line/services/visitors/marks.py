"""What a page names as open, so that its X can end it: id and proof, never the secret."""

from __future__ import annotations

from leeward.sealing.encoding import to_text
from leeward.sealing.visits import Ticket, visit_proof


def open_mark(ticket: Ticket) -> str:
    """Return base64url of conversation id and proof: 64 letters, for a hidden form field."""
    return to_text(ticket.conversation.bytes + visit_proof(ticket.secret))
