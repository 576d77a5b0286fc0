"""Distances on the globe, and the boxes of degrees that hold everything within a distance."""

from __future__ import annotations

from dataclasses import dataclass
from math import asin, cos, degrees, isfinite, pi, radians, sin, sqrt

from leeward.directory.search.types import Point

EARTH_KM = 6371.0088  # mean radius, IUGG
_MARGIN_DEGREES = 1e-7  # a centimetre: rounding must not lose what lies on the rim
_DIAMETER_KM = 2 * EARTH_KM


@dataclass(frozen=True, slots=True)
class Box:
    """Degrees, both ends included; never across the date line."""

    south: float
    north: float
    west: float
    east: float


class Measure:
    """Measures great-circle distances (haversine) from one point."""

    __slots__ = ("_cosine", "_latitude", "_longitude")

    def __init__(self, origin: Point) -> None:
        self._latitude = radians(origin.latitude)
        self._longitude = radians(origin.longitude)
        self._cosine = cos(self._latitude)

    def km(self, latitude: float, longitude: float) -> float:
        """Return the distance in kilometres."""
        angle = radians(latitude)
        north = sin((angle - self._latitude) / 2)
        east = sin((radians(longitude) - self._longitude) / 2)
        chord = north * north + self._cosine * cos(angle) * east * east
        return _DIAMETER_KM * asin(min(1.0, sqrt(chord)))


def clean(point: Point | None) -> Point | None:
    """Return the point on the globe that is meant; None for what is no number."""
    if point is None or not (isfinite(point.latitude) and isfinite(point.longitude)):
        return None
    latitude = min(90.0, max(-90.0, point.latitude))
    longitude = point.longitude
    if not -180.0 <= longitude <= 180.0:  # noqa: PLR2004  -- degrees
        longitude = (longitude + 180.0) % 360.0 - 180.0
    return Point(latitude, longitude)


def boxes_around(point: Point, radius_km: float) -> list[Box]:
    """Return one box, or two across the date line, that hold all within `radius_km`."""
    angle = radius_km / EARTH_KM
    reach = degrees(angle) + _MARGIN_DEGREES
    south, north = point.latitude - reach, point.latitude + reach
    if south <= -90.0 or north >= 90.0 or angle >= pi / 2:  # noqa: PLR2004  -- a pole is inside
        return [Box(max(south, -90.0), min(north, 90.0), -180.0, 180.0)]
    ratio = min(1.0, sin(angle) / cos(radians(point.latitude)))
    width = degrees(asin(ratio)) + _MARGIN_DEGREES
    return _wrapped(south, north, point.longitude - width, point.longitude + width)


def _wrapped(south: float, north: float, west: float, east: float) -> list[Box]:
    if west < -180.0:  # noqa: PLR2004
        halves = [(west + 360.0, 180.0), (-180.0, east)]
    elif east > 180.0:  # noqa: PLR2004
        halves = [(west, 180.0), (-180.0, east - 360.0)]
    else:
        halves = [(west, east)]
    return [Box(south, north, *half) for half in halves]
