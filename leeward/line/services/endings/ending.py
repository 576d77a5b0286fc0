"""Ending a conversation: what is not kept is destroyed, what is kept rests.

Everything here may be repeated, and may come from the X, a button, the desk or the clock at once.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from leeward.line.models import Conversation, Seat
from leeward.line.rules import life
from leeward.line.rules.life import How, State
from leeward.line.rules.times import minute, minutes_between
from leeward.line.services import announcing, tallies
from leeward.line.services.endings import destroying, watching
from leeward.line.services.proving import NoSuchTalk, visitor_of
from leeward.line.services.spelling import TextUnreadable, from_text
from leeward.line.wraps.models import EpochWrap

__all__ = ["How", "end", "end_away", "end_by_leaving"]

OPEN_FIELD = "talk"
ID_BYTES = 16
PROOF_BYTES = 32


def end(conversation_id: UUID, how: str) -> bool:
    """End a conversation; return whether there was anything to end.

    how: one of life.How. Not kept, or "deleted": destroyed, keys first. Kept: rests, or goes on
    waiting as a message left when nobody has answered it. Tells talk and team, and whether it is
    kept; counts.
    """
    with transaction.atomic():
        talk = Conversation.objects.select_for_update().filter(pk=conversation_id).first()
        if talk is None:
            return False
        after = life.after_end(
            State(talk.state),
            how=How(how),
            is_kept=talk.is_kept,
            has_unanswered=talk.last_place > talk.staff_seen,
        )
        _count(talk, How(how))
        if after is None:
            destroying.destroy([talk.pk])
        else:
            _rest(talk, after)
    event = {"e": "ended", "how": How(how).value} | ({"is_kept": True} if after else {})
    announcing.announce(announcing.talk_channel(talk.pk), event)
    announcing.queue_moved(talk.team_id)
    return True


def end_by_leaving(opened: dict[str, str]) -> None:
    """End what a page said was open when its X was pressed: `talk`, base64url of id and proof.

    Anything else is left alone, silently: nobody learns whether a conversation exists.
    """
    try:
        data = from_text(opened.get(OPEN_FIELD, ""))
        talk = visitor_of(UUID(bytes=data[:ID_BYTES]), data[ID_BYTES:])
    except (TextUnreadable, NoSuchTalk, ValueError):
        return
    end(talk.pk, How.EXIT)


def end_away(now: datetime) -> int:
    """End each chat whose visitor gave no sign for longer than she chose; return how many.

    Her signs are stored to the minute, so a grace lasts up to two minutes longer, never less.
    A message that was left waits for its answer, however long she is away. Where no server ran,
    or nothing could be written down, she could give no sign: see `watching`.
    """
    open_talks = Conversation.objects.exclude(state=State.RESTING)
    open_talks = open_talks.exclude(kind=Conversation.Kind.MESSAGE, is_kept=True)
    silent = Q(pk__isnull=True)
    for grace in open_talks.values_list("grace_minutes", flat=True).distinct():
        if watching.has_heard_for(grace, now):
            silent |= Q(grace_minutes=grace, seen_at__lt=minute(now) - timedelta(minutes=grace))
    ids = list(open_talks.filter(silent).values_list("pk", flat=True))
    return sum(end(talk_id, How.AWAY) for talk_id in ids)


def _rest(talk: Conversation, after: life.After) -> None:
    talk.state = after.state
    if after.is_message:
        talk.kind = Conversation.Kind.MESSAGE
    talk.save(update_fields=("state", "kind"))
    Seat.objects.filter(conversation=talk).update(is_here=False)
    EpochWrap.objects.filter(conversation_id=talk.pk, reader=EpochWrap.Reader.MEMBER).delete()


def _count(talk: Conversation, how: How) -> None:
    """Count the end of a chat; a message left and a talk that rests have no end to count."""
    if talk.kind != Conversation.Kind.CHAT or talk.state == State.RESTING:
        return
    now = timezone.now()
    if talk.taken_at is None:
        tallies.count(talk.team_id, "chat_missed", minutes=minutes_between(talk.opened_at, now))
    else:
        length = minutes_between(talk.taken_at, now)
        tallies.count(talk.team_id, "chat_ended", how.value, length)
