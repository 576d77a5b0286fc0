"""Times cut to the hour once nobody is live: what is over needs no minutes."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from django.db.models import F, Q
from django.db.models.functions import TruncHour

from leeward.line.models import Conversation, Message
from leeward.line.rules.life import State

LIVE_FOR = timedelta(hours=1)


def cut_to_the_hour(now: datetime) -> int:
    """Cut the times of what rests, and of messages left an hour ago; return how many talks."""
    over = Q(state=State.RESTING) | Q(
        state=State.WAITING, kind=Conversation.Kind.MESSAGE, seen_at__lt=now - LIVE_FOR
    )
    messages = Message.objects.filter(conversation__in=Conversation.objects.filter(over))
    messages.filter(_is_exact("at")).update(at=_hour("at"))
    exact = _is_exact("opened_at") | _is_exact("seen_at") | _is_exact("taken_at")
    return (
        Conversation.objects.filter(over)
        .filter(exact)
        .update(opened_at=_hour("opened_at"), seen_at=_hour("seen_at"), taken_at=_hour("taken_at"))
    )


def _hour(name: str) -> TruncHour:
    return TruncHour(F(name), tzinfo=UTC)


def _is_exact(name: str) -> Q:
    return ~Q(**{name: _hour(name)})
