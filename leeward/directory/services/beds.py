"""Telling how many units are free: who may, what was told last, and the log of every telling.

The log is added to and never changed; the present state (HSDS service_capacity) follows its last
entry in the same transaction, and with it the indexes.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from leeward.directory import vocabulary
from leeward.directory.models import (
    Attribute,
    CapacityEvent,
    Location,
    Service,
    ServiceCapacity,
)
from leeward.directory.rules import beds as rules
from leeward.directory.services import changes
from leeward.directory.services.vocabulary import UNITS, unit_id
from leeward.people.models import Account
from leeward.people.services import record

ALL_SHELTERS = "directory.edit_directory"
MOST_UNITS = 999
SHOWN_IN_HISTORY = 40


class MoreThanThereAre(Exception):
    """More units were told free than the service has; `maximum` says how many it has."""

    def __init__(self, maximum: int) -> None:
        super().__init__(maximum)
        self.maximum = maximum


@dataclass(frozen=True, slots=True)
class Count:
    """How many units are free: for everybody, and under conditions alone."""

    available: int
    restricted: int = 0


@dataclass(frozen=True, slots=True)
class UnitNow:
    """One kind of unit as its page shows it. `seen` is the last telling's number, 0 for none."""

    code: str
    name: str
    count: Count
    restriction: str
    maximum: int | None
    answer: rules.Answer
    told_at: datetime | None
    until: datetime | None
    is_fresh: bool
    ends_soon: bool
    by: str
    seen: int


@dataclass(frozen=True, slots=True)
class Told:
    """What came of telling. `between` is a colleague's telling that the page had not shown."""

    event: CapacityEvent
    between: CapacityEvent | None


# -- who tells --


def services_told_by(account: Account) -> QuerySet[Service]:
    """Return the services whose free beds `account` may tell.

    Those of its own organisations; every one for whoever edits the whole directory. Only services
    where somebody can stay: member shelters, those that count units, and those that say so.
    """
    stays = Attribute.objects.filter(
        link_id=OuterRef("pk"),
        link_entity="service",
        taxonomy_term_id=vocabulary.terms(vocabulary.NEEDS)["shelter"].id,
        value="yes",
    )
    counted = ServiceCapacity.objects.filter(service=OuterRef("pk"))
    found = Service.objects.filter(
        Q(is_member_shelter=True) | Exists(counted) | Exists(stays),
        status__in=(Service.Status.ACTIVE, Service.Status.CLOSED),
    ).select_related("organization")
    if account.has_perm(ALL_SHELTERS):
        # A federal list of clinics is no list of shelters: whoever sees all sees the members.
        return found.filter(Q(is_member_shelter=True) | Exists(counted))
    return found.filter(organization__memberships__account=account)


# -- telling --


@transaction.atomic
def tell(
    service_id: UUID, unit: str, count: Count, *, by: Account | None, seen: int | None = None
) -> Told:
    """Write down how many of `unit` (a code of UNITS) are free now; the last word counts.

    by: None when the demonstration tells. seen: the number of the telling that the page showed.
    Raises MoreThanThereAre, Service.DoesNotExist.
    """
    Service.objects.select_for_update().get(pk=service_id)  # one telling of a service at a time
    capacity = _capacity(service_id, unit)
    if capacity.maximum is not None and count.available + count.restricted > capacity.maximum:
        raise MoreThanThereAre(capacity.maximum)
    before = capacity.events.select_related("by").order_by("-id").first()
    event = _write(capacity, count, by)
    changes.touch_service(service_id)
    record(by, "directory.beds_told", "service", service_id)
    is_news = before is not None and seen is not None and before.pk != seen
    return Told(event, before if before and is_news and before.by_id != event.by_id else None)


def _write(capacity: ServiceCapacity, count: Count, by: Account | None) -> CapacityEvent:
    """Add to the log, and bring the present state after it."""
    now = timezone.now()
    told: dict[str, int] = {
        "available": count.available,
        "restricted_available": count.restricted,
    }
    event: CapacityEvent = CapacityEvent.objects.create(capacity=capacity, by=by, at=now, **told)
    rows = ServiceCapacity.objects.filter(service=capacity.service_id, unit=capacity.unit_id)
    rows.filter(pk=capacity.pk).update(updated=now, **told)
    # An import may have brought a second row; left alone it would say something else.
    rows.exclude(pk=capacity.pk).update(updated=now, available=0, restricted_available=0)
    return event


def _capacity(service_id: UUID, unit: str) -> ServiceCapacity:
    """Return the service's row for `unit`, made when it is missing; its service is locked."""
    rows = ServiceCapacity.objects.filter(service_id=service_id, unit_id=unit_id(unit))
    found: ServiceCapacity | None = rows.order_by("id").first()
    return found or ServiceCapacity.objects.create(service_id=service_id, unit_id=unit_id(unit))


# -- what is told --


def units_now(service: Service, now: datetime) -> list[UnitNow]:
    """Return each kind of unit that `service` counts, in the order of UNITS; a bed if none."""
    rows = {row.unit.identifier: row for row in _rows([service.pk])}
    shown = [code for code in UNITS if code in rows] or [next(iter(UNITS))]
    latest = _latest(row.pk for row in rows.values())
    return [_unit_now(code, rows.get(code), latest, now) for code in shown]


def uncounted(service: Service) -> dict[str, str]:
    """Return the kinds of unit, code and name, that `service` does not count yet."""
    counted = {row.unit.identifier for row in _rows([service.pk])} or {next(iter(UNITS))}
    return {code: str(name) for code, name in UNITS.items() if code not in counted}


def answers(services: Iterable[Service], now: datetime) -> dict[UUID, rules.Answer]:
    """Return the one answer that each service's units give together. One query."""
    told: dict[UUID, list[rules.Answer]] = {service.pk: [] for service in services}
    for row in _rows(told):
        told[row.service_id].append(_answer(row, now))
    return {service_id: rules.together(said) for service_id, said in told.items()}


def run_out(account: Account, now: datetime) -> int:
    """Return how many of the account's own services told their beds too long ago, or never."""
    services = list(services_told_by(account).filter(is_member_shelter=True))
    fresh = {
        row.service_id
        for row in _rows([service.pk for service in services])
        if rules.is_fresh(row.updated, now)
    }
    return len(services) - len(fresh)


def history(service: Service) -> list[CapacityEvent]:
    """Return the latest tellings of `service`, the newest first, with who told them."""
    rows = CapacityEvent.objects.filter(capacity__service=service)
    return list(rows.select_related("by", "capacity__unit").order_by("-id")[:SHOWN_IN_HISTORY])


def time_zone_of(service: Service) -> ZoneInfo:
    """Return the time zone of the service's first place, or the site's own."""
    named = Location.objects.filter(service_at_locations__service=service, time_zone__gt="")
    name = named.order_by("pk").values_list("time_zone", flat=True).first()
    try:
        return ZoneInfo(name or timezone.get_default_timezone_name())
    except (ZoneInfoNotFoundError, ValueError):  # an import may bring any word
        return ZoneInfo(timezone.get_default_timezone_name())


def _rows(service_ids: Iterable[UUID]) -> list[ServiceCapacity]:
    """Return the rows in our own units; where one is there twice, the one that `tell` writes."""
    rows = ServiceCapacity.objects.filter(
        service_id__in=list(service_ids), unit_id__in=[unit_id(code) for code in UNITS]
    )
    by_unit: dict[tuple[Any, Any], ServiceCapacity] = {}
    for row in rows.select_related("unit").order_by("-id"):
        by_unit[row.service_id, row.unit_id] = row
    return list(by_unit.values())


def _latest(capacity_ids: Iterable[UUID]) -> dict[UUID, CapacityEvent]:
    """Return the last telling of each capacity."""
    last = CapacityEvent.objects.filter(capacity=OuterRef("capacity")).order_by("-id").values("pk")
    rows = CapacityEvent.objects.filter(capacity__in=list(capacity_ids), pk=last[:1])
    return {event.capacity_id: event for event in rows.select_related("by")}


def _answer(row: ServiceCapacity, now: datetime) -> rules.Answer:
    return rules.answer(row.available, row.updated, now, restricted=row.restricted_available)


def _unit_now(
    code: str, row: ServiceCapacity | None, latest: dict[UUID, CapacityEvent], now: datetime
) -> UnitNow:
    row = row or ServiceCapacity()
    last = latest.get(row.pk)
    return UnitNow(
        code=code,
        name=str(UNITS[code]),
        count=Count(row.available, row.restricted_available),
        restriction=row.restriction,
        maximum=row.maximum,
        answer=_answer(row, now),
        told_at=row.updated,
        until=rules.holds_until(row.updated) if row.updated else None,
        is_fresh=rules.is_fresh(row.updated, now),
        ends_soon=rules.ends_soon(row.updated, now),
        by=str(last.by or "") if last else "",
        seen=last.pk if last else 0,
    )
