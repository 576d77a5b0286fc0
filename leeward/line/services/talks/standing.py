"""Where a conversation stands: the queue, her place in it, the wait, who is there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from leeward.line.models import Conversation, Seat, Team
from leeward.line.rules.life import State
from leeward.line.rules.queue import wait_minutes
from leeward.line.services.shifts import roster
from leeward.people.models import Account


@dataclass(frozen=True, slots=True)
class Standing:
    """What she is told while she waits or talks."""

    state: str
    ahead: int
    wait_minutes: int | None
    names: tuple[str, ...]
    seats: dict[int, str] = field(default_factory=dict)

    def event(self) -> dict[str, Any]:
        """Return the event that tells her page of it. queue: her place, 1 is next.

        seats: the working name of each seat that ever was, for what was written from it.
        """
        place = self.ahead + 1 if self.state == State.WAITING else 0
        return {
            "e": "state",
            "state": self.state,
            "queue": place,
            "wait": self.wait_minutes,
            "names": list(self.names),
            "seats": self.seats,
        }


def waiting(team: Team) -> QuerySet[Conversation]:
    """Return what waits to be taken: emergencies first, then whoever came first."""
    rows = Conversation.objects.filter(team=team, state=State.WAITING)
    return rows.order_by("-is_emergency", "opened_at", "pk")


def open_talks(account: Account) -> QuerySet[Conversation]:
    """Return the conversations in which an account sits now, the earliest first."""
    rows = Conversation.objects.filter(seats__account=account, seats__is_here=True)
    return rows.select_related("team").order_by("opened_at", "pk")


def resting(team: Team) -> QuerySet[Conversation]:
    """Return the kept conversations in which nobody is now, the latest first."""
    return Conversation.objects.filter(team=team, state=State.RESTING).order_by("-seen_at", "pk")


def ahead_of(conversation: Conversation) -> int:
    """Return how many of its kind go before a waiting conversation. One query."""
    before = Q(opened_at__lt=conversation.opened_at) | Q(
        opened_at=conversation.opened_at, pk__lt=conversation.pk
    )
    if conversation.is_emergency:
        before &= Q(is_emergency=True)
    else:
        before |= Q(is_emergency=True)
    rows = Conversation.objects.filter(before, team_id=conversation.team_id, state=State.WAITING)
    return rows.filter(kind=conversation.kind).exclude(pk=conversation.pk).count()


def standing(conversation: Conversation) -> Standing:
    """Return where a conversation stands, for her page: place, wait, who is there."""
    rows = _named_seats(conversation)
    names, seats = _names_here(rows), _names_by_number(rows)
    if conversation.state != State.WAITING:
        return Standing(conversation.state, 0, None, names, seats)
    team = conversation.team
    ahead = ahead_of(conversation)
    here = roster.present(team, timezone.now())
    places = sum(row.most_chats for row in here if not row.is_away)
    _waiting, talking = roster.counts(team)
    wait = wait_minutes(ahead + talking - places, places, team.minutes_a_chat)
    return Standing(conversation.state, ahead, wait, names, seats)


def names_in(conversation: Conversation) -> tuple[str, ...]:
    """Return the working names of those who sit in a conversation now. One query."""
    return _names_here(_named_seats(conversation))


def names_by_seat(conversation: Conversation) -> dict[int, str]:
    """Return the working name of each seat that ever was, for what they wrote. One query."""
    return _names_by_number(_named_seats(conversation))


def _named_seats(conversation: Conversation) -> list[tuple[int, bool, str]]:
    """Return number, whether somebody sits there now, and her working name, by number."""
    seats = Seat.objects.filter(
        conversation=conversation, account__line_teams__team_id=conversation.team_id
    )
    rows = seats.order_by("number")
    return list(rows.values_list("number", "is_here", "account__line_teams__working_name"))


def _names_here(rows: Sequence[tuple[int, bool, str]]) -> tuple[str, ...]:
    return tuple(name for _number, is_here, name in rows if is_here)


def _names_by_number(rows: Sequence[tuple[int, bool, str]]) -> dict[int, str]:
    return {number: name for number, _is_here, name in rows}
