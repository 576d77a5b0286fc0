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
from leeward.gazetteer.fold import fold
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


def found_by_nobody() -> QuerySet[ServiceAtLocation]:
    """Return the services at confidential locations that name no area, for staff to put right."""
    rows = without_area().filter(location__is_confidential=True)
    return rows.select_related("service__organization").order_by("number")


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
        place = _by_code(address["postal_code"], country) or _by_town(
            address["city"], state, country
        )
        # What lies in another state was written wrongly, or read wrongly.
        if place and set(wide) <= set(place.areas):
            return place.areas
        if wide:
            return wide
    return ()


def _by_code(code: str, country: str) -> gazetteer.Place | None:
    return _found(code, country) if code else None


def _by_town(town: str, state: str, country: str) -> gazetteer.Place | None:
    """Return the town of exactly that name; a guess could name the wrong county."""
    place = _found(f"{town}, {state}" if state else town, country) if town else None
    return place if place and fold(place.name) == fold(town) else None


def _found(text: str, country: str) -> gazetteer.Place | None:
    try:
        return next(iter(gazetteer.find(text, country=country, limit=1)), None)
    except gazetteer.GazetteerUnfit:
        return None
