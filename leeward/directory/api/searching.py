"""What the search engine answers: words, a place, open now, a free bed."""

from __future__ import annotations

from datetime import UTC
from http import HTTPStatus

from django.conf import settings
from django.utils import timezone

from leeward import gazetteer
from leeward.directory import vocabulary
from leeward.directory.api.asking import Asked
from leeward.directory.api.problems import Problem
from leeward.directory.search.types import MOST_RESULTS, IndexUnfit, Point, Query
from leeward.directory.services import indexing

WORLD = "world"
_ENGINE_ANSWERS = ("search", "postcode", "latitude", "open_now", "capacity")


def is_wanted(asked: Asked) -> bool:
    """Return whether a question needs the engine."""
    return any(asked.get(name) not in (None, False) for name in _ENGINE_ANSWERS)


def numbers(asked: Asked) -> list[int]:
    """Return the short numbers of what fits best, in order, at most MOST_RESULTS.

    Empty for a postcode that is not known, and for words without a letter or digit. Raises
    Problem while the index is being made anew.
    """
    words = asked.get("search", "")
    if words and not any(each.isalnum() for each in words):
        return []
    try:
        where = _where(asked)
        if where is None:
            return []
        query = _query(asked, *where)
        return [hit.number for hit in indexing.engine().search(query).hits]
    except (IndexUnfit, gazetteer.GazetteerUnfit):
        detail = "The search is being made anew. Please try again in a few minutes."
        raise Problem(HTTPStatus.SERVICE_UNAVAILABLE, detail) from None


def _where(asked: Asked) -> tuple[Point | None, tuple[str, ...]] | None:
    """Return the point and the areas that it lies in; None for a postcode that is not known."""
    if asked.get("postcode"):
        found = gazetteer.find(asked.get("postcode"), country=settings.CONFIG.country, limit=1)
        if not found or found[0].kind != "zip":
            return None
        return Point(found[0].latitude, found[0].longitude), found[0].areas
    if asked.get("latitude") is None:
        return None, ()
    point = Point(asked.get("latitude"), asked.get("longitude"))
    near = gazetteer.nearest(point.latitude, point.longitude)
    return point, near.areas if near else (WORLD,)


def _query(asked: Asked, point: Point | None, areas: tuple[str, ...]) -> Query:
    now = timezone.now()
    return Query(
        today=now.astimezone(UTC).date(),
        point=point,
        radius_km=asked.radius_km,
        areas=areas,
        words=asked.get("search", ""),
        needs=_codes(asked, vocabulary.NEEDS),
        people=_codes(asked, vocabulary.PEOPLE) | _codes(asked, vocabulary.ACCESS),
        open_at=now if asked.get("open_now") else None,
        beds_at=now if asked.get("capacity") else None,
        include_unknown=False,
        by_fit=point is None,
        limit=MOST_RESULTS,
    )


def _codes(asked: Asked, group: str) -> frozenset[str]:
    """Return the code of the wanted term, if it is of this group of our vocabulary.

    The database checks the term as well; asked here, the best MOST_RESULTS are all of it.
    """
    wanted = asked.get("taxonomy_term_id")
    terms = vocabulary.terms(group).values()
    return frozenset(t.code for t in terms if t.id == wanted and t.code != "boys_to_age")
