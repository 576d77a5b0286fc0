"""Charts as figures for an SVG: where each bar stands and how high it is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

WIDTH = 720
HEIGHT = 200
LEFT = 44  # room for the scale's numbers
BOTTOM = 26  # room for the labels
TOP = 12
GAP = 0.22  # of a slot, between bars
NICE = (1, 2, 5)


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar. A hidden one has no height: its place is marked, at one size."""

    x: float
    y: float
    width: float
    height: float
    label: str
    label_x: float
    is_hidden: bool


@dataclass(frozen=True, slots=True)
class Mark:
    """A line of the scale."""

    y: float
    text: str


@dataclass(frozen=True, slots=True)
class Chart:
    """A bar chart, in the units of its own view box."""

    bars: tuple[Bar, ...]
    marks: tuple[Mark, ...]
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT
    base: int = HEIGHT - BOTTOM


def bar_chart(
    values: Sequence[float | None], labels: Sequence[str], *, label_each: int = 1
) -> Chart:
    """Return a bar chart. None: hidden. label_each: one label for so many bars."""
    top = nice_top(max((value for value in values if value is not None), default=0))
    slot = (WIDTH - LEFT) / max(1, len(values))
    bars = tuple(
        _bar(place, value, slot, top, labels[place] if place % label_each == 0 else "")
        for place, value in enumerate(values)
    )
    steps = (0, 0.5, 1) if top > 1 else (0, 1)
    marks = tuple(Mark(_y(top * step, top), _number(top * step)) for step in steps)
    return Chart(bars, marks)


def nice_top(highest: float) -> float:
    """Return the top of the scale: 1, 2 or 5 times a power of ten, no less than `highest`."""
    power = 1
    while True:
        for factor in NICE:
            if factor * power >= highest:
                return factor * power
        power *= 10


def _bar(place: int, value: float | None, slot: float, top: float, label: str) -> Bar:
    width = round(slot * (1 - GAP), 2)
    x = round(LEFT + slot * (place + GAP / 2), 2)
    base = HEIGHT - BOTTOM
    height = 14.0 if value is None else round(base - _y(value, top), 2)
    return Bar(x, base - height, width, height, label, round(x + width / 2, 2), value is None)


def _y(value: float, top: float) -> float:
    room = HEIGHT - BOTTOM - TOP
    return round(HEIGHT - BOTTOM - room * value / top, 2)


def _number(value: float) -> str:
    return f"{value:g}"
