"""Opening a conversation: the row, its first day, and last the wraps of that day's key."""

from __future__ import annotations

import shutil
from dataclasses import dataclass, field
from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.db import IntegrityError, OperationalError, transaction
from django.utils import timezone

from leeward.line.models import Conversation, Epoch, Team
from leeward.line.rules.life import State
from leeward.line.rules.times import minute
from leeward.line.services import announcing, tallies
from leeward.line.services.endings import keeping
from leeward.line.services.shifts import roster
from leeward.line.services.talks.epochs import TEAM, VISITOR, Wraps, must_fit, put_wraps
from leeward.line.services.team_keys import NoTeamKey, team_key

FREE_BYTES_MIN = 64 * 1024 * 1024
MESSAGES_WAITING_MAX = 500
KEY_BYTES = 32
GRACE_MINUTES = (1, 60)
FORGOTTEN_AFTER = timedelta(days=1)  # what nobody keeps never outlives this, whatever goes wrong

__all__ = [
    "Keep",
    "NoRoom",
    "NoTeamKey",
    "NobodyThere",
    "Opened",
    "Opening",
    "OpeningUnfit",
    "QueueFull",
    "open_talk",
]


class QueueFull(Exception):
    """As many wait as the team can answer: say so, and show the phone lines."""


class NobodyThere(Exception):
    """Nobody is on for a chat: a message can be left."""


class NoRoom(Exception):
    """The disk is nearly full: nothing new can be stored."""


class OpeningUnfit(ValueError):
    """The keys, hashes or choices that came are not what the page sends."""


@dataclass(frozen=True, slots=True)
class Keep:
    """Words to keep it under from the start: the lookup id, and her secret boxed under them."""

    lookup: bytes
    sealed: bytes


@dataclass(frozen=True, slots=True)
class Opening:
    """What opens a conversation. Its id is made where its keys are: the seals are bound to it.

    wraps: the first day's key, sealed to ("visitor", 0) and ("team", generation), no others.
    """

    id: UUID
    team_id: UUID
    kind: str
    language: str
    has_scripts: bool
    proof_hash: bytes = field(repr=False)
    public_key: bytes
    wraps: Wraps = field(repr=False)
    grace_minutes: int = 5
    keep: Keep | None = field(default=None, repr=False)
    wants_interpreter: bool = False


@dataclass(frozen=True, slots=True)
class Opened:
    """A conversation that is there now. is_new: false when the same opening came again."""

    conversation: Conversation
    epoch: int
    is_new: bool


def open_talk(opening: Opening) -> Opened:
    """Open a conversation; the same opening again gives the same one.

    Raises QueueFull, NobodyThere (a chat only), NoTeamKey, NoRoom, OpeningUnfit, WrapsMismatched.
    Whoever was turned away for a reason of ours is counted.
    """
    generation = team_key(opening.team_id).generation
    _must_be_fit(opening)
    must_fit(opening.wraps, {(VISITOR, 0), (TEAM, generation)})
    before = Conversation.objects.filter(pk=opening.id).first()
    if before is not None:
        return _opened_before(before, opening)
    try:
        must_have_room()
        talk = _open(opening)
        put_wraps(talk.pk, 1, opening.wraps)
        if opening.keep is not None:
            keeping.keep(talk, opening.keep.lookup, opening.keep.sealed)
    except OperationalError as wrong:
        raise _no_room(wrong) from wrong
    except IntegrityError:  # the same opening came to another process at the same moment
        return _opened_before(Conversation.objects.get(pk=opening.id), opening)
    except (QueueFull, NobodyThere, NoRoom) as refused:
        tallies.count(opening.team_id, "turned_away", _REASONS[type(refused)])
        raise
    return Opened(talk, epoch=1, is_new=True)


_REASONS: dict[type[Exception], str] = {
    QueueFull: "queue_full",
    NobodyThere: "nobody_there",
    NoRoom: "no_room",
}


def must_have_room() -> None:
    """Raise NoRoom when the disk has less than 64 MiB left: running talks need them."""
    if shutil.disk_usage(settings.DATA).free < FREE_BYTES_MIN:
        raise NoRoom


def _no_room(wrong: OperationalError) -> Exception:
    text = str(wrong).lower()
    return NoRoom() if "full" in text or "no space" in text else wrong


def _must_be_fit(opening: Opening) -> None:
    kinds = Conversation.Kind.values
    least, most = GRACE_MINUTES
    is_fit = (
        opening.kind in kinds
        and opening.language in settings.CONFIG.languages
        and len(opening.proof_hash) == KEY_BYTES
        and len(opening.public_key) == KEY_BYTES
        and least <= opening.grace_minutes <= most
    )
    if not is_fit:
        raise OpeningUnfit


def _opened_before(talk: Conversation, opening: Opening) -> Opened:
    if bytes(talk.proof_hash) != opening.proof_hash or talk.team_id != opening.team_id:
        raise OpeningUnfit
    return Opened(talk, epoch=1, is_new=False)


@transaction.atomic
def _open(opening: Opening) -> Conversation:
    """Store row and first day; the team's row is locked, so that the queue keeps to its cap."""
    team = Team.objects.select_for_update().get(pk=opening.team_id)
    now = timezone.now()
    _must_be_welcome(team, opening)
    talk: Conversation = Conversation.objects.create(
        id=opening.id,
        team=team,
        kind=opening.kind,
        state=State.WAITING,
        language=opening.language,
        has_scripts=opening.has_scripts,
        proof_hash=opening.proof_hash,
        public_key=opening.public_key,
        opened_at=minute(now),
        seen_at=minute(now),
        grace_minutes=opening.grace_minutes,
        delete_on=(now + FORGOTTEN_AFTER).date(),
        wants_interpreter=opening.wants_interpreter,
    )
    Epoch.objects.create(conversation=talk, number=1, day=now.date())
    is_chat = opening.kind == Conversation.Kind.CHAT
    tallies.count(team.pk, "chat_opened" if is_chat else "message_left", opening.language)
    announcing.queue_moved(team.pk)
    return talk


def _must_be_welcome(team: Team, opening: Opening) -> None:
    waiting = Conversation.objects.filter(team=team, state=State.WAITING, kind=opening.kind).count()
    is_chat = opening.kind == Conversation.Kind.CHAT
    if not team.is_open or (is_chat and not roster.availability(team, timezone.now()).is_open):
        raise NobodyThere
    if waiting >= (team.most_waiting if is_chat else MESSAGES_WAITING_MAX):
        raise QueueFull
