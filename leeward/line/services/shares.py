"""Shares of a team's key: two of three supervisors together open it. Off by default."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import transaction

from leeward.line.models import Team
from leeward.line.services import roster
from leeward.line.services.holding import TEAM_WRAP_BYTES, holders
from leeward.line.services.member_keys import KeysUnfit
from leeward.line.services.team_keys import team_key
from leeward.line.wraps.models import ShareWrap, TeamKeyWrap
from leeward.line.wraps.routing import STORE
from leeward.people.models import Account
from leeward.people.services import record

SHARE_BYTES_MAX = 400
SUPERVISORS = 3


def share_out(team: Team, sealed: Mapping[int, bytes], *, by: Account) -> None:
    """Store three supervisors' shares of the team's key, and switch recovery on.

    sealed: by account, exactly three supervisors with keys. Raises KeysUnfit, NotAMember.
    """
    roster.must_be_member(team.pk, by)
    number = team_key(team.pk).generation
    supervisors = {h.account_id for h in holders(team) if h.is_supervisor and h.public_key}
    is_sized = all(len(share) <= SHARE_BYTES_MAX for share in sealed.values())
    if len(sealed) != SUPERVISORS or not set(sealed) <= supervisors or not is_sized:
        raise KeysUnfit
    with transaction.atomic(), transaction.atomic(using=STORE):
        ShareWrap.objects.filter(team_id=team.pk).delete()
        for account_id, share in sealed.items():
            ShareWrap.objects.create(
                team_id=team.pk, generation=number, account_id=account_id, sealed=share
            )
        Team.objects.filter(pk=team.pk).update(has_shares=True)
        record(by, "line.shares_made", "line.team", team.pk)


def share_of(team: Team, account: Account) -> tuple[int, bytes] | None:
    """Return a supervisor's own share with its generation, None when she has none."""
    row = ShareWrap.objects.filter(team_id=team.pk, account_id=account.pk).first()
    if row is None:
        return None
    record(account, "line.share_read", "line.team", team.pk)
    return row.generation, bytes(row.sealed)


def withdraw_shares(team: Team, *, by: Account) -> None:
    """Destroy the shares: nobody but members opens the team's key any more."""
    with transaction.atomic():
        ShareWrap.objects.filter(team_id=team.pk).delete()
        Team.objects.filter(pk=team.pk).update(has_shares=False)
        record(by, "line.shares_withdrawn", "line.team", team.pk)


def restore(team: Team, account: Account, sealed: bytes) -> None:
    """Store the team's key, sealed to a supervisor who joined two shares in her browser.

    Raises KeysUnfit unless she is one of the three.
    """
    mine = ShareWrap.objects.filter(team_id=team.pk, account_id=account.pk).first()
    if mine is None or len(sealed) != TEAM_WRAP_BYTES:
        raise KeysUnfit
    with transaction.atomic(), transaction.atomic(using=STORE):
        TeamKeyWrap.objects.update_or_create(
            team_id=team.pk,
            generation=mine.generation,
            account_id=account.pk,
            defaults={"sealed": sealed},
        )
        record(account, "line.team_key_restored", "line.team", team.pk)
