"""Two supervisors put the team's key together: one asks, another hands her share over.

Each share moves sealed from browser to browser: the one who hands it opens it with her own key and
seals it to the key of the one who asks, whose five words she has heard by voice. Here lies
ciphertext alone, for a day at most, and every step stands in the audit log.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from leeward.line.models import Team
from leeward.line.rules.times import minute
from leeward.line.services import announcing
from leeward.line.services.members.holding import TEAM_WRAP_BYTES
from leeward.line.services.members.member_keys import KeysUnfit, public_key_of
from leeward.line.services.members.shares import SHARE_BYTES_MAX, share_holders
from leeward.line.services.shifts import roster
from leeward.line.services.team_keys import team_key
from leeward.line.wraps.models import HandedShare, RecoveryRequest, ShareWrap, TeamKeyWrap
from leeward.line.wraps.routing import STORE
from leeward.people.models import Account
from leeward.people.services import record

OPEN_FOR = timedelta(hours=24)


class NoShare(Exception):
    """The account holds no share of the team's key in use."""


class NoRequest(Exception):
    """Nobody asks: the request is over, called off, or made with another key."""


@dataclass(frozen=True, slots=True)
class Handed:
    """One share, sealed to the one who asked for it. account_id: whose share it is."""

    generation: int
    account_id: int
    sealed: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Asked:
    """A supervisor who asks for a share, with what she was handed."""

    account_id: int
    public_key: bytes
    until: datetime
    handed: tuple[Handed, ...]


def ask(team: Team, account: Account) -> None:
    """Ask the other supervisors for a share, for a day. Asking again begins anew.

    Raises NoShare, NotAMember, NoTeamKey.
    """
    _must_hold_a_share(team, account)
    public = public_key_of(account)
    if public is None:
        raise NoShare
    with transaction.atomic(), transaction.atomic(using=STORE):
        RecoveryRequest.objects.filter(team_id=team.pk, account_id=account.pk).delete()
        RecoveryRequest.objects.create(
            team_id=team.pk,
            account_id=account.pk,
            public_key=public,
            until=minute(timezone.now()) + OPEN_FOR,
        )
        record(account, "line.share_asked", "line.team", team.pk)
        announcing.queue_moved(team.pk)


def asked(team: Team, now: datetime) -> list[Asked]:
    """Return who asks for a share of the team's key now. Two queries."""
    rows = RecoveryRequest.objects.filter(team_id=team.pk, until__gt=now).order_by("pk")
    return [
        Asked(
            account_id=row.account_id,
            public_key=bytes(row.public_key),
            until=row.until,
            handed=tuple(
                Handed(each.generation, each.account_id, bytes(each.sealed))
                for each in row.handed.all()
            ),
        )
        for row in rows.prefetch_related("handed")
    ]


def hand(
    team: Team, account: Account, *, to: int, public_key: bytes, sealed: Mapping[int, bytes]
) -> None:
    """Store a supervisor's shares, sealed to the one who asks.

    to: who asks; public_key: hers, as it was compared by voice. sealed: by generation, every share
    that `account` holds. Raises NoRequest, NoShare, KeysUnfit, NotAMember, NoTeamKey.
    """
    _must_hold_a_share(team, account)
    mine = ShareWrap.objects.filter(team_id=team.pk, account_id=account.pk)
    is_whole = set(sealed) == set(mine.values_list("generation", flat=True))
    if not is_whole or any(not 0 < len(each) <= SHARE_BYTES_MAX for each in sealed.values()):
        raise KeysUnfit
    with transaction.atomic(), transaction.atomic(using=STORE):
        request = _open_request(team, to)
        if bytes(request.public_key) != public_key or to == account.pk:
            raise NoRequest
        request.handed.filter(account_id=account.pk).delete()
        HandedShare.objects.bulk_create(
            HandedShare(request=request, generation=number, account_id=account.pk, sealed=each)
            for number, each in sealed.items()
        )
        record(account, "line.share_handed", "account", to)
        announcing.queue_moved(team.pk)


def call_off(team: Team, account: Account, *, asker: int) -> None:
    """Destroy a request and what was handed for it: the asker, or another who holds a share.

    Raises NoShare, NoRequest, NotAMember, NoTeamKey.
    """
    _must_hold_a_share(team, account)
    with transaction.atomic(), transaction.atomic(using=STORE):
        _open_request(team, asker).delete()
        record(account, "line.share_request_called_off", "account", asker)
        announcing.queue_moved(team.pk)


def restore(team: Team, account: Account, sealed: Mapping[int, bytes]) -> None:
    """Store the team's keys, sealed to a supervisor who joined two shares in her browser.

    sealed: by generation, the one in use among them, each one that she was handed a share of. Her
    request is destroyed. Others are admitted as ever. Raises NoRequest, KeysUnfit, NoTeamKey.
    """
    in_use = team_key(team.pk).generation
    with transaction.atomic(), transaction.atomic(using=STORE):
        request = _open_request(team, account.pk)
        handed = set(request.handed.values_list("generation", flat=True))
        is_sized = all(len(each) == TEAM_WRAP_BYTES for each in sealed.values())
        if in_use not in sealed or not set(sealed) <= handed or not is_sized:
            raise KeysUnfit
        for number, each in sealed.items():
            TeamKeyWrap.objects.update_or_create(
                team_id=team.pk,
                generation=number,
                account_id=account.pk,
                defaults={"sealed": each},
            )
        request.delete()
        record(account, "line.team_key_restored", "line.team", team.pk)
        announcing.queue_moved(team.pk)


def forget_over(now: datetime) -> int:
    """Destroy requests whose day is over, with what was handed; return how many."""
    over = RecoveryRequest.objects.filter(until__lte=now)
    count = over.count()
    if count:
        over.delete()
    return count


def _must_hold_a_share(team: Team, account: Account) -> None:
    member = roster.must_be_member(team.pk, account)
    in_use = team_key(team.pk).generation
    if not member.is_supervisor or account.pk not in share_holders(team, in_use):
        raise NoShare


def _open_request(team: Team, account_id: int) -> RecoveryRequest:
    rows = RecoveryRequest.objects.filter(team_id=team.pk, account_id=account_id)
    found = rows.filter(until__gt=timezone.now()).first()
    if found is None:
        raise NoRequest
    return found
