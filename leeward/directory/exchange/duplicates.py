"""Pairs of services that look like the same thing, for a person to look at. Nothing is merged."""

from __future__ import annotations

import math
import uuid
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import combinations

from leeward.directory.exchange.known import batches
from leeward.directory.models import DuplicatePair, Phone, Service, ServiceAtLocation
from leeward.directory.rules import street
from leeward.directory.rules.phones import dial_of

NEAR_KM = 0.5
KM_A_DEGREE = 111.2
MOST_PAIRS = 500
SAME_NUMBER, SAME_NAME = "same number, same street", "same name, close by"
BY_NAME = "name "
MOST_OF_ONE_KIND = 30  # a name or number of more says nothing
PHONE_WAYS = (
    "service_id",
    "service_at_location__service_id",
    "location__service_at_locations__service_id",
)


@dataclass(slots=True)
class Traits:
    """What tells one service from another."""

    name: str
    numbers: set[str] = field(default_factory=set)
    streets: set[str] = field(default_factory=set)
    points: list[tuple[float, float]] = field(default_factory=list)


def propose(new: Iterable[uuid.UUID]) -> int:
    """Note pairs of a new service and another (new or old); return how many are new.

    At most MOST_PAIRS at a time: more would be noise. A pair that was decided stays decided.
    """
    before = DuplicatePair.objects.count()
    pairs: dict[tuple[uuid.UUID, uuid.UUID], str] = {}
    for some in batches(sorted(set(new))):
        traits = _traits(some)
        own = set(some)
        traits |= _traits(sorted(_alike_in_one(traits.values(), some) - own))
        pairs |= _pairs(traits, own)
        if len(pairs) >= MOST_PAIRS:
            break
    rows = [
        DuplicatePair(entity="service", first_id=first, second_id=second, reason=reason)
        for (first, second), reason in list(pairs.items())[:MOST_PAIRS]
    ]
    DuplicatePair.objects.bulk_create(rows, ignore_conflicts=True)
    return DuplicatePair.objects.count() - before


def _alike_in_one(traits: Iterable[Traits], own: list[uuid.UUID]) -> set[uuid.UUID]:
    """Return services that share a number or a name with one of these."""
    found: set[uuid.UUID] = set()
    for some in batches(sorted({each.name for each in traits})):
        found.update(Service.objects.filter(name__in=some).values_list("pk", flat=True))
    numbers = {number for number, _service in _numbers(service_ids=own)}
    for some in batches(sorted(numbers)):
        found.update(service for _number, service in _numbers(numbers=some))
    return found


def _numbers(
    *, numbers: list[str] | None = None, service_ids: list[uuid.UUID] | None = None
) -> set[tuple[str, uuid.UUID]]:
    """Return (number, service) of phones that a service, its offer or its location has."""
    found: set[tuple[str, uuid.UUID]] = set()
    for way in PHONE_WAYS:
        which = {"number__in": numbers} if numbers is not None else {f"{way}__in": service_ids}
        rows = Phone.objects.filter(**which, **{f"{way}__isnull": False})
        found.update(rows.values_list("number", way).distinct())
    return found


def _traits(services: list[uuid.UUID]) -> dict[uuid.UUID, Traits]:
    found: dict[uuid.UUID, Traits] = {}
    for some in batches(services):
        names = Service.objects.filter(pk__in=some).values_list("pk", "name")
        found |= {own: Traits(name) for own, name in names}
        for number, own in _numbers(service_ids=some):
            found[own].numbers.add(dial_of(number) or number)
        offers = ServiceAtLocation.objects.filter(service_id__in=some)
        rows = offers.values_list(
            "service_id", "location__latitude", "location__longitude",
            "location__addresses__address_1", "location__addresses__postal_code",
        )  # fmt: skip
        for own, latitude, longitude, line, code in rows:
            if latitude is not None:
                found[own].points.append((latitude, longitude))
            if line and (at := street.street([line])):
                found[own].streets.add(f"{at} {street.postal(code or '')}")
    return found


def _pairs(
    traits: dict[uuid.UUID, Traits], new: set[uuid.UUID]
) -> dict[tuple[uuid.UUID, uuid.UUID], str]:
    """Return pairs with at least one new service, by what they share."""
    groups = _groups(traits)
    found: dict[tuple[uuid.UUID, uuid.UUID], str] = {}
    for key, members in groups.items():
        for first, second in combinations(sorted(members)[:MOST_OF_ONE_KIND], 2):
            if {first, second} & new:
                if not key.startswith(BY_NAME):
                    found[first, second] = SAME_NUMBER
                elif _are_near(traits[first], traits[second]):
                    found.setdefault((first, second), SAME_NAME)
    return found


def _groups(traits: dict[uuid.UUID, Traits]) -> dict[str, list[uuid.UUID]]:
    """Return services by name, and by number and street."""
    groups: dict[str, list[uuid.UUID]] = defaultdict(list)
    for own, each in traits.items():
        groups[f"{BY_NAME}{' '.join(street.words_of(each.name))}"].append(own)
        for number in each.numbers:
            for at in each.streets:
                groups[f"{number} {at}"].append(own)
    return groups


def _are_near(first: Traits, second: Traits) -> bool:
    for latitude, longitude in first.points:
        for other_latitude, other_longitude in second.points:
            north = (latitude - other_latitude) * KM_A_DEGREE
            east = (longitude - other_longitude) * KM_A_DEGREE * math.cos(math.radians(latitude))
            if math.hypot(north, east) <= NEAR_KM:
                return True
    return False
