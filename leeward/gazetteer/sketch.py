"""A small drawing of where results lie around a place: no map, no other host, no exact address."""

from __future__ import annotations

from collections.abc import Sequence

from leeward.gazetteer.place import Place


def sketch(
    center: Place | tuple[float, float],
    dots: Sequence[tuple[str, float, float]],
    *,
    towns: Sequence[Place] = (),
    radius_km: float,
    title: str,
    in_miles: bool = True,
) -> str:
    """Return an SVG (classes only, at most 2.5 KB): rings, numbered dots, a few towns.

    dots: (label, latitude, longitude), at most 20 are drawn, rounded to 100 m or coarser.
    towns: for orientation, the biggest few are drawn. title: read by screen readers.
    """
    return ""
