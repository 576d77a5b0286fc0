"""One form opens one conversation: sent again, it leads to the one that it opened.

A form carries a token of chance. Ticket and words are worked out from it and from the challenge
that is spent, so nothing needs to be stored for a reload, a second press or a lost answer to find
its way.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Lock
from uuid import UUID

from leeward.line.services.proving import NoSuchTalk
from leeward.line.services.spelling import TextUnreadable, from_text, to_text
from leeward.line.services.visitors import server_side
from leeward.sealing import visits, words
from leeward.sealing.visits import Ticket

TOKEN_BYTES = 32
WAIT_S = 20


@dataclass(frozen=True, slots=True)
class Start:
    """What belongs to one form: her ticket, and the words under which a message is kept."""

    ticket: Ticket
    words: str = field(repr=False)


def new_token() -> str:
    """Return a fresh token for a form: 43 letters."""
    return to_text(secrets.token_bytes(TOKEN_BYTES))


def start(token: str, challenge: str) -> Start:
    """Return what belongs to a form's token and challenge; for any other text, something fresh."""
    seed = hashlib.sha256(_read(token) + challenge.encode()).digest()
    return Start(visits.ticket_from(seed), words.words_from(seed))


def is_open(begun: Start) -> bool:
    """Return whether the form opened its conversation before, and it has not ended."""
    try:
        server_side.conversation_of(begun.ticket)
    except NoSuchTalk:
        return False
    return True


@contextmanager
def alone(begun: Start) -> Iterator[None]:
    """Have the same form, sent twice at once, wait for itself: 20 seconds at most."""
    name = begun.ticket.conversation
    with _guard:
        turn = _turns.setdefault(name, _Turn())
        turn.users += 1
    has_turn = turn.lock.acquire(timeout=WAIT_S)
    try:
        yield
    finally:
        if has_turn:
            turn.lock.release()
        with _guard:
            turn.users -= 1
            if not turn.users:
                del _turns[name]


@dataclass(slots=True)
class _Turn:
    lock: Lock = field(default_factory=Lock)
    users: int = 0


_turns: dict[UUID, _Turn] = {}
_guard = Lock()


def _read(token: str) -> bytes:
    try:
        found = from_text(token)
    except TextUnreadable:
        found = b""
    return found if len(found) == TOKEN_BYTES else secrets.token_bytes(TOKEN_BYTES)
