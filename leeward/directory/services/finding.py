"""Finding help: a visitor's question, through the gazetteer and the index, to what was found.

Nothing of the question is stored, logged or kept in memory after the answer.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime

from django.conf import settings

from leeward import gazetteer
from leeward.directory.search.card import Card, CardUnreadable, from_bytes
from leeward.directory.search.types import Hit, IndexUnfit, Point
from leeward.directory.services import indexing
from leeward.directory.services.question import Question
from leeward.gazetteer import Place
from leeward.gazetteer.sketch import sketch as draw

WORLD = "world"
LEAST_DRAWN = 2
# Where roads are signed in miles.
MILES = {"US", "GB", "LR", "MM", "PR", "VI", "GU", "AS", "MP"}
MOST_PLACES = 6


@dataclass(frozen=True, slots=True)
class FoundService:
    """One result: where it stands among the results, and what it shows."""

    hit: Hit
    card: Card


@dataclass(frozen=True, slots=True)
class Found:
    """What was found. `place` is None when none was named, or none of that name is known.

    others: what the same name may also mean, likeliest first. read_as: typed word to word read.
    """

    question: Question
    place: Place | None = None
    others: tuple[Place, ...] = ()
    services: tuple[FoundService, ...] = ()
    has_more: bool = False
    read_as: dict[str, str] = field(default_factory=dict)

    @property
    def is_place_unknown(self) -> bool:
        """Return whether a place was named that the gazetteer does not know."""
        return bool(self.question.where) and self.place is None


def look(question: Question, *, at: datetime) -> Found:
    """Return what answers `question` at a moment (aware).

    Asks no database. Raises IndexUnfit while the index or the gazetteer is being made anew.
    """
    places = _places(question.where)
    if question.where and not places:
        return Found(question)
    place = places[0] if places else None
    results = indexing.engine().search(
        question.query(_point(place), _areas(place), today=at.astimezone(UTC).date(), at=at)
    )
    try:
        services = tuple(FoundService(hit, from_bytes(hit.card)) for hit in results.hits)
    except CardUnreadable as wrong:
        raise IndexUnfit from wrong
    return Found(question, place, tuple(places[1:]), services, results.has_more, results.read_as)


def sketch(found: Found, title: str) -> str:
    """Return a small drawing (SVG) of where the results lie; "" when fewer than two have a place.

    title: read by screen readers. A confidential site is never drawn: the index has no place of it.
    """
    dots = [
        (str(at), one.hit.near.latitude, one.hit.near.longitude)
        for at, one in enumerate(found.services, found.question.start + 1)
        if one.hit.near is not None and one.hit.distance_km is not None
    ]
    if found.place is None or len(dots) < LEAST_DRAWN:
        return ""
    return draw(
        found.place,
        dots,
        radius_km=float(found.question.within_km),
        title=title,
        in_miles=found.place.country in MILES,
    )


def _places(text: str) -> list[Place]:
    """Return the places that `text` may mean, likeliest first. Raises IndexUnfit."""
    if not text:
        return []
    try:
        return list(gazetteer.find(text, country=settings.CONFIG.country, limit=MOST_PLACES))
    except gazetteer.GazetteerUnfit as wrong:
        raise IndexUnfit from wrong


def _point(place: Place | None) -> Point | None:
    return Point(place.latitude, place.longitude) if place else None


def _areas(place: Place | None) -> tuple[str, ...]:
    """Return the areas that a place lies in; without one, the whole country."""
    return tuple(place.areas) if place else (settings.CONFIG.country, WORLD)
