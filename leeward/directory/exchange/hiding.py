"""Confidential places in an import: recognised, made to tell nothing, and never stored openly.

A location counts as confidential when it is one already, when the file says so, or when it brings
an address that is hidden here or elsewhere in the file. Then its address, coordinates and texts are
sealed, so that whoever brings them openly later is recognised; nothing of them is kept in the open.
"""

from __future__ import annotations

import uuid
from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from leeward.directory.exchange.checking import Record
from leeward.directory.exchange.known import batches
from leeward.directory.models import Location, SiteMark
from leeward.directory.services import confidential
from leeward.directory.services.confidential import ADDRESS_FIELDS, TELLING_TEXTS, Site

Fit = dict[str, list[Record]]


@dataclass(slots=True)
class Hidden:
    """What an import brought of one confidential place: sealed, and used to clear texts."""

    addresses: list[dict[str, str]] = field(default_factory=list)
    texts: dict[str, str] = field(default_factory=dict)
    latitude: float | None = None
    longitude: float | None = None

    def site(self) -> Site:
        """Return it as it is sealed."""
        return Site(tuple(self.addresses), self.latitude, self.longitude, self.texts)


def hide_places(fit: Fit) -> dict[uuid.UUID, Hidden]:
    """Take confidential places out of the records; return what they told, by location."""
    found = _flagged(fit) | _stored(fit)
    found |= _recognised(fit, found)
    hidden = {location: Hidden() for location in found}
    if not hidden:
        return {}
    for name in ("address", "accessibility"):
        for record in fit.get(name, []):
            of = hidden.get(record.values["location_id"])
            if of is not None and name == "address":
                of.addresses.append(_address(record))
        fit[name] = [each for each in fit.get(name, []) if each.values["location_id"] not in hidden]
    for record in fit.get("location", []):
        if (of := hidden.get(record.id)) is not None:
            _empty(record.values, of)
    return hidden


def hide_stored(hidden: dict[uuid.UUID, Hidden]) -> None:
    """Before the write: seal and hide places of these that are stored openly."""
    for some in batches(sorted(hidden)):
        for location in Location.objects.filter(pk__in=some, is_confidential=False):
            confidential.hide(location, None)


def seal_brought(hidden: dict[uuid.UUID, Hidden]) -> None:
    """After the write: seal what came in, name areas served, clear texts that tell the place."""
    for some in batches(sorted(hidden)):
        for location in Location.objects.filter(pk__in=some):
            confidential.seal_brought(location, hidden[location.pk].site())


def _recognised(fit: Fit, confidential_here: set[uuid.UUID]) -> set[uuid.UUID]:
    """Return the places whose address is a hidden one's, of this file or of those stored."""
    if not (confidential_here or SiteMark.objects.exists()):
        return set()
    places: dict[str, set[uuid.UUID]] = defaultdict(set)
    for record in fit.get("address", []):
        for mark in confidential.marks_of_address(_address(record)):
            places[mark].add(record.values["location_id"])
    marks = {mark for mark, at_one in places.items() if at_one & confidential_here}
    for some in batches(sorted(places)):
        marks.update(SiteMark.objects.filter(mark__in=some).values_list("mark", flat=True))
    return set().union(*(places[mark] for mark in marks))


def _address(record: Record) -> dict[str, str]:
    return {name: str(record.values.get(name) or "") for name in ADDRESS_FIELDS}


def _flagged(fit: Fit) -> set[uuid.UUID]:
    return {each.id for each in fit.get("location", []) if each.values.get("is_confidential")}


def _stored(fit: Fit) -> set[uuid.UUID]:
    """Return the confidential places among those that the records speak of."""
    wanted = {record.id for record in fit.get("location", [])}
    wanted |= {each.values["location_id"] for each in fit.get("address", [])}
    found: set[uuid.UUID] = set()
    for some in batches(sorted(wanted)):
        rows = Location.objects.filter(pk__in=some, is_confidential=True)
        found.update(rows.values_list("pk", flat=True))
    return found


def _empty(values: dict[str, Any], of: Hidden) -> None:
    of.latitude, of.longitude = values.get("latitude"), values.get("longitude")
    of.texts = {name: str(values[name]) for name in TELLING_TEXTS if values.get(name)}
    for name in TELLING_TEXTS:
        values[name] = ""
    values["latitude"] = values["longitude"] = None
    values["is_confidential"] = True
