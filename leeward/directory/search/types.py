"""What goes into the index, what is asked of it, and what comes out.

Both engines and the oracle in the tests keep to `Engine`. Everything here is public by nature:
a confidential site comes in without a point, under its service area.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Protocol

# How results are ordered, smallest key first, equal keys by number (`order.py` is the arithmetic):
#   by distance: the distance in km; what is stale sinks to (distance + 2) * 1.5.
#   by fit: (distance + 5) * 1.25 for each wish that is not known * 1.5 if stale.
# Help without a place counts as this far away, by its narrowest area that the query names: ZIP
# or town 5 km, county 15, state 60, country 100, world 150. It is shown whatever the radius.
# Without a point in the query, everything placed follows in the order of the index (Morton code
# of its place), with keys from 1,000,000 up. A key is never below the distance.
#
# What fits:
#   stale: today is after due_on. A boy of an age fits where "boys" is not a no and boys_to_age is
#   not known or not below it. A language fits where it is listed, or none is listed (not known).
#   open_at and beds_at count to the minute. Every word must be there, in the tokens or as a need
#   (`words.py`); numbers are taken as they come, text of any kind is safe.

PAGE = 20
MOST_RESULTS = 200
MOST_RADIUS_KM = 800.0


@dataclass(frozen=True, slots=True)
class Point:
    """A place on earth, WGS 84 degrees."""

    latitude: float
    longitude: float


@dataclass(frozen=True, slots=True)
class Document:
    """One service at one location, as the public may find it.

    number: ServiceAtLocation.number, below 2**24.
    point: None for help without a place (phone lines, whole areas, confidential sites).
    areas: codes of `leeward.gazetteer.areas` that it serves; only used without a point.
    name, text: what words are searched in (the name and the organisation; all the rest).
    needs, languages, yes, no: vocabulary and ISO codes; a person code in neither yes nor no is
    not known. boys_to_age: oldest age of boys, None for not known.
    hours: compiled opening hours (`rules.hours`), b"" for not known.
    beds_until: minutes since 1970 until which "has a free bed" holds; 0 for no or not told.
    due_on: ordinal day (date.toordinal) after which its facts are stale; 0 for never verified.
    card: what a result shows, JSON, public facts only.
    """

    number: int
    point: Point | None
    areas: tuple[str, ...]
    name: str
    text: str
    needs: frozenset[str]
    yes: frozenset[str]
    no: frozenset[str]
    boys_to_age: int | None
    languages: frozenset[str]
    hours: bytes
    beds_until: int
    due_on: int
    card: bytes


@dataclass(frozen=True, slots=True)
class Query:
    """What somebody looks for. Empty fields ask for nothing.

    point and radius_km: where, and how far she can go; without a point only `areas` count, and
    everything placed comes after, in the order of the index.
    areas: codes of every area that the place lies in, narrowest first.
    words: free text as typed; any text is safe.
    needs: any of these. people, languages: all of these people, any of these languages.
    oldest_boy_age: a boy of that age would come along.
    open_at: an aware moment: only what is open then. beds_at: only what has a free bed then.
    include_unknown: what is not known counts as fitting; a "no" never does.
    by_fit: order by fit; else by distance.
    """

    today: date
    point: Point | None = None
    radius_km: float = 40.0
    areas: tuple[str, ...] = ()
    words: str = ""
    needs: frozenset[str] = frozenset()
    people: frozenset[str] = frozenset()
    oldest_boy_age: int | None = None
    languages: frozenset[str] = frozenset()
    open_at: datetime | None = None
    beds_at: datetime | None = None
    include_unknown: bool = True
    by_fit: bool = False
    limit: int = PAGE
    offset: int = 0


@dataclass(frozen=True, slots=True)
class Hit:
    """One service found.

    distance_km: None for help without a place. key: what it was ordered by, smaller first.
    unknown: what was asked for and is not known: person codes, "language", "boys_to_age", "open".
    near: where it is, to about 30 m, for a drawing; None for help without a place.
    """

    number: int
    distance_km: float | None
    key: float
    is_stale: bool
    unknown: frozenset[str]
    card: bytes
    near: Point | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Results:
    """What was found, in order.

    read_as: typed word (folded) to the word it was read as; "" for one that was left out because
    the index holds nothing like it, while it holds the others.
    """

    hits: tuple[Hit, ...]
    has_more: bool
    read_as: dict[str, str] = field(default_factory=dict)


class IndexUnfit(Exception):
    """The index is missing, half made, damaged or of another version: it must be rebuilt."""


class Engine(Protocol):
    """Finds services. All engines give the same answers; `tests/search/oracle.py` judges."""

    def search(self, query: Query) -> Results:
        """Return what fits `query`, at most MOST_RESULTS deep. Raises IndexUnfit."""

    def apply(self, put: Iterable[Document], remove: Sequence[int], *, sequence: int) -> None:
        """Write and remove documents and the change log's `sequence`, at one stroke."""

    def sequence(self) -> int:
        """Return the last sequence of the change log that was applied. Raises IndexUnfit."""
