"""The lists: which records, which page, how much of each."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.models import QuerySet

from leeward.directory.api import listing, parts, records, searching, whole
from leeward.directory.api.answers import Page
from leeward.directory.api.asking import Asked

Told = dict[str, Any]
_SERVICE_LINE = ("source", "program", "organization__source")
_OFFER_LINE = (
    "source",
    "location__source",
    "service__source",
    "service__program",
    "service__organization__source",
)


def services(asked: Asked) -> Page:
    """Return a page of services: ids and dates, lines, or whole."""
    wanted, total = _page(listing.services(asked), asked, "service_id")
    rows = listing.services(Asked()).filter(pk__in=wanted)
    if asked.get("minimal"):
        return Page(_told(rows, wanted, records.minimal_line), total)
    if asked.is_full:
        tree = whole.services(rows)
        return Page(_told(tree.rows, wanted, lambda row: records.service(row, tree)), total)
    return Page(_told(rows.select_related(*_SERVICE_LINE), wanted, records.service_line), total)


def offers(asked: Asked) -> Page:
    """Return a page of services at locations: lines, or whole."""
    wanted, total = _page(listing.offers(asked), asked, "pk")
    rows = listing.offers(Asked()).filter(pk__in=wanted)
    if asked.is_full:
        tree = whole.offers(rows)
        return Page(_told(tree.rows, wanted, lambda row: records.offer(row, tree)), total)
    return Page(_told(rows.select_related(*_OFFER_LINE), wanted, records.offer_line), total)


def organizations(asked: Asked) -> Page:
    """Return a page of organisations: lines, or whole, with or without their services whole."""
    wanted, total = _slice(listing.organizations(asked), asked)
    rows = listing.organizations(Asked()).filter(pk__in=wanted)
    if not asked.is_full:
        return Page(_told(rows.select_related("source"), wanted, records.organization_line), total)
    has_services = bool(asked.get("full_service"))
    tree = whole.organizations(rows, has_services=has_services)
    return Page(
        _told(
            tree.rows,
            wanted,
            lambda row: records.organization(row, tree, has_services=has_services),
        ),
        total,
    )


def taxonomies(asked: Asked) -> Page:
    """Return a page of taxonomies."""
    return _plain(listing.taxonomies(asked), asked, parts.taxonomy)


def terms(asked: Asked) -> Page:
    """Return a page of taxonomy terms."""
    return _plain(listing.terms(asked), asked, records.term_line)


def _plain(rows: QuerySet[Any], asked: Asked, tell: Callable[[Any], Told]) -> Page:
    wanted, total = _slice(rows, asked)
    return Page(_told(rows.filter(pk__in=wanted), wanted, tell), total)


def _page(rows: QuerySet[Any], asked: Asked, field: str) -> tuple[list[Any], int]:
    """Return the ids on the page and how many fit; the engine's order where it was asked."""
    if not searching.is_wanted(asked):
        return _slice(rows, asked)
    numbers = searching.numbers(asked)
    found = dict(listing.offers(Asked()).filter(number__in=numbers).values_list("number", field))
    ordered = list(dict.fromkeys(found[number] for number in numbers if number in found))
    fitting = set(rows.filter(pk__in=ordered).values_list("pk", flat=True))
    kept = [pk for pk in ordered if pk in fitting]
    start = (asked.page - 1) * asked.per_page
    return kept[start : start + asked.per_page], len(kept)


def _slice(rows: QuerySet[Any], asked: Asked) -> tuple[list[Any], int]:
    start = (asked.page - 1) * asked.per_page
    ids = rows.order_by("pk").values_list("pk", flat=True)
    return list(ids[start : start + asked.per_page]), rows.count()


def _told(rows: Any, wanted: list[Any], tell: Callable[[Any], Told]) -> list[Told]:
    return [tell(row) for row in listing.in_order(rows, wanted)]
