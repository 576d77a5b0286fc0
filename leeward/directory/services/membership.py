"""Who works for which organisation: what makes a partner's records their own."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet

from leeward.directory.models import Membership, Organization
from leeward.people.models import Account
from leeward.people.services import record

RIGHT = "directory.approve_listing"
ROLES = ("partner", "shelter")


def candidates(organization: Organization) -> QuerySet[Account]:
    """Return the active partners and shelters that do not work for the organisation yet."""
    there = organization.memberships.values_list("account_id", flat=True)
    found = Account.objects.filter(is_active=True, groups__name__in=ROLES).distinct()
    return found.exclude(pk__in=list(there)).order_by("display_name")


@transaction.atomic
def join(account: Account, organization: Organization, *, by: Account) -> None:
    """Say that `account` works for an organisation. Raises PermissionDenied."""
    _check(by)
    Membership.objects.get_or_create(account=account, organization=organization)
    record(by, "directory.member_joined", "organization", organization.pk)
    record(by, "directory.member_joined", "account", account.pk)


@transaction.atomic
def leave(account: Account, organization: Organization, *, by: Account) -> None:
    """Say that `account` works there no longer. Raises PermissionDenied."""
    _check(by)
    Membership.objects.filter(account=account, organization=organization).delete()
    record(by, "directory.member_left", "organization", organization.pk)
    record(by, "directory.member_left", "account", account.pk)


def _check(by: Account) -> None:
    if not by.has_perm(RIGHT):
        raise PermissionDenied
