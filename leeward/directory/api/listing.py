"""Which records a question is about: the filters that the database answers, and pages.

All begin with what `services.public` lists.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from leeward.directory.api.asking import Asked
from leeward.directory.models import Attribute, Taxonomy, TaxonomyTerm
from leeward.directory.services import public

MOST_WORDS = 8
NO = "no"


def services(asked: Asked) -> QuerySet[Any]:
    """Return the listed services that fit, apart from what the search engine answers."""
    rows = public.listed_services().filter(_of_organization(asked, "organization_id"))
    if since := asked.get("modified_after"):
        rows = rows.filter(modified_at__gte=since)
    return _with_terms(rows, asked, "pk")


def offers(asked: Asked) -> QuerySet[Any]:
    """Return the listed services at locations that fit, apart from what the engine answers."""
    rows = public.listed_services_at_locations()
    rows = rows.filter(_of_organization(asked, "service__organization_id"))
    if since := asked.get("modified_after"):
        rows = rows.filter(
            Q(modified_at__gte=since)
            | Q(service__modified_at__gte=since)
            | Q(location__modified_at__gte=since)
        )
    return _with_terms(rows, asked, "pk", "service_id")


def organizations(asked: Asked) -> QuerySet[Any]:
    """Return the listed organisations that fit; a term may be tied to one of their services."""
    rows = _with_words(
        public.listed_organizations(), asked, "name", "alternate_name", "description"
    )
    if not (asked.get("taxonomy_term_id") or asked.get("taxonomy_id")):
        return rows
    having = _with_terms(public.listed_services(), asked, "pk").filter(organization=OuterRef("pk"))
    return rows.filter(_tied(asked, "pk") | Q(Exists(having)))


def taxonomies(asked: Asked) -> QuerySet[Any]:
    """Return the public taxonomies that fit."""
    return _with_words(public.shown(Taxonomy), asked, "name", "description")


def terms(asked: Asked) -> QuerySet[Any]:
    """Return the public terms that fit, each with its taxonomy."""
    rows = public.shown(TaxonomyTerm).select_related("taxonomy_detail")
    if taxonomy := asked.get("taxonomy_id"):
        rows = rows.filter(taxonomy_detail_id=taxonomy)
    if asked.get("top_only"):
        rows = rows.filter(parent__isnull=True)
    if parent := asked.get("parent_id"):
        rows = rows.filter(parent_id=parent)
    return _with_words(rows, asked, "name", "code", "description")


def in_order(rows: Iterable[Any], wanted: list[Any]) -> list[Any]:
    """Return `rows` in the order of the ids in `wanted`."""
    at = {pk: place for place, pk in enumerate(wanted)}
    return sorted(rows, key=lambda row: at[row.pk])


def _of_organization(asked: Asked, field: str) -> Q:
    organization = asked.get("organization_id")
    return Q(**{field: organization}) if organization else Q()


def _with_terms(rows: QuerySet[Any], asked: Asked, *fields: str) -> QuerySet[Any]:
    """Narrow `rows` to those tied to the wanted term by one of `fields`."""
    if not (asked.get("taxonomy_term_id") or asked.get("taxonomy_id")):
        return rows
    any_of = Q()
    for field in fields:
        any_of |= _tied(asked, field)
    return rows.filter(any_of)


def _tied(asked: Asked, field: str) -> Q:
    """Return the condition that a public attribute ties the wanted term to a record.

    "no" is an answer, too: who asks for women must not get what refuses women.
    """
    found = public.shown(Attribute).filter(
        link_id=OuterRef(field), taxonomy_term__visibility=public.PUBLIC
    )
    if term := asked.get("taxonomy_term_id"):
        found = found.filter(taxonomy_term_id=term).exclude(value__iexact=NO)
    if taxonomy := asked.get("taxonomy_id"):
        found = found.filter(taxonomy_term__taxonomy_detail_id=taxonomy)
    return Q(Exists(found))


def _with_words(rows: QuerySet[Any], asked: Asked, *fields: str) -> QuerySet[Any]:
    for word in asked.get("search", "").split()[:MOST_WORDS]:
        any_of = Q()
        for field in fields:
            any_of |= Q(**{f"{field}__icontains": word})
        rows = rows.filter(any_of)
    return rows
