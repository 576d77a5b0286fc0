"""A small drawing of where results lie around a place: no map, no other host, no exact address.

Plain SVG in the text's own colour, so it is as good in the dark. Groups have classes (`rings`,
`far`, `towns`, `here`, `pins`, `dots`) for the style sheet; nothing needs one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from html import escape
from math import cos, hypot, radians
from typing import NamedTuple

from leeward.gazetteer.lookup import around
from leeward.gazetteer.place import GazetteerUnfit, Place
from leeward.gazetteer.space import KM_A_DEGREE

MOST_DOTS = 20
MOST_TOWNS = 4
KM_A_MILE = 1.609344
SIZE, MIDDLE, REACH = 240, 120, 104
# Three decimals of a degree are 111 m or less: nobody's door.
POINT_DECIMALS = 3
_STEPS = (1, 2, 4, 6, 10, 16, 20, 30, 40, 60, 100, 150, 200, 300, 400, 600, 1000)
_DOT, _TOUCHING_WIDE, _TOUCHING_HIGH = 8, 22, 15
_LETTER, _LINE = 6, 11
_LONGEST_NAME = 20


class Spot(NamedTuple):
    """A point of the drawing, in its own units, with what is written there."""

    x: int
    y: int
    label: str

    def crowds(self, other: Spot, wide: float, high: float) -> bool:
        """Return whether the two lie closer than `wide` and `high`."""
        return abs(self.x - other.x) < wide and abs(self.y - other.y) < high


class _Frame(NamedTuple):
    """What the drawing shows: its middle, and how many km its outer ring is away."""

    latitude: float
    longitude: float
    outer_km: float

    def spot(self, latitude: float, longitude: float, label: str) -> Spot:
        east = (round(longitude, POINT_DECIMALS) - self.longitude + 180) % 360 - 180
        north = round(latitude, POINT_DECIMALS) - self.latitude
        scale = KM_A_DEGREE * REACH / self.outer_km
        x = MIDDLE + east * cos(radians(self.latitude)) * scale
        return Spot(round(x), round(MIDDLE - north * scale), label)

    def holds(self, spot: Spot) -> bool:
        return hypot(spot.x - MIDDLE, spot.y - MIDDLE) <= REACH + 1


def sketch(
    center: Place | tuple[float, float],
    dots: Sequence[tuple[str, float, float]],
    *,
    towns: Iterable[Place] | None = None,
    radius_km: float,
    title: str,
    in_miles: bool = True,
) -> str:
    """Return an SVG of at most 2.5 KB: two rings, numbered dots, a few towns, north up.

    dots: (label, latitude, longitude); the first 20 are drawn, to about 100 m, those that touch as
    one. towns: for orientation; None for the biggest ones around. radius_km: how far results may
    lie; the outer ring is nearer when they all are. title: read by screen readers.
    """
    middle = (center.latitude, center.longitude) if isinstance(center, Place) else center
    unit_km = KM_A_MILE if in_miles else 1.0
    shown = list(dots)[:MOST_DOTS]
    outer = _outer_ring(middle, shown, radius_km / unit_km, unit_km)
    frame = _Frame(*middle, outer * unit_km)
    spots = [spot for dot in shown if frame.holds(spot := frame.spot(dot[1], dot[2], dot[0][:3]))]
    if towns is None:
        towns = _towns_around(frame)
    named = [town for town in towns if not (isinstance(center, Place) and town == center)]
    here = Spot(MIDDLE, MIDDLE, "")
    return "".join(
        [
            f'<svg viewBox="0 0 {SIZE} {SIZE}" role="img"><title>{escape(title)}</title>',
            _rings(outer, "mi" if in_miles else "km", spots),
            _names(frame, named, [*spots, here]),
            f'<g class="here" fill="currentColor"><path d="M{MIDDLE - 4} {MIDDLE}l4-4 4 4-4 4z"/>',
            "</g>",
            _dots(_joined(spots)),
            "</svg>",
        ]
    )


def _outer_ring(
    middle: tuple[float, float],
    dots: Sequence[tuple[str, float, float]],
    radius: float,
    unit_km: float,
) -> int:
    """Return the outer ring's distance in km or miles: a round figure that holds all dots."""
    flat = _Frame(*middle, REACH * unit_km)  # one unit of the drawing is one km or mile
    away = [hypot(s.x - MIDDLE, s.y - MIDDLE) for s in (flat.spot(d[1], d[2], "") for d in dots)]
    farthest = min(max(away, default=radius), radius)
    return next((step for step in _STEPS if step >= farthest), _STEPS[-1])


def _towns_around(frame: _Frame) -> list[Place]:
    try:
        return around(frame.latitude, frame.longitude, frame.outer_km, MOST_TOWNS * 3)
    except GazetteerUnfit:
        return []


def _rings(outer: int, unit: str, dots: Sequence[Spot]) -> str:
    inner = _inner_label(f"{outer / 2:g} {unit}", dots)
    return (
        '<g class="rings" fill="none" stroke="currentColor" stroke-opacity=".35">'
        f'<circle cx="{MIDDLE}" cy="{MIDDLE}" r="{REACH}"/>'
        f'<circle cx="{MIDDLE}" cy="{MIDDLE}" r="{REACH // 2}" stroke-dasharray="3 4"/>'
        f'<path d="M{MIDDLE} 4v12m-4-8 4-4 4 4"/></g>'
        '<g class="far" fill="currentColor" font-size="10" text-anchor="middle">'
        f'<text x="{MIDDLE}" y="{MIDDLE + REACH + 12}">{outer} {unit}</text>'
        f'<text x="{inner.x}" y="{inner.y}">{inner.label}</text></g>'
    )


def _inner_label(label: str, dots: Sequence[Spot]) -> Spot:
    """Return where the inner ring's distance stands: under it, else where no dot hides it."""
    half = REACH // 2
    places = [(0, half + 12), (0, -half - 4), (half - 4, half - 4), (-half, half - 4)]
    spots = [Spot(MIDDLE + x, MIDDLE + y, label) for x, y in places]
    free = (s for s in spots if not any(s.crowds(dot, 28, 16) for dot in dots))
    return next(free, spots[0])


def _names(frame: _Frame, towns: Iterable[Place], taken: list[Spot]) -> str:
    """Return the towns' names where there is room beside the dots and each other."""
    drawn: list[Spot] = []
    for town in towns:
        name = town.name[:_LONGEST_NAME]
        spot = frame.spot(town.latitude, town.longitude, name)
        half = len(name) * _LETTER / 2
        is_free = not any(spot.crowds(dot, half + _DOT, _LINE + 4) for dot in taken)
        is_apart = not any(
            spot.crowds(other, half + len(other.label) * _LETTER / 2, _LINE) for other in drawn
        )
        is_inside = half < spot.x < SIZE - half and frame.holds(spot)
        if is_free and is_apart and is_inside and len(drawn) < MOST_TOWNS:
            drawn.append(spot)
    if not drawn:
        return ""
    texts = (f'<text x="{s.x}" y="{s.y + 3}">{escape(s.label)}</text>' for s in drawn)
    return (
        '<g class="towns" fill="currentColor" fill-opacity=".8" font-size="10" '
        f'text-anchor="middle">{"".join(texts)}</g>'
    )


def _joined(spots: Iterable[Spot]) -> Iterator[Spot]:
    """Yield the dots, those that touch as one: "3", "3,5", "3+" for more."""
    groups: list[list[Spot]] = []
    for spot in spots:
        near = (g for g in groups if g[0].crowds(spot, _TOUCHING_WIDE, _TOUCHING_HIGH))
        group = next(near, None)
        if group is None:
            groups.append([spot])
        else:
            group.append(spot)
    for group in groups:
        labels = [spot.label for spot in group if spot.label]
        label = ",".join(labels) if len(labels) <= 2 else f"{labels[0]}+"  # noqa: PLR2004
        yield group[0]._replace(label=label)


def _dots(spots: Iterable[Spot]) -> str:
    pins, labels = [], []
    for spot in spots:
        wide = max(_DOT, 3 * len(spot.label) + 4)
        pins.append(
            f'<rect x="{spot.x - wide}" y="{spot.y - _DOT}" width="{2 * wide}" '
            f'height="{2 * _DOT}" rx="{_DOT}"/>'
        )
        if spot.label:
            labels.append(f'<text x="{spot.x}" y="{spot.y + 4}">{escape(spot.label)}</text>')
    return (
        f'<g class="pins" fill="Canvas" stroke="currentColor">{"".join(pins)}</g>'
        '<g class="dots" fill="currentColor" font-size="11" text-anchor="middle">'
        f"{''.join(labels)}</g>"
    )
