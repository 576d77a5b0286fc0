"""Services that the newest file of their source no longer names: noted, and decided by a person.

Nothing happens to such a service by itself. A file can be half a file, and a shelter that closed
is a wrong door at night: somebody calls, and says which of the two it is.
"""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Count, QuerySet

from leeward.directory.models import Missing, Service, Source
from leeward.directory.services import editing
from leeward.directory.services.public import SHOWN_STATUSES, today
from leeward.people.models import Account
from leeward.people.services import record

RIGHT = "directory.decide_report"
AT_ONCE = 500


class NotMissing(Exception):
    """A later file names the service again, or somebody decided."""


def of_source(source: Source, named: Collection[UUID]) -> set[UUID]:
    """Return the running services of a source that are not among those its file names."""
    running = Service.objects.filter(source=source, status__in=SHOWN_STATUSES)
    return {each for each in running.values_list("pk", flat=True).iterator() if each not in named}


@transaction.atomic
def note(source: Source, missing: set[UUID]) -> None:
    """Write down what a whole file of `source` left out, and forget what it names again."""
    noted = Missing.objects.filter(service__source=source)
    back = set(noted.values_list("pk", flat=True)) - missing
    for some in _batches(back):
        Missing.objects.filter(pk__in=some).delete()
    rows = (Missing(service_id=each, since=today()) for each in sorted(missing))
    Missing.objects.bulk_create(rows, ignore_conflicts=True, batch_size=AT_ONCE)


def waiting() -> QuerySet[Missing]:
    """Return what nobody decided yet, the longest missing first."""
    rows = Missing.objects.filter(is_decided=False, service__status__in=SHOWN_STATUSES)
    return rows.select_related("service__organization", "service__source")


def by_source() -> list[tuple[Source, int]]:
    """Return the sources with services that wait, and how many of each."""
    rows = waiting().order_by().values_list("service__source").annotate(Count("pk"))
    counts = {source: count for source, count in rows if source is not None}
    return [(each, counts[each.pk]) for each in Source.objects.filter(pk__in=counts)]


@transaction.atomic
def decide(service_id: UUID, *, by: Account, is_running: bool) -> None:
    """Keep a service as it is, or set it inactive. Raises PermissionDenied, NotMissing."""
    _check(by)
    found = waiting().filter(pk=service_id).first()
    if found is None:
        raise NotMissing
    if is_running:
        Missing.objects.filter(pk=service_id).update(is_decided=True)
        record(by, "directory.missing_kept", "service", service_id)
    else:
        editing.change(found.service, {"status": Service.Status.INACTIVE}, by=by)
        found.delete()


@transaction.atomic
def keep_all(source: Source, *, by: Account) -> int:
    """Keep all that wait of one source, such as after half a file; return how many."""
    _check(by)
    ids = list(waiting().filter(service__source=source).values_list("pk", flat=True))
    for some in _batches(set(ids)):
        Missing.objects.filter(pk__in=some).update(is_decided=True)
    record(by, "directory.missing_kept", "source", source.pk)
    return len(ids)


def _check(by: Account) -> None:
    if not by.has_perm(RIGHT):
        raise PermissionDenied


def _batches(ids: set[UUID]) -> list[list[UUID]]:
    ordered = sorted(ids)
    return [ordered[at : at + AT_ONCE] for at in range(0, len(ordered), AT_ONCE)]
