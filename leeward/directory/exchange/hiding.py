"""Confidential places in an import: recognised, made to tell nothing, and never stored openly.

A location counts as confidential when it is one already, when the file says so, or when it brings
an address that staff hid. Then no address, coordinates or texts of it are kept.
"""

from __future__ import annotations

import uuid
from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from leeward.directory.exchange.checking import Record
from leeward.directory.exchange.known import batches
from leeward.directory.models import Location, SiteMark
from leeward.directory.services import confidential, serving_area, traces

Fit = dict[str, list[Record]]
ADDRESS_COLUMNS = ("address_1", "address_2")


@dataclass(slots=True)
class Hidden:
    """What an import brought of one confidential place: used to clear texts, then forgotten."""

    lines: list[str] = field(default_factory=list)
    latitude: float | None = None
    longitude: float | None = None


def hide_places(fit: Fit) -> dict[uuid.UUID, Hidden]:
    """Take confidential places out of the records; return what they told, by location."""
    found = _recognised(fit) | _flagged(fit)
    hidden = {location: Hidden() for location in found | _stored(fit)}
    if not hidden:
        return {}
    for name in ("address", "accessibility"):
        for record in fit.get(name, []):
            if (of := hidden.get(record.values["location_id"])) is not None:
                of.lines += [str(record.values.get(column, "")) for column in ADDRESS_COLUMNS]
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


def clear_traces(hidden: dict[uuid.UUID, Hidden]) -> None:
    """After the write: name the areas that new ones serve, and clear texts that tell the place."""
    for some in batches(sorted(hidden)):
        for location in Location.objects.filter(pk__in=some):
            of = hidden[location.pk]
            lines = [line for line in of.lines if line]
            serving_area.name_one(location, of.latitude, of.longitude)
            traces.remove(location, lines, of.latitude, of.longitude)


def _recognised(fit: Fit) -> set[uuid.UUID]:
    if not fit.get("address") or not SiteMark.objects.exists():
        return set()
    places: dict[str, set[uuid.UUID]] = defaultdict(set)
    for record in fit["address"]:
        values = record.values
        lines = [str(values.get(column, "")) for column in ADDRESS_COLUMNS]
        marks = confidential.marks_of(lines, values.get("postal_code", ""), values.get("city", ""))
        for mark in marks:
            places[mark].add(values["location_id"])
    found: set[uuid.UUID] = set()
    for some in batches(sorted(places)):
        for mark in SiteMark.objects.filter(mark__in=some).values_list("mark", flat=True):
            found |= places[mark]
    return found


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
    of.lines.append(str(values.get("name", "")))
    for name in confidential.TELLING_TEXTS:
        values[name] = ""
    values["latitude"] = values["longitude"] = None
    values["is_confidential"] = True
