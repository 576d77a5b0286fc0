"""Distances on the globe, and the grid that finds the nearest town."""

from __future__ import annotations

from math import asin, ceil, cos, floor, radians, sin, sqrt

EARTH_KM = 6371.0088
KM_A_DEGREE = 111.195
CELLS_A_DEGREE = 10
ROW_CELLS = 360 * CELLS_A_DEGREE
_POLAR = 85.0


def distance_km(
    latitude: float, longitude: float, to_latitude: float, to_longitude: float
) -> float:
    """Return the great-circle distance in km (haversine, mean radius of IUGG 1980)."""
    north, south = radians(latitude), radians(to_latitude)
    half = sin((south - north) / 2) ** 2
    half += cos(north) * cos(south) * sin(radians(to_longitude - longitude) / 2) ** 2
    return 2 * EARTH_KM * asin(sqrt(min(1.0, half)))


def cell_of(latitude: float, longitude: float) -> int:
    """Return the number of the cell of a tenth of a degree that a point lies in, row by row."""
    row = floor((latitude + 90) * CELLS_A_DEGREE)
    return row * ROW_CELLS + floor((longitude + 180) * CELLS_A_DEGREE) % ROW_CELLS


def cells_around(latitude: float, longitude: float, reach: int) -> list[tuple[int, int]]:
    """Return (first, last) cell numbers of the rows within `reach` cells of a point's own.

    Reaches beyond the date line are cut off there.
    """
    row = floor((latitude + 90) * CELLS_A_DEGREE)
    column = floor((longitude + 180) * CELLS_A_DEGREE) % ROW_CELLS
    left, right = max(0, column - reach), min(ROW_CELLS - 1, column + reach)
    return [
        (each * ROW_CELLS + left, each * ROW_CELLS + right)
        for each in range(max(0, row - reach), row + reach + 1)
    ]


def certain_km(latitude: float, reach: int) -> float:
    """Return how far around a point everything lies within `reach` cells of its own."""
    degrees = reach / CELLS_A_DEGREE
    return degrees * KM_A_DEGREE * cos(radians(min(_POLAR, abs(latitude) + degrees)))


def reach_for(latitude: float, radius_km: float) -> int:
    """Return how many cells reach at least `radius_km` around a point, the poles left aside."""
    degrees = radius_km / KM_A_DEGREE
    narrow = cos(radians(min(_POLAR, abs(latitude) + degrees)))
    return ceil(degrees / narrow * CELLS_A_DEGREE)
