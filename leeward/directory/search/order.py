"""How results are ordered. `types.py` says it in words; the oracle in the tests says it again."""

from __future__ import annotations

STALE_FACTOR = 1.5
STALE_KM = 2.0
FIT_KM = 5.0
UNKNOWN_FACTOR = 1.25
MOST_WISHES = 60
# Everything placed comes after all areas when no place was named.
NO_PLACE = 1_000_000.0
_MORTON_STEP = 2.0**-20
_ROUNDING_KM = 1e-9

ZIP_KM, TOWN_KM, COUNTY_KM, STATE_KM, COUNTRY_KM, WORLD_KM = 5.0, 5.0, 15.0, 60.0, 100.0, 150.0


def key_by_distance(distance_km: float, _unknown: int, is_stale: int) -> float:
    """Return what a result is ordered by, smaller first. Never below `distance_km`.

    distance_km: real, or an area's nominal one. _unknown: how many wishes are not known.
    """
    return (distance_km + STALE_KM) * STALE_FACTOR if is_stale else distance_km


def key_by_fit(distance_km: float, unknown: int, is_stale: int) -> float:
    """Return the same for results by fit. Never below `distance_km` + 5."""
    fitting = (distance_km + FIT_KM) * UNKNOWN_FACTOR**unknown
    return fitting * STALE_FACTOR if is_stale else fitting


def most_unknown(key: float, distance_km: float, is_stale: int) -> int:
    """Return how many wishes may be not known, by fit, at a key below `key`; -1 for none fits."""
    unknown = -1
    while key_by_fit(distance_km, unknown + 1, is_stale) <= key and unknown < MOST_WISHES:
        unknown += 1
    return unknown


def reach_km(key: float, *, by_fit: bool) -> float:
    """Return the distance beyond which nothing can have a smaller key."""
    return key - FIT_KM + _ROUNDING_KM if by_fit else key


def index_key(morton: int) -> float:
    """Return the key of something placed when no place was named: the order of the index."""
    return NO_PLACE + morton * _MORTON_STEP


def nominal_km(area: str) -> float:
    """Return how far away help for an area counts as being: the narrower, the nearer."""
    if area == "world":
        return WORLD_KM
    head, *inner = area.split("/")
    if not inner:
        return STATE_KM if "-" in head else COUNTRY_KM
    is_county = head.startswith("US-") and len(inner) == 1
    return COUNTY_KM if is_county else TOWN_KM
