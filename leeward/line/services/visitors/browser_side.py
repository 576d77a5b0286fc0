"""For visitors with scripts: their browser made the keys; here comes what may be known of them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path
from uuid import UUID

import rjsmin

from leeward.line.models import Conversation
from leeward.line.services import pepper, proving
from leeward.line.services.endings import keeping
from leeward.line.services.endings.keeping import Claimed, Destroyed, claimed, to_keep
from leeward.line.services.shifts import roster
from leeward.line.services.talks.epochs import Wraps
from leeward.line.services.team_keys import NoTeamKey, team_key
from leeward.line.services.visitors import opening
from leeward.sealing import in_browser, visits
from leeward.sealing.encoding import to_text
from leeward.sealing.wordlist import drawn_words

__all__ = [
    "POWERS",
    "Claimed",
    "Destroyed",
    "Keys",
    "Sent",
    "claimed",
    "keys",
    "open_sent",
    "scripts",
    "to_keep",
]

FOLDER = Path(__file__).resolve().parents[2] / "browser"
# Later files use earlier ones.
FILES = (
    "line",
    "post",
    "days",
    "outbox",
    "listen",
    "talk",
    "words",
    "shown",
    "message",
    "consents",
    "said",
    "write",
    "keep",
    "kept",
    "back",
    "aside",
    "room",
)
POWERS = in_browser.WORKER_POLICY


@dataclass(frozen=True, slots=True)
class Keys:
    """What her browser needs to seal: all of it public, as base64url."""

    generation: int
    public: str
    site_salt: str


@dataclass(frozen=True, slots=True)
class Sent:
    """What her browser sends to open a conversation."""

    id: UUID
    kind: str
    language: str
    proof: bytes = field(repr=False)
    public_key: bytes
    wraps: Wraps = field(repr=False)
    grace_minutes: int


def keys() -> Keys:
    """Return the main team's public key and the site's salt. Raises NoTeamKey."""
    team = roster.main_team()
    if team is None:
        raise NoTeamKey
    found = team_key(team.pk)
    return Keys(found.generation, to_text(found.public_key), to_text(pepper.site_salt()))


def open_sent(sent: Sent) -> Conversation:
    """Open the conversation; the same again gives the same one. Raises what `open_talk` raises."""
    team = roster.main_team()
    if team is None:
        raise NoTeamKey
    opened = opening.open_talk(
        opening.Opening(
            id=sent.id,
            team_id=team.pk,
            kind=sent.kind,
            language=sent.language,
            has_scripts=True,
            proof_hash=visits.kept_proof(sent.proof),
            public_key=sent.public_key,
            wraps=sent.wraps,
            grace_minutes=sent.grace_minutes,
        )
    )
    return opened.conversation


def is_open(talk_id: UUID, proof: bytes) -> bool:
    """Return whether this very conversation is open already: its answer got lost."""
    try:
        proving.visitor_of(talk_id, proof)
    except proving.NoSuchTalk:
        return False
    return True


def keep(talk: Conversation, claim: bytes, sealed: bytes) -> date:
    """Keep a talk under her words' claim; return the day it goes. Raises as `keeping.keep`."""
    keeping.keep(talk, to_keep(claim).lookup, sealed)
    return talk.delete_on


def move_words(talk: Conversation, claim: bytes, sealed: bytes) -> None:
    """Put what is kept under the pepper of today. Raises as `keeping.move_words`."""
    keeping.move_words(talk, to_keep(claim).lookup, sealed)


@cache
def word_list() -> str:
    """Return the words that six are drawn from, with blanks between: 56 KB."""
    return " ".join(drawn_words())


@cache
def scripts() -> tuple[str, ...]:
    """Return the scripts of a page on which she talks, each for an element of its own.

    The sealing first; then what stretches her words; then the talk itself.
    """
    own = "\n".join((FOLDER / f"{name}.js").read_text(encoding="utf-8") for name in FILES)
    sealing = (in_browser.script(part) for part in (in_browser.CHAT, in_browser.WORDS))
    return (*sealing, str(rjsmin.jsmin(own)))
