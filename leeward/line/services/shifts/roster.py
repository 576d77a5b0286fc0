"""Who is on: planned shifts, who is there now, and what visitors may be told of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Count, Q, QuerySet

from leeward.line.models import Conversation, Member, Presence, Shift, Team
from leeward.line.rules.life import State
from leeward.line.rules.queue import wait_minutes
from leeward.line.rules.times import minute, quarter
from leeward.line.services import announcing
from leeward.line.services.team_keys import has_key
from leeward.people.models import Account
from leeward.people.services import record

GONE_AFTER = timedelta(minutes=3)  # without a sign of life her desk is shut
SHIFT_KEPT_DAYS = 90
SHIFT_LONGEST = timedelta(hours=16)
CHATS_MAX = 6


class NotAMember(Exception):
    """The account does not answer for this team."""


class ShiftUnfit(ValueError):
    """A shift ends after it starts, lasts 16 hours at most, and overlaps no other of hers."""


@dataclass(frozen=True, slots=True)
class Availability:
    """What visitors are told before they write.

    is_open: somebody is there for a chat now. wait_minutes: rounded up to five, 0 for at once, None
    when nobody is there. back_at: the next planned shift, None when none is planned.
    """

    is_open: bool
    is_ready: bool  # the team has a key: a message can be left
    waiting: int
    wait_minutes: int | None
    back_at: datetime | None
    names: tuple[str, ...] = ()


def main_team() -> Team | None:
    """Return the team that visitors reach: the first one that is open to them."""
    return Team.objects.filter(is_open=True).order_by("slug").first()


def availability(team: Team, now: datetime) -> Availability:
    """Return whether somebody is there, the wait, and when somebody is back. Five queries."""
    here = present(team, now)
    places = sum(row.most_chats for row in here if not row.is_away)
    waiting, talking = counts(team)
    is_ready = has_key(team.pk)
    is_open = team.is_open and is_ready and places > 0
    names = Member.objects.filter(team=team, account__in=[row.account_id for row in here])
    return Availability(
        is_open=is_open,
        is_ready=is_ready,
        waiting=waiting,
        wait_minutes=wait_minutes(waiting + talking - places, places, team.minutes_a_chat)
        if is_open
        else None,
        back_at=None if is_open else next_shift(team, now),
        names=tuple(names.order_by("pk").values_list("working_name", flat=True)),
    )


def counts(team: Team) -> tuple[int, int]:
    """Return how many chats wait, and how many are live."""
    chats = Conversation.objects.filter(team=team, kind=Conversation.Kind.CHAT)
    found = chats.aggregate(
        waiting=Count("pk", filter=Q(state=State.WAITING)),
        live=Count("pk", filter=Q(state=State.LIVE)),
    )
    return found["waiting"], found["live"]


def next_shift(team: Team, now: datetime) -> datetime | None:
    """Return when the next planned shift begins."""
    coming = Shift.objects.filter(team=team, starts_at__gt=now, account__is_active=True)
    return coming.order_by("starts_at").values_list("starts_at", flat=True).first()


# -- who is there now --


def present(team: Team, now: datetime) -> list[Presence]:
    """Return who is there: on, with a sign of life in the last minutes."""
    rows = Presence.objects.filter(team=team, seen_at__gte=now - GONE_AFTER)
    return list(rows.filter(account__is_active=True).order_by("pk"))


@transaction.atomic
def go_on(team: Team, account: Account, *, now: datetime, most_chats: int = 2) -> None:
    """Say that somebody is there and takes chats. Raises NotAMember."""
    must_be_member(team.pk, account)
    fields = {
        "team": team,
        "is_away": False,
        "most_chats": min(max(1, most_chats), CHATS_MAX),
        "seen_at": minute(now),
    }
    Presence.objects.update_or_create(account=account, defaults=fields)
    record(account, "line.went_on", "line.team", team.pk)
    announcing.queue_moved(team.pk)


@transaction.atomic
def go_away(account: Account, *, is_away: bool) -> None:
    """Say that somebody takes no new chat for now, or does again."""
    for presence in Presence.objects.filter(account=account):
        Presence.objects.filter(pk=presence.pk).update(is_away=is_away)
        announcing.queue_moved(presence.team_id)


@transaction.atomic
def go_off(account: Account) -> None:
    """Say that somebody is not there any more. Her seats stay: hand over first."""
    for presence in Presence.objects.filter(account=account):
        presence.delete()
        record(account, "line.went_off", "line.team", presence.team_id)
        announcing.queue_moved(presence.team_id)


def sign_of_life(account_ids: Iterable[int], *, now: datetime) -> int:
    """Note, to the minute, that these desks are open; return how many are on. One query."""
    return Presence.objects.filter(account_id__in=list(account_ids)).update(seen_at=minute(now))


def forget_gone(now: datetime) -> int:
    """Remove the presence of those whose desk gave no sign for an hour; return how many."""
    gone, _by_model = Presence.objects.filter(seen_at__lt=now - timedelta(hours=1)).delete()
    return gone


# -- planned --


@transaction.atomic
def plan(team: Team, account: Account, *, start: datetime, end: datetime, by: Account) -> Shift:
    """Plan a shift, to the quarter hour. Raises ShiftUnfit, NotAMember."""
    must_be_member(team.pk, account)
    start, end = quarter(start), quarter(end)
    overlaps = Shift.objects.filter(account=account, starts_at__lt=end, ends_at__gt=start)
    if not timedelta(0) < end - start <= SHIFT_LONGEST or overlaps.exists():
        raise ShiftUnfit
    shift: Shift = Shift.objects.create(team=team, account=account, starts_at=start, ends_at=end)
    record(by, "line.shift_planned", "line.shift", shift.pk)
    return shift


@transaction.atomic
def unplan(shift: Shift, *, by: Account) -> None:
    """Take a planned shift out."""
    record(by, "line.shift_removed", "line.shift", shift.pk)
    shift.delete()


def shifts(team: Team, *, start: datetime, end: datetime) -> QuerySet[Shift]:
    """Return the shifts that touch a stretch of time, the earliest first, with their accounts."""
    rows = Shift.objects.filter(team=team, starts_at__lt=end, ends_at__gt=start)
    return rows.select_related("account").order_by("starts_at", "pk")


def forget_old_shifts(now: datetime) -> int:
    """Delete shifts that ended 90 days ago; return how many."""
    before = now - timedelta(days=SHIFT_KEPT_DAYS)
    gone, _by_model = Shift.objects.filter(ends_at__lt=before).delete()
    return gone


# -- who belongs to a team --


def must_be_member(team_id: UUID, account: Account) -> Member:
    """Return the account's membership. Raises NotAMember, for a shut account too."""
    found = Member.objects.filter(team_id=team_id, account=account).first()
    if found is None or not account.is_active:
        raise NotAMember
    return found


def members(team: Team) -> QuerySet[Member]:
    """Return who answers for a team, with their accounts."""
    rows = Member.objects.filter(team=team, account__is_active=True)
    return rows.select_related("account").order_by("working_name", "pk")


def teams_of(account: Account) -> list[Team]:
    """Return the teams that an account answers for."""
    return list(Team.objects.filter(members__account=account).order_by("slug"))
