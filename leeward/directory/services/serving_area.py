"""The area that a confidential site serves: all that the public may know of its place.

Never a town or a ZIP: there the place could be guessed. The narrowest is the county, and whoever
hides a place may choose a wider one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, QuerySet

from leeward import gazetteer
from leeward.directory.models import Location, ServiceArea, ServiceAtLocation
from leeward.gazetteer.areas import name_of, width_of
from leeward.gazetteer.regions import states

WIDE_ENOUGH = ("county", "state", "country")


@dataclass(frozen=True, slots=True)
class Where:
    """What is known of where a place is. addresses: values by HSDS field."""

    latitude: float | None = None
    longitude: float | None = None
    addresses: tuple[Mapping[str, str], ...] = ()


def choices(where: Where) -> list[tuple[str, str]]:
    """Return (code, name) of the areas that do not give a place away, narrowest first.

    From its coordinates, else from its addresses; none when nothing is known.
    """
    codes = _around(where) or _told(where.addresses)
    return [(code, name_of(code)) for code in codes if width_of(code) in WIDE_ENOUGH]


def name_one(location: Location, where: Where, *, chosen: str = "") -> None:
    """Give each service at `location` that names no area one of `choices`: `chosen`, or the first.

    Nothing when there is no choice; staff then see that the area is missing.
    """
    nameless = without_area().filter(location=location)
    if not (found := choices(where) if nameless.exists() else []):
        return
    code, name = next((each for each in found if each[0] == chosen), found[0])
    for at in nameless:
        ServiceArea.objects.create(service_at_location=at, area_code=code, name=name)


def without_area() -> QuerySet[ServiceAtLocation]:
    """Return the services at locations that name no area, themselves or by their service."""
    own = Q(service_at_location=OuterRef("pk")) | Q(service_id=OuterRef("service_id"))
    named = ServiceArea.objects.filter(own, area_code__gt="")
    return ServiceAtLocation.objects.exclude(Exists(named))


def _around(where: Where) -> Iterable[str]:
    if where.latitude is None or where.longitude is None:
        return ()
    try:
        place = gazetteer.nearest(where.latitude, where.longitude)
    except gazetteer.GazetteerUnfit:
        return ()
    return place.areas if place else ()


def _told(addresses: Iterable[Mapping[str, str]]) -> Iterable[str]:
    """Return the areas of the first address that says enough, from the narrowest."""
    for address in addresses:
        country, state = address["country"].upper(), address["state_province"].strip().upper()
        is_state = country == "US" and state in states()
        wide = [f"{country}-{state}"] * is_state + [country] * bool(country)
        town = ", ".join(filter(None, [address["city"], state]))
        for text in filter(None, (address["postal_code"], town)):
            areas = _areas_of(text, country)
            # What lies in another state was read wrongly.
            if set(wide) <= set(areas):
                return areas
        if wide:
            return wide
    return ()


def _areas_of(text: str, country: str) -> tuple[str, ...]:
    try:
        found = gazetteer.find(text, country=country, limit=1)
    except gazetteer.GazetteerUnfit:
        return ()
    return found[0].areas if found else ()
