"""A place for services that bring none: a phone line, a service for a whole area."""

from __future__ import annotations

from leeward.directory.exchange import ids
from leeward.directory.exchange.checking import Record
from leeward.directory.exchange.known import Known, batches
from leeward.directory.models import Location, ServiceAtLocation

VIRTUAL = "virtual place"
OFFER = "offered there"


def give_each_service_one(fit: dict[str, list[Record]], known: Known) -> None:
    """Add a virtual location to each service that is offered nowhere: else nobody finds it."""
    services = {record.id: record for record in fit.get("service", [])}
    offered = {record.values["service_id"] for record in fit.get("service_at_location", [])}
    for some in batches(sorted(set(services) - offered)):
        rows = ServiceAtLocation.objects.filter(service_id__in=some)
        offered.update(rows.values_list("service_id", flat=True))
    for own, record in services.items():
        if own in offered or known.is_merged("service", own):
            continue
        place, offer = ids.further_id(own, VIRTUAL), ids.further_id(own, OFFER)
        kind = {"location_type": Location.Kind.VIRTUAL}
        link = {"service_id": own, "location_id": place}
        fit.setdefault("location", []).append(Record("location", place, kind, record.row))
        made = Record("service_at_location", offer, link, record.row)
        fit.setdefault("service_at_location", []).append(made)
        known.accept("location", [place])
        known.accept("service_at_location", [offer])
