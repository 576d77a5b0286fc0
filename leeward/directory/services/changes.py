"""The change log: every write says here which services at locations it touched.

Call `touch` last in the transaction of the write: from then to the commit every other writer of
the directory waits. Before a delete, take the numbers first. The indexes follow after the commit.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import timedelta

from django.db import connection, transaction
from django.db.models import F, Q
from django.utils import timezone

from leeward.directory.models import Change, Counter, ServiceAtLocation
from leeward.directory.models.service import MOST_NUMBER

SEQUENCE = "sequence"
NUMBER = "number"
FORGET = 0  # in place of a number; numbers begin with 1
AT_ONCE = 2000
KEPT_DAYS = 30
MARK_BITS = 20

_followers: list[Callable[[], None]] = []


class DirectoryFull(Exception):
    """All 16.7 million numbers of the index are given out."""


class LogBroken(Exception):
    """The log does not go on from there: it was trimmed, or the database is another one."""


@dataclass(frozen=True, slots=True)
class Changes:
    """What changed after a place in the log: numbers, and the place in the log after them."""

    numbers: tuple[int, ...]
    position: int


def touch(numbers: Iterable[int]) -> None:
    """Write down that these services at locations changed or went.

    numbers: `ServiceAtLocation.number`. The counter's row stays locked until the transaction
    ends, so the log has no gaps for whoever reads it.
    """
    wanted = sorted(set(numbers))
    if wanted:
        _write(wanted)
        _tell_after_commit()


def touch_service(service_id: object) -> None:
    """Write down that everything of a service changed."""
    touch(_numbers(service_id=service_id))


def touch_location(location_id: object) -> None:
    """Write down that everything at a location changed."""
    touch(_numbers(location_id=location_id))


def touch_organization(organization_id: object) -> None:
    """Write down that everything of an organisation changed."""
    touch(_numbers(service__organization_id=organization_id))


def touch_source(source_id: object) -> None:
    """Write down that everything that came from a source changed."""
    touch(_numbers(service__organization__source_id=source_id))


def touch_all() -> None:
    """Write down that everything changed."""
    touch(_numbers())


def forget() -> None:
    """Have every node make its index file anew, so that none holds a trace of what was touched.

    For a site that became confidential: a row taken out of an index leaves some of its words in
    the file, until SQLite writes over them.
    """
    _write([FORGET])
    _tell_after_commit()


def new_numbers(count: int) -> range:
    """Return `count` fresh numbers for services at locations. Raises DirectoryFull."""
    first = _take(NUMBER, count)
    if first + count - 1 > MOST_NUMBER:
        raise DirectoryFull
    return range(first, first + count)


def calls_after_commit(follower: Callable[[], None]) -> None:
    """Have `follower` called after each commit that touched something. Its errors harm no write."""
    if follower not in _followers:
        _followers.append(follower)


def position() -> int:
    """Return the place where the log ends: its last sequence and that one's mark; 0 for empty."""
    last = Change.objects.order_by("-sequence").values_list("sequence", "mark").first()
    return _position(*last) if last else 0


def since(place: int, *, most: int) -> Changes:
    """Return what changed after a place in the log, oldest first, `most` changes at once.

    Raises LogBroken when the log does not hold that place (any more).
    """
    sequence = place >> MARK_BITS
    rows = Change.objects.filter(sequence__gte=max(sequence, 1)).order_by("sequence")
    found = list(rows.values_list("sequence", "number", "mark")[: most + 1])
    if sequence:
        if not found or _position(found[0][0], found[0][2]) != place:
            raise LogBroken
        del found[0]
    elif found and found[0][0] != 1:
        raise LogBroken
    found = found[:most]
    end = _position(found[-1][0], found[-1][2]) if found else place
    return Changes(tuple(dict.fromkeys(number for _sequence, number, _mark in found)), end)


def trim() -> int:
    """Delete changes older than 30 days, but for the last; return how many went."""
    before = timezone.now().date() - timedelta(days=KEPT_DAYS)
    last = Change.objects.order_by("-sequence").values_list("sequence", flat=True).first()
    gone, _kinds = Change.objects.filter(on__lt=before, sequence__lt=last or 0).delete()
    return gone


@transaction.atomic
def touch_expired() -> int:
    """Write down the offers whose approval ended since the last look; return how many.

    An approval ends by the calendar, without any write, so somebody must look each day.
    """
    today = timezone.now().date()
    Counter.objects.get_or_create(pk="approvals_looked_on")
    looked = Counter.objects.select_for_update().get(pk="approvals_looked_on")
    if looked.value >= today.toordinal():
        return 0
    looked_on = today.fromordinal(max(looked.value, 1))  # good to the end of that day then
    ended = {"approved_until__gte": looked_on, "approved_until__lt": today}
    own = Q(**{f"service__organization__{name}": day for name, day in ended.items()})
    by_source = Q(**{f"service__organization__source__{name}": day for name, day in ended.items()})
    numbers = list(
        ServiceAtLocation.objects.filter(own | by_source).values_list("number", flat=True)
    )
    Counter.objects.filter(pk=looked.pk).update(value=today.toordinal())
    touch(numbers)
    return len(numbers)


@transaction.atomic
def _write(numbers: list[int]) -> None:
    first = _take(SEQUENCE, len(numbers))
    today, mark = timezone.now().date(), secrets.randbits(MARK_BITS)
    Change.objects.bulk_create(
        [
            Change(sequence=first + at, number=number, mark=mark, on=today)
            for at, number in enumerate(numbers)
        ],
        batch_size=AT_ONCE,
    )


def _position(sequence: int, mark: int) -> int:
    return sequence << MARK_BITS | mark


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


def _tell_after_commit() -> None:
    """Have the followers called once for this transaction, however often it touches."""
    waiting = connection.run_on_commit
    if waiting and waiting[-1][1] is _tell and waiting[-1][0] == set(connection.savepoint_ids):
        return
    transaction.on_commit(_tell, robust=True)


def _tell() -> None:
    for follower in _followers:
        follower()
