"""One listing whole, for its own page: its card, and what only stands there."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from leeward.directory.models import CostOption, RequiredDocument, Service
from leeward.directory.search.card import Card, from_bytes
from leeward.directory.services import indexing, public


@dataclass(frozen=True, slots=True)
class Listing:
    """A listing: public facts. costs: plain texts. papers: what to bring."""

    card: Card
    description: str
    eligibility: str
    how_to_start: str
    interpreting: str
    wait: str
    costs: tuple[str, ...]
    papers: tuple[str, ...]
    source_licence: str
    source_as_of: str
    is_by_phone: bool


def listing(service_at_location_id: UUID) -> Listing | None:
    """Return a listing that everybody may see; None when there is none, or it may not be seen."""
    rows = public.listed_services_at_locations().filter(pk=service_at_location_id)
    offer = rows.select_related(
        "location", "source", "service__source", "service__organization__source"
    ).first()
    found = list(indexing.documents([offer.number])) if offer else []
    if offer is None or not found:
        return None
    service: Service = offer.service
    source = offer.source or service.source or service.organization.source
    return Listing(
        card=from_bytes(found[0].card),
        description=service.description,
        eligibility=service.eligibility_description,
        how_to_start=service.application_process,
        interpreting=service.interpretation_services,
        wait=service.wait_time,
        costs=_costs(service),
        papers=_papers(service),
        source_licence=source.licence if source else "",
        source_as_of=source.as_of if source else "",
        is_by_phone=offer.location.location_type == "virtual",
    )


def _papers(service: Service) -> tuple[str, ...]:
    rows = public.shown(RequiredDocument).filter(service=service).order_by("pk")
    return tuple(row.document for row in rows if row.document)


def _costs(service: Service) -> tuple[str, ...]:
    rows = public.shown(CostOption).filter(service=service).order_by("pk")
    told = [service.fees_description, *(_cost(row) for row in rows)]
    return tuple(dict.fromkeys(each for each in told if each))


def _cost(row: CostOption) -> str:
    amount = f"{row.amount.normalize():f} {row.currency}".strip() if row.amount else ""
    return ": ".join(part for part in (row.option or row.amount_description, amount) if part)
