"""Shares of a team's key: two of three supervisors together open it. Off by default.

The shares are made in the browser of a supervisor who holds the key, one for each generation that
she holds. How two of them come together: `recovering`.
"""

from __future__ import annotations

from collections.abc import Mapping

from django.db import transaction

from leeward.line.models import Team
from leeward.line.services import announcing
from leeward.line.services.members.holding import holders, team_wraps_for
from leeward.line.services.members.member_keys import KeysUnfit
from leeward.line.services.shifts import roster
from leeward.line.services.team_keys import team_key
from leeward.line.wraps.models import RecoveryRequest, ShareWrap
from leeward.line.wraps.routing import STORE
from leeward.people.models import Account
from leeward.people.services import record

SHARE_BYTES_MAX = 400
SUPERVISORS = 3

Sealed = Mapping[int, Mapping[int, bytes]]


def share_out(team: Team, sealed: Sealed, *, publics: Mapping[int, bytes], by: Account) -> None:
    """Store three supervisors' shares of the team's keys, and switch recovery on.

    sealed: by generation and account, for every generation that `by` holds, the one in use among
    them. publics: the three supervisors' keys by account, as `by` compared them by voice. Shares
    made before are destroyed. Raises KeysUnfit, NotAMember, NoTeamKey.
    """
    _must_be_made_by_a_holder(team, set(sealed), by)
    _must_be_for_three(team, publics)
    shares = [share for generation in sealed.values() for share in generation.values()]
    is_for_them = all(set(each) == set(publics) for each in sealed.values())
    if not is_for_them or any(not 0 < len(share) <= SHARE_BYTES_MAX for share in shares):
        raise KeysUnfit
    with transaction.atomic(), transaction.atomic(using=STORE):
        _destroy(team)
        ShareWrap.objects.bulk_create(
            ShareWrap(team_id=team.pk, generation=number, account_id=account_id, sealed=share)
            for number, each in sealed.items()
            for account_id, share in each.items()
        )
        Team.objects.filter(pk=team.pk).update(has_shares=True)
        record(by, "line.shares_made", "line.team", team.pk)
        announcing.queue_moved(team.pk)


def shares_of(team: Team, account: Account) -> dict[int, bytes]:
    """Return a supervisor's own shares by generation, empty when she has none. Written down."""
    rows = ShareWrap.objects.filter(team_id=team.pk, account_id=account.pk)
    found = {row.generation: bytes(row.sealed) for row in rows.order_by("generation")}
    if found:
        record(account, "line.share_read", "line.team", team.pk)
    return found


def share_holders(team: Team, generation: int) -> set[int]:
    """Return the accounts that hold a share of one generation. One query."""
    rows = ShareWrap.objects.filter(team_id=team.pk, generation=generation)
    return set(rows.values_list("account_id", flat=True))


def withdraw_shares(team: Team, *, by: Account) -> None:
    """Destroy the shares: nobody but members opens the team's key any more."""
    with transaction.atomic(), transaction.atomic(using=STORE):
        _destroy(team)
        Team.objects.filter(pk=team.pk).update(has_shares=False)
        record(by, "line.shares_withdrawn", "line.team", team.pk)
        announcing.queue_moved(team.pk)


def _destroy(team: Team) -> None:
    ShareWrap.objects.filter(team_id=team.pk).delete()
    RecoveryRequest.objects.filter(team_id=team.pk).delete()


def _must_be_made_by_a_holder(team: Team, generations: set[int], by: Account) -> None:
    member = roster.must_be_member(team.pk, by)
    in_use = team_key(team.pk).generation
    is_whole = generations == set(team_wraps_for(team.pk, by))
    if not (member.is_supervisor and is_whole and in_use in generations):
        raise KeysUnfit


def _must_be_for_three(team: Team, publics: Mapping[int, bytes]) -> None:
    now = {each.account_id: each.public_key for each in holders(team) if each.is_supervisor}
    if len(publics) != SUPERVISORS or any(now.get(pk) != key for pk, key in publics.items()):
        raise KeysUnfit
