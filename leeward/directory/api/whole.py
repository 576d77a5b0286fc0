"""Whole records with the sources they came from, ready to be written out; fixed queries each."""

from __future__ import annotations

from typing import Any

from django.db.models import Prefetch, QuerySet, prefetch_related_objects

from leeward.directory.models import Organization, Service, ServiceAtLocation
from leeward.directory.services import public, trees
from leeward.directory.services.trees import Trees

MOST_NESTED = 50  # services in an organisation, places of a service; the profile's README says so
_OFFERS = "service_at_locations"


def services(rows: QuerySet[Service]) -> Trees[Service]:
    """Return services with every place where they are offered."""
    tree = trees.services(rows, most=MOST_NESTED)
    return _sourced(tree, "", "organization", _OFFERS, f"{_OFFERS}__location")


def offers(rows: QuerySet[ServiceAtLocation]) -> Trees[ServiceAtLocation]:
    """Return services at locations with their services."""
    tree = trees.services_at_locations(rows)
    return _sourced(tree, "", "location", "service", "service__organization")


def organizations(rows: QuerySet[Organization], *, has_services: bool) -> Trees[Organization]:
    """Return organisations; with `has_services`, with every service and place, whole."""
    tree = trees.organizations(rows, has_services=has_services, most=MOST_NESTED)
    if not has_services:
        listed = public.listed_services().order_by("pk")
        named = Prefetch("services", trees.first_of_each(listed, "organization_id", MOST_NESTED))
        prefetch_related_objects(tree.rows, named)
        return _sourced(tree, "")
    offered = f"services__{_OFFERS}"
    return _sourced(tree, "", "services", offered, f"{offered}__location")


def _sourced(tree: Trees[Any], *paths: str) -> Trees[Any]:
    prefetch_related_objects(
        tree.rows, *(f"{path}__source" if path else "source" for path in paths)
    )
    return tree
