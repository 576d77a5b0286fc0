"""Small signs between a visitor and the line: that she is there, what she has seen, her grace."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from leeward.line.models import Conversation, Member, Seat
from leeward.line.rules.times import minute
from leeward.line.services import announcing
from leeward.people.models import Account

AT_ONCE = 500
GRACE_MINUTES = (1, 60)


class SignUnfit(ValueError):
    """A place past the last message, or a grace of other than 1 to 60 minutes."""


@dataclass(frozen=True, slots=True)
class Head:
    """Where a conversation stands: enough to see whether anything was missed."""

    last_place: int
    state: str


def heads(ids: Sequence[UUID]) -> dict[UUID, Head]:
    """Return the heads of those that are there. One query for each 500."""
    found: dict[UUID, Head] = {}
    for some in _some(ids):
        rows = Conversation.objects.filter(pk__in=some).values_list("pk", "last_place", "state")
        found |= {pk: Head(last_place, state) for pk, last_place, state in rows}
    return found


def visitors_seen(ids: Sequence[UUID], *, now: datetime) -> None:
    """Note that these visitors are there. One query for each 500.

    Rounded up to the minute: while she is connected the time never lies back, so that a grace of
    one minute does not end a chat that goes on.
    """
    upto = minute(now) + timedelta(minutes=1)
    for some in _some(ids):
        Conversation.objects.filter(pk__in=some, seen_at__lt=upto).update(seen_at=upto)


def visitor_saw(conversation: Conversation, place: int) -> None:
    """Note the last place that she has seen, and tell the talk. Raises SignUnfit."""
    _saw(conversation.pk, "visitor", place)


def staff_saw(conversation_id: UUID, place: int) -> None:
    """Note the last place that an advocate has seen, and tell the talk. Raises SignUnfit."""
    _saw(conversation_id, "staff", place)


def visitor_types(conversation_id: UUID) -> None:
    """Tell the talk that she is typing. Nothing is stored."""
    types(conversation_id, 0)


def types(conversation_id: UUID, seat: int) -> None:
    """Tell the talk that somebody is typing. Nothing is stored."""
    announcing.announce_now(announcing.talk_channel(conversation_id), {"e": "typing", "seat": seat})


def set_grace(conversation: Conversation, minutes: int) -> None:
    """Note how long it waits for her once her page is closed. Raises SignUnfit."""
    least, most = GRACE_MINUTES
    if not least <= minutes <= most:
        raise SignUnfit
    Conversation.objects.filter(pk=conversation.pk).update(grace_minutes=minutes)


def seats_of(account: Account) -> dict[UUID, Head]:
    """Return the conversations in which an advocate sits now, with their heads. One query."""
    rows = Seat.objects.filter(account=account, is_here=True).values_list(
        "conversation_id", "conversation__last_place", "conversation__state"
    )
    return {talk_id: Head(last_place, state) for talk_id, last_place, state in rows}


def teams_answered_by(account: Account) -> list[UUID]:
    """Return the teams that an account answers for. One query."""
    return list(Member.objects.filter(account=account).values_list("team_id", flat=True))


def _saw(conversation_id: UUID, by: str, place: int) -> None:
    """Move the mark on, never back."""
    field = f"{by}_seen"
    talks = Conversation.objects.filter(pk=conversation_id, last_place__gte=place)
    if talks.filter(**{f"{field}__lt": place}).update(**{field: place}):
        channel = announcing.talk_channel(conversation_id)
        announcing.announce(channel, {"e": "seen", "by": by, "place": place})
    elif not talks.exists():
        raise SignUnfit


def _some(ids: Sequence[UUID]) -> Iterable[Sequence[UUID]]:
    return (ids[start : start + AT_ONCE] for start in range(0, len(ids), AT_ONCE))
