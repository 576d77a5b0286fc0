"""Who belongs to a team: added by whoever coordinates, and gone with their keys."""

from __future__ import annotations

from django.db import transaction

from leeward.line.models import Member, MemberKey, Team, TeamKey
from leeward.line.services import announcing
from leeward.line.services.members import member_keys
from leeward.line.services.talks import seats
from leeward.line.wraps.models import HandedShare, RecoveryRequest, ShareWrap, TeamKeyWrap
from leeward.line.wraps.routing import STORE
from leeward.people.models import Account
from leeward.people.services import record


def add_member(
    team: Team, account: Account, *, working_name: str, by: Account, is_supervisor: bool = False
) -> Member:
    """Make an account a member under a working name; change both when she is one already."""
    with transaction.atomic():
        fields = {"working_name": working_name, "is_supervisor": is_supervisor}
        member, _is_new = Member.objects.update_or_create(
            team=team, account=account, defaults=fields
        )
        record(by, "line.member_added", "account", account.pk)
    return member


def remove_member(team: Team, account: Account, *, by: Account | None) -> None:
    """Take an account out of a team: its wraps go at once; the next generation is due.

    Her seats in running talks end, and with them her wraps of those talks. by: None when nobody
    asked for it: her account was shut.
    """
    with transaction.atomic():
        seats.leave_all(team, account)
        had_key = TeamKeyWrap.objects.filter(team_id=team.pk, account_id=account.pk).exists()
        Member.objects.filter(team=team, account=account).delete()
        with transaction.atomic(using=STORE):
            TeamKeyWrap.objects.filter(team_id=team.pk, account_id=account.pk).delete()
            ShareWrap.objects.filter(team_id=team.pk, account_id=account.pk).delete()
            RecoveryRequest.objects.filter(team_id=team.pk, account_id=account.pk).delete()
            HandedShare.objects.filter(request__team_id=team.pk, account_id=account.pk).delete()
        if had_key:
            TeamKey.objects.filter(team=team, retired_on__isnull=True).update(is_due_to_follow=True)
        record(by, "line.member_removed", "account", account.pk)
    announcing.queue_moved(team.pk)


def forget_shut() -> int:
    """Take shut accounts out of their teams and destroy their keys; return how many there were."""
    shut = {"account__is_active": False}
    members = list(Member.objects.filter(**shut).select_related("team", "account"))
    for member in members:
        remove_member(member.team, member.account, by=None)
    keys = list(MemberKey.objects.filter(**shut).select_related("account"))
    for key in keys:
        member_keys.start_anew(key.account, by=None)
    gone = {member.account for member in members} | {key.account for key in keys}
    return len(gone)
