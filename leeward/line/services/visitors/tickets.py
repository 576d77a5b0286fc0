"""Her ticket: it names her conversation and holds her secret, and comes in a form's body."""

from __future__ import annotations

from leeward.line.models import Conversation
from leeward.line.services import proving
from leeward.sealing import visits
from leeward.sealing.visits import Ticket


def conversation_of(ticket: Ticket) -> Conversation:
    """Return the ticket's conversation. Raises NoSuchTalk."""
    return proving.visitor_of(ticket.conversation, visits.visit_proof(ticket.secret))
