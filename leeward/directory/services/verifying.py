"""Who vouches for a record: verifying it, and which ones are due."""

from __future__ import annotations

from datetime import date, timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from leeward.directory.models import Location, Service
from leeward.directory.rules import trust
from leeward.directory.services import changes
from leeward.directory.services.owning import EDIT_ALL, editable_services, may_edit
from leeward.people.models import Account
from leeward.people.services import record
from leeward.safety.generation import drop_kept_pages

SOON_DAYS = 14


@transaction.atomic
def verify(service: Service, *, how: str, by: Account, on: date | None = None) -> None:
    """Write down that `by` verified a service, with its places there, on a day (today).

    how: a key of `trust.HOLDS_DAYS`. A partner's word is always "own". Raises PermissionDenied,
    ValueError for a day to come.
    """
    today = timezone.now().date()
    day = on or today
    if not may_edit(by, service):
        raise PermissionDenied
    if day > today:
        raise ValueError("nobody has verified it on a day to come")
    way = how if by.has_perm(EDIT_ALL) else trust.OWN
    values = {
        "verified_on": day,
        "verified_by": by,
        "verified_how": way,
        "due_on": trust.next_due(day, way),
    }
    Service.objects.filter(pk=service.pk).update(**values)
    service.service_at_locations.update(**values)
    places = Location.objects.filter(service_at_locations__service=service).distinct()
    for place in places:
        if may_edit(by, place):
            Location.objects.filter(pk=place.pk).update(**values)
    changes.touch_service(service.pk)
    drop_kept_pages()
    record(by, "directory.record_verified", "service", service.pk)


def due_services(account: Account, today: date) -> QuerySet[Service]:
    """Return the account's active services that are due within two weeks, or past it, in order.

    Those that nobody ever verified are not among them.
    """
    last = today + timedelta(days=SOON_DAYS)
    mine = editable_services(account).filter(status=Service.Status.ACTIVE)
    return mine.filter(due_on__lte=last).select_related("organization").order_by("due_on", "id")


def overdue_count(account: Account, today: date) -> int:
    """Return how many are past their day."""
    mine = editable_services(account).filter(status=Service.Status.ACTIVE)
    return mine.filter(due_on__lt=today).count()


def never_verified_count(account: Account) -> int:
    """Return how many services nobody ever verified."""
    mine = editable_services(account).filter(status=Service.Status.ACTIVE)
    return mine.filter(due_on__isnull=True).count()
