"""Approving organisations and sources: two different people, for a year, withdrawn by one."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from leeward.directory.models import Organization, ServiceAtLocation, Source
from leeward.directory.rules import trust
from leeward.directory.services import changes
from leeward.people.models import Account
from leeward.people.services import record
from leeward.safety.generation import drop_kept_pages

RIGHT = "directory.approve_listing"
RENEW_WITHIN_DAYS = 60
KINDS: tuple[type[Any], ...] = (Organization, Source)


class SamePerson(Exception):
    """One person can't approve twice: that takes two."""


@transaction.atomic
def approve(vetted: Any, *, by: Account) -> bool:
    """Write down that `by` approves an organisation or source; return whether two have now.

    The second, different, person starts its year. While an approval still stands, the same two
    steps renew it, and it stays listed in between. Raises PermissionDenied, SamePerson.
    """
    if not by.has_perm(RIGHT):
        raise PermissionDenied
    vetted = type(vetted).objects.select_for_update().get(pk=vetted.pk)
    first = _waiting(vetted)
    if first is None:
        name = "first_approved_by" if vetted.approved_until is None else "renewal_by"
        type(vetted).objects.filter(pk=vetted.pk).update(**{name: by})
        _write_down(by, "listing_seconded_for", vetted)
        return False
    if first == by:
        raise SamePerson
    type(vetted).objects.filter(pk=vetted.pk).update(
        first_approved_by=first,
        second_approved_by=by,
        approved_until=trust.approved_until(timezone.now().date()),
        renewal_by=None,
    )
    _show_anew(vetted)
    _write_down(by, "listing_approved", vetted)
    return True


@transaction.atomic
def withdraw(vetted: Any, *, by: Account) -> None:
    """Take an organisation or source off the site at once; one person is enough.

    Raises PermissionDenied.
    """
    if not by.has_perm(RIGHT):
        raise PermissionDenied
    _end(vetted)
    _write_down(by, "listing_withdrawn", vetted)


def end_old_approvals(today: date) -> int:
    """Take approvals off whose year is over, so that the indexes drop their rows; return how many.

    Pages, interface and export go by the date itself; this is for what was written before.
    """
    count = 0
    for kind in KINDS:
        for vetted in kind.objects.filter(approved_until__lt=today):
            with transaction.atomic():
                _end(vetted)
                _write_down(None, "listing_ended", vetted)
            count += 1
    return count


def waiting(kind: type[Any], today: date) -> list[Any]:
    """Return those that one person approved and a second has not, and whose year ends soon."""
    first_done = kind.objects.filter(first_approved_by__isnull=False, approved_until__isnull=True)
    ends = kind.objects.filter(approved_until__lte=today + timedelta(days=RENEW_WITHIN_DAYS))
    renewed = kind.objects.filter(renewal_by__isnull=False)
    return list((first_done | ends | renewed).distinct().order_by("approved_until", "name"))


def waiting_for(account: Account, today: date) -> int:
    """Return how many wait for a second person's word who may be `account`."""
    found = [vetted for kind in KINDS for vetted in waiting(kind, today)]
    return sum(1 for each in found if (first := _waiting(each)) is not None and first != account)


def _waiting(vetted: Any) -> Account | None:
    """Return who took the first step of an approval that a second person must finish."""
    person = vetted.first_approved_by if vetted.approved_until is None else vetted.renewal_by
    return person if isinstance(person, Account) else None


def _end(vetted: Any) -> None:
    type(vetted).objects.filter(pk=vetted.pk).update(
        first_approved_by=None, second_approved_by=None, approved_until=None, renewal_by=None
    )
    _show_anew(vetted)


def _show_anew(vetted: Any) -> None:
    """Have the indexes look again at all that hangs on an approval."""
    which = (
        "service__organization"
        if isinstance(vetted, Organization)
        else ("service__organization__source")
    )
    numbers = ServiceAtLocation.objects.filter(**{which: vetted.pk})
    changes.touch(numbers.values_list("number", flat=True))
    drop_kept_pages()


def _write_down(by: Account | None, event: str, vetted: Any) -> None:
    record(by, f"directory.{event}", type(vetted).__name__.lower(), vetted.pk)
