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


Vector = tuple[float, float, float]


def vector(point: Point) -> Vector:
    """Return the point on a sphere of radius 1."""
    latitude, longitude = radians(point.latitude), radians(point.longitude)
    level = cos(latitude)
    return level * cos(longitude), level * sin(longitude), sin(latitude)


def chord_km(square: float) -> float:
    """Return the great-circle distance of two vectors whose difference has this square.

    The same as the haversine formula gives, with less work for each pair.
    """
    return _DIAMETER_KM * asin(min(1.0, sqrt(square) / 2))


def square_of(km: float) -> float:
    """Return the square of the chord that spans `km`, and a little more for rounding."""
    return (2 * sin(min(km / _DIAMETER_KM, pi / 2))) ** 2 * (1 + 1e-9) + 1e-18


def distance_km(one: Point, other: Point) -> float:
    """Return the great-circle distance in kilometres."""
    pairs = zip(vector(one), vector(other), strict=True)
    return chord_km(sum((here - there) ** 2 for here, there in pairs))


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
