"""The area that a confidential site serves: all that the public may know of its place."""

from __future__ import annotations

from django.db.models import Q

from leeward import gazetteer
from leeward.directory.models import Location, ServiceArea, ServiceAtLocation

COUNTY_PARTS = 2  # a code such as US-NY/kings-county


def name_one(location: Location, latitude: float | None, longitude: float | None) -> None:
    """Give each service at `location` that names no area the county as its area.

    Never a town or a ZIP: there the place could be guessed. Nothing without coordinates, or
    while the gazetteer is made anew; staff then see that the area is missing.
    """
    if latitude is None or longitude is None:
        return
    try:
        place = gazetteer.nearest(latitude, longitude)
    except gazetteer.GazetteerUnfit:
        place = None
    if place is None:
        return
    codes = [code for code in place.areas if len(code.split("/")) <= COUNTY_PARTS and "-" in code]
    for at in ServiceAtLocation.objects.filter(location=location):
        has_area = ServiceArea.objects.filter(
            Q(service_at_location=at) | Q(service_id=at.service_id), area_code__gt=""
        )
        if codes and not has_area.exists():
            ServiceArea.objects.create(
                service_at_location=at, area_code=codes[0], name=place.county or place.admin1
            )
