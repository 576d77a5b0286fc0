"""Which member shelters fit a bed request, by what their records say of who may come."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from leeward.directory.models import (
    BedRequest,
    Language,
    Service,
    ServiceArea,
    ServiceCapacity,
    Visibility,
)
from leeward.directory.rules import bed_requests as rules
from leeward.directory.services import public


def need_of(request: BedRequest) -> rules.Need:
    """Return what a stored request asks for."""
    return rules.Need(
        unit=request.unit.identifier,
        units=request.units_wanted,
        people=frozenset(request.people),
        oldest_boy_age=request.oldest_boy_age,
        languages=frozenset(request.languages),
        areas=_around(request.area_code),
    )


def _around(code: str) -> tuple[str, ...]:
    """Return an area's code and those of the areas around it, narrowest first."""
    parts = code.split("/")
    codes = ["/".join(parts[:length]) for length in range(len(parts), 0, -1)] if code else []
    country = parts[0].partition("-")[0]
    return tuple(dict.fromkeys([*codes, country, "world"])) if code else ()


def member_shelters(on: date | None = None) -> QuerySet[Service]:
    """Return the shelters that may be asked: members, running, their organisation approved."""
    return Service.objects.filter(
        public.is_approved("organization__", on), is_member_shelter=True, status="active"
    )


def fits(
    need: rules.Need, *, now: datetime, among: Iterable[UUID] | None = None
) -> dict[UUID, rules.Fit]:
    """Return how each member shelter fits, without those that do not. A fixed number of queries.

    among: only these services.
    """
    asked = member_shelters(now.date())
    if among is not None:
        asked = asked.filter(pk__in=list(among))
    facts = _facts(list(asked))
    found = {pk: rules.fit(need, shelter, now=now) for pk, shelter in facts.items()}
    return {pk: fit for pk, fit in found.items() if fit is not None}


def _facts(services: list[Service]) -> dict[UUID, rules.Shelter]:
    ids = [service.pk for service in services]
    said = public.attributes_of(ids, seen_by=Visibility.STAFF)
    spoken = _by_service(
        Language, "code", ids, "service", "location__service_at_locations__service"
    )
    served = _by_service(ServiceArea, "area_code", ids, "service", "service_at_location__service")
    units: dict[UUID, dict[str, rules.UnitFact]] = {}
    rows = ServiceCapacity.objects.filter(service_id__in=ids).select_related("unit")
    for row in rows.order_by("-id"):
        told = rules.UnitFact(row.available, row.restricted_available, row.updated)
        units.setdefault(row.service_id, {})[row.unit.identifier] = told
    return {
        service.pk: rules.Shelter(
            **_who_may_come(said.get(service.pk, [])),
            languages=frozenset(spoken.get(service.pk, ())),
            has_interpreter=bool(service.interpretation_services),
            areas=frozenset(served.get(service.pk, ())),
            units=units.get(service.pk, {}),
        )
        for service in services
    }


def _who_may_come(attributes: Iterable[Any]) -> dict[str, Any]:
    """Return yes, no and boys_to_age from a service's attributes; the age may be any words."""
    told = {row.taxonomy_term.code: row.value for row in attributes if row.taxonomy_term}
    age = told.pop("boys_to_age", "")
    return {
        "yes": frozenset(code for code, value in told.items() if value == "yes"),
        "no": frozenset(code for code, value in told.items() if value == "no"),
        "boys_to_age": int(age) if age.isdecimal() and len(age) < 4 else None,  # noqa: PLR2004
    }


def _by_service(model: Any, field: str, ids: list[UUID], *links: str) -> dict[UUID, set[str]]:
    """Return each service's values of `field`, which hang on it by any of `links`."""
    found: dict[UUID, set[str]] = {}
    for link in links:
        rows = model.objects.filter(**{f"{link}__in": ids}).exclude(**{field: ""})
        for service_id, value in rows.values_list(link, field):
            found.setdefault(service_id, set()).add(value)
    return found
