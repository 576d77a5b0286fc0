"""Six words without scripts: drawn here, kept under, come back with; none of them is stored."""

from __future__ import annotations

from leeward.line.services import pepper
from leeward.line.services.endings import keeping
from leeward.line.services.proving import NoSuchTalk
from leeward.line.services.visitors.tickets import conversation_of
from leeward.sealing import unlocking, words
from leeward.sealing.box import SealBroken
from leeward.sealing.boxes import open_box, seal_box
from leeward.sealing.contexts import words_data
from leeward.sealing.visits import Ticket


def draw_words() -> str:
    """Return six fresh words, with single blanks between."""
    return words.draw_words()


def keep_under(ticket: Ticket, code_words: str) -> None:
    """Keep her conversation under six words. Raises NoSuchTalk, StretchingBusy, NoLongerThere."""
    talk = conversation_of(ticket)
    keeping.keep(talk, *_locked(ticket, _stretched(code_words)))


def come_back(code_words: str) -> Ticket:
    """Return the ticket of the conversation kept under six words.

    Raises NoSuchTalk for words of nobody, StretchingBusy. The words are stretched either way.
    """
    both = _stretched(code_words)
    claim = keeping.claimed(both.claim)
    kept = keeping.found(claim.lookup)
    if kept is None:
        raise NoSuchTalk
    key = unlocking.unlock_key(both.half, claim.share)
    try:
        secret = open_box(kept.sealed, key=key, place=words_data(kept.conversation_id))
    except SealBroken as wrong:
        raise NoSuchTalk from wrong
    ticket = Ticket(conversation=kept.conversation_id, secret=secret)
    talk = conversation_of(ticket)
    if claim != keeping.to_keep(both.claim):  # kept under an older pepper
        keeping.move_words(talk, *_locked(ticket, both))
    keeping.come_back(talk)
    return ticket


def _stretched(code_words: str) -> unlocking.Stretched:
    return unlocking.stretch_words(words.normalise(code_words), site_salt=pepper.site_salt())


def _locked(ticket: Ticket, both: unlocking.Stretched) -> tuple[bytes, bytes]:
    """Return the lookup id, and her secret locked under her words."""
    claim = keeping.to_keep(both.claim)
    key = unlocking.unlock_key(both.half, claim.share)
    sealed = seal_box(ticket.secret, key=key, place=words_data(ticket.conversation))
    return claim.lookup, sealed
