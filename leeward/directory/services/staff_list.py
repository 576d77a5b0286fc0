"""Staff's list of services: filtered by plain questions, a page at a time, on indexed columns."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from leeward.directory import vocabulary
from leeward.directory.models import Address, Attribute, Service, ServiceAtLocation
from leeward.directory.services.owning import editable_services
from leeward.directory.services.public import is_approved
from leeward.people.models import Account

PAGE = 50
FRESH, STALE, NEVER, UNLISTED, CONFIDENTIAL = "fresh", "stale", "never", "unlisted", "confidential"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the list is narrowed to; empty fields ask for nothing."""

    words: str = ""
    need: str = ""
    source: int | None = None
    visibility: str = ""
    state: str = ""
    organization: UUID | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """One page of the list."""

    services: list[Service]
    page: int
    has_more: bool


def services(account: Account, wanted: Wanted, *, page: int, today: date) -> Found:
    """Return the services that `account` may edit, by name, PAGE at a time. Four queries.

    page: 1 for the first.
    """
    rows = _narrowed(editable_services(account), wanted, today)
    start = (page - 1) * PAGE
    shown = list(
        rows.select_related("organization__source", "source")
        .prefetch_related(_places())
        .order_by("name", "id")[start : start + PAGE + 1]
    )
    return Found(shown[:PAGE], page, len(shown) > PAGE)


def _places() -> Prefetch[Any]:
    offers = ServiceAtLocation.objects.select_related("location").prefetch_related(
        Prefetch("location__addresses", Address.objects.order_by("id"))
    )
    return Prefetch("service_at_locations", offers)


def _narrowed(rows: QuerySet[Service], wanted: Wanted, today: date) -> QuerySet[Service]:
    for word in wanted.words.split():
        rows = rows.filter(
            Q(name__icontains=word)
            | Q(organization__name__icontains=word)
            | Q(alternate_name__icontains=word)
        )
    if wanted.need:
        rows = rows.filter(_has_need(wanted.need))
    if wanted.source:
        rows = rows.filter(source_id=wanted.source)
    if wanted.visibility:
        rows = rows.filter(visibility=wanted.visibility)
    if wanted.organization:
        rows = rows.filter(organization_id=wanted.organization)
    return rows.filter(_in_state(wanted.state, today)) if wanted.state else rows


def _has_need(code: str) -> Exists:
    term = vocabulary.terms(vocabulary.NEEDS)[code].id
    return Exists(Attribute.objects.filter(link_id=OuterRef("pk"), taxonomy_term_id=term))


def _in_state(state: str, today: date) -> Q | Exists:
    offers = ServiceAtLocation.objects.filter(
        service=OuterRef("pk"), location__is_confidential=True
    )
    conditions: dict[str, Q | Exists] = {
        FRESH: Q(due_on__gte=today),
        STALE: Q(due_on__lt=today),
        NEVER: Q(due_on__isnull=True),
        UNLISTED: ~is_approved("organization__", today) | ~Q(visibility="public"),
        CONFIDENTIAL: Exists(offers),
    }
    return conditions[state]
