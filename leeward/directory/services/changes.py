"""The change log: every write says here which services at locations it touched.

Call `touch` inside the transaction of the write; the indexes follow after the commit.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from leeward.directory.models import Change, Counter, ServiceAtLocation
from leeward.directory.models.service import MOST_NUMBER

SEQUENCE = "sequence"
NUMBER = "number"
AT_ONCE = 2000


class DirectoryFull(Exception):
    """All 16.7 million numbers of the index are given out."""


def touch(numbers: Iterable[int]) -> int:
    """Write down that these services at locations changed or went; return the last sequence.

    numbers: `ServiceAtLocation.number`. Must run inside a transaction; the counter's row stays
    locked until it ends, so the log has no gaps for whoever reads it.
    """
    wanted = sorted(set(numbers))
    first = _take(SEQUENCE, len(wanted))
    today = timezone.now().date()
    Change.objects.bulk_create(
        [Change(sequence=first + at, number=number, on=today) for at, number in enumerate(wanted)],
        batch_size=AT_ONCE,
    )
    return first + len(wanted) - 1


def touch_service(service_id: object) -> None:
    """Write down that everything of a service changed."""
    touch(_numbers(service_id=service_id))


def touch_location(location_id: object) -> None:
    """Write down that everything at a location changed."""
    touch(_numbers(location_id=location_id))


def touch_organization(organization_id: object) -> None:
    """Write down that everything of an organisation changed."""
    touch(_numbers(service__organization_id=organization_id))


def new_numbers(count: int) -> range:
    """Return `count` fresh numbers for services at locations. Raises DirectoryFull."""
    first = _take(NUMBER, count)
    if first + count - 1 > MOST_NUMBER:
        raise DirectoryFull
    return range(first, first + count)


def _numbers(**which: object) -> Iterable[int]:
    return ServiceAtLocation.objects.filter(**which).values_list("number", flat=True)


def _take(name: str, count: int) -> int:
    """Move a counter on by `count` and return the first of the numbers taken."""
    with transaction.atomic():
        moved = Counter.objects.filter(pk=name).update(value=F("value") + count)
        if not moved:
            Counter.objects.get_or_create(pk=name)
            Counter.objects.filter(pk=name).update(value=F("value") + count)
        return Counter.objects.values_list("value", flat=True).get(pk=name) - count + 1
