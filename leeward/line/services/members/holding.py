"""Who holds a team's key: the first made, members admitted, the next when somebody left."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone

from leeward.line.models import MemberKey, Team, TeamKey
from leeward.line.services import announcing
from leeward.line.services.members.member_keys import (
    KEY_BYTES,
    KeysUnfit,
    KeyThere,
    public_key_of,
)
from leeward.line.services.shifts import roster
from leeward.line.services.team_keys import team_key
from leeward.line.wraps.models import TeamKeyWrap
from leeward.line.wraps.routing import STORE
from leeward.people.models import Account
from leeward.people.services import record

TEAM_WRAP_BYTES = 81  # suite 1, encapsulated key 32, key 32, tag 16
KEY_LASTS_DAYS = 365  # our own rule (docs/operate.md): a key nobody misses is changed all the same


@dataclass(frozen=True, slots=True)
class Holder:
    """A member, her public key (None while she has none), and whether she holds the team's."""

    account_id: int
    working_name: str
    public_key: bytes | None
    has_team_key: bool
    is_supervisor: bool


def holders(team: Team) -> list[Holder]:
    """Return the team's members with their keys. Three queries."""
    rows = list(roster.members(team))
    publics = dict(
        MemberKey.objects.filter(account__in=[row.account_id for row in rows]).values_list(
            "account_id", "public_key"
        )
    )
    generation = TeamKey.objects.filter(team=team, retired_on__isnull=True).values_list(
        "generation", flat=True
    )
    wrapped = TeamKeyWrap.objects.filter(team_id=team.pk, generation=generation.first() or 0)
    have = set(wrapped.values_list("account_id", flat=True))
    return [
        Holder(
            account_id=row.account_id,
            working_name=row.working_name,
            public_key=bytes(publics[row.account_id]) if row.account_id in publics else None,
            has_team_key=row.account_id in have,
            is_supervisor=row.is_supervisor,
        )
        for row in rows
    ]


def team_wraps_for(team_id: UUID, account: Account) -> dict[int, bytes]:
    """Return the team's private keys sealed to an advocate, by generation."""
    rows = TeamKeyWrap.objects.filter(team_id=team_id, account_id=account.pk)
    return {row.generation: bytes(row.sealed) for row in rows.order_by("generation")}


def make_team_key(
    team: Team, account: Account, public_key: bytes, sealed: Mapping[int, bytes]
) -> int:
    """Store a team's first key, or the next generation; return its number.

    account: made it in her browser; for a next generation she held the last one. sealed: the
    private half by account: the first for its maker alone, a next one for exactly those who held
    the last. Others are admitted, once somebody compared their five words. Raises KeysUnfit,
    KeyThere, NotAMember.
    """
    roster.must_be_member(team.pk, account)
    who = {holder.account_id for holder in holders(team) if holder.has_team_key} or {account.pk}
    _must_be_sealed_to(sealed, who)
    if len(public_key) != KEY_BYTES or public_key_of(account) is None:
        raise KeysUnfit
    try:
        with transaction.atomic():
            Team.objects.select_for_update().get(pk=team.pk)
            number = _follow(team, account, public_key)
            with transaction.atomic(using=STORE):
                TeamKeyWrap.objects.filter(team_id=team.pk, generation=number).delete()
                for account_id, wrap in sealed.items():
                    _put_team_wrap(team.pk, number, account_id, wrap)
            record(account, "line.team_key_made", "line.team", team.pk)
    except IntegrityError as wrong:
        raise KeyThere from wrong
    announcing.queue_moved(team.pk)
    return number


def admit(team: Team, account: Account, sealed: Mapping[int, bytes], *, by: Account) -> None:
    """Store the team's private keys, sealed to a member who came later.

    sealed: by generation; `by` holds them and sealed them in her browser after comparing the new
    member's five words. Raises KeysUnfit, NotAMember.
    """
    roster.must_be_member(team.pk, account)
    held = set(team_wraps_for(team.pk, by))
    in_use = team_key(team.pk).generation
    _must_be_sealed_to(sealed, held)
    if in_use not in held or public_key_of(account) is None:
        raise KeysUnfit
    with transaction.atomic(using=STORE):
        TeamKeyWrap.objects.filter(team_id=team.pk, account_id=account.pk).delete()
        for generation, wrap in sealed.items():
            _put_team_wrap(team.pk, generation, account.pk, wrap)
    record(by, "line.member_admitted", "account", account.pk)
    announcing.announce(announcing.desk_channel(account.pk), {"e": "queue"})


def must_follow(team: Team) -> bool:
    """Return whether a next generation is due: a holder left, or a year is over."""
    found = TeamKey.objects.filter(team=team, retired_on__isnull=True).first()
    return found is not None and _is_due(found)


def _is_due(key: TeamKey) -> bool:
    age = timezone.now().date() - key.made_on
    return key.is_due_to_follow or age.days >= KEY_LASTS_DAYS


def _must_be_sealed_to(sealed: Mapping[int, bytes], whom: set[int]) -> None:
    if set(sealed) != whom or any(len(wrap) != TEAM_WRAP_BYTES for wrap in sealed.values()):
        raise KeysUnfit


def _put_team_wrap(team_id: UUID, generation: int, account_id: int, sealed: bytes) -> None:
    TeamKeyWrap.objects.create(
        team_id=team_id, generation=generation, account_id=account_id, sealed=sealed
    )


def _follow(team: Team, account: Account, public_key: bytes) -> int:
    """Store the next generation's public key; its number. Raises KeyThere, KeysUnfit."""
    today = timezone.now().date()
    before = TeamKey.objects.filter(team=team, retired_on__isnull=True).first()
    number = 1
    if before is not None:
        if not _is_due(before):
            raise KeyThere
        if before.generation not in team_wraps_for(team.pk, account):
            raise KeysUnfit
        before.retired_on = today
        before.save(update_fields=("retired_on",))
        number = before.generation + 1
    TeamKey.objects.create(team=team, generation=number, public_key=public_key, made_on=today)
    return number
