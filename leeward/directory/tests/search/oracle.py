"""Judges the engine: the same promises (`search/types.py`), kept by looking at every document."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterable
from datetime import datetime

from leeward.directory.search.types import MOST_RADIUS_KM, MOST_RESULTS, Document, Point, Query
from leeward.directory.search.words import MOST_BEGUN, Wanted, read, tokens_of

Answer = list[tuple[int, float, float | None, frozenset[str]]]
IsOpen = Callable[[bytes, datetime], bool | None]


class Oracle:
    """Every document in a dictionary; answers by brute force."""

    def __init__(self, is_open: IsOpen) -> None:
        self._is_open = is_open
        self.documents: dict[int, Document] = {}
        self._counts: Counter[str] = Counter()
        self._tokens: dict[int, frozenset[str]] = {}

    def put(self, document: Document) -> None:
        self.remove(document.number)
        self.documents[document.number] = document
        tokens = frozenset(tokens_of(f"{document.name} {document.text}"))
        self._tokens[document.number] = tokens
        self._counts.update(tokens)

    def remove(self, number: int) -> None:
        if self.documents.pop(number, None):
            self._counts.subtract(self._tokens.pop(number))

    def search(self, query: Query) -> tuple[Answer, bool]:
        """Return number, key, distance and unknown wishes of each hit, and whether more follow."""
        reading = read(query.words, self)
        if reading.is_hopeless:
            return [], False
        fitting = (self._judge(each, query, reading.wanted) for each in self.documents.values())
        ordered = sorted((one for one in fitting if one), key=lambda one: (one[1], one[0]))
        end = min(query.offset + query.limit, MOST_RESULTS)
        return ordered[query.offset : end], len(ordered) > end and end < MOST_RESULTS

    # -- what `words.read` asks --

    def count(self, word: str) -> int:
        return self._counts[word]

    def begun_by(self, prefix: str) -> list[str]:
        found = [(-count, word) for word, count in self._known() if word.startswith(prefix)]
        return [word for _count, word in sorted(found)[:MOST_BEGUN]]

    def words_of_length(self, least: int, most: int) -> Iterable[tuple[str, int]]:
        return [(word, count) for word, count in self._known() if least <= len(word) <= most]

    def _known(self) -> list[tuple[str, int]]:
        return [(word, count) for word, count in self._counts.items() if count]

    # -- one document --

    def _judge(
        self, document: Document, query: Query, wanted: tuple[Wanted, ...]
    ) -> tuple[int, float, float | None, frozenset[str]] | None:
        tokens = self._tokens[document.number]
        if not all(_says(one, tokens, document.needs) for one in wanted):
            return None
        unknown = self._unknown(document, query)
        if unknown is None or (unknown and not query.include_unknown):
            return None
        where = _where(document, query)
        if where is None:
            return None
        counted_km, shown_km = where
        is_stale = query.today.toordinal() > document.due_on
        if query.point is None and document.point is not None:
            return document.number, counted_km, None, unknown
        key = _key(counted_km, len(unknown), is_stale=is_stale, by_fit=query.by_fit)
        return document.number, key, shown_km, unknown

    def _unknown(self, document: Document, query: Query) -> frozenset[str] | None:
        """Return the wishes that are not known; None where one is not met."""
        states = {code: _state(document, code) for code in query.people}
        if query.oldest_boy_age is not None:
            states["boys_to_age"] = _takes_boy(document, query.oldest_boy_age)
        if query.languages:
            speaks = bool(document.languages & query.languages)
            states["language"] = speaks if document.languages else None
        if query.open_at is not None:
            minute = query.open_at.replace(second=0, microsecond=0)
            states["open"] = self._is_open(document.hours, minute) if document.hours else None
        must = [not query.needs or bool(document.needs & query.needs)]
        if query.beds_at is not None:
            must.append(document.beds_until > query.beds_at.timestamp() // 60)
        if False in states.values() or not all(must):
            return None
        return frozenset(wish for wish, state in states.items() if state is None)


def _says(wanted: Wanted, tokens: frozenset[str], needs: frozenset[str]) -> bool:
    has_words = bool(wanted.groups) and all(tokens & set(group) for group in wanted.groups)
    return has_words or bool(wanted.needs & needs)


def _state(document: Document, code: str) -> bool | None:
    if code in document.no:
        return False
    return True if code in document.yes else None


def _takes_boy(document: Document, age: int) -> bool | None:
    if "boys" in document.no:
        return False
    return None if document.boys_to_age is None else document.boys_to_age >= age


def _where(document: Document, query: Query) -> tuple[float, float | None] | None:
    """Return the distance that counts and the one that is shown; None for out of reach."""
    if document.point is None:
        nominal = [_nominal(code) for code in document.areas if code in query.areas]
        return (min(nominal), None) if nominal else None
    if query.point is None:
        return _in_order(document.point), None
    distance = haversine(query.point, document.point)
    radius = min(MOST_RADIUS_KM, max(0.0, query.radius_km))
    return (distance, distance) if distance <= radius else None


def _nominal(code: str) -> float:
    levels = {"world": 150.0, "US": 100.0, "CA": 100.0, "US-NY": 60.0, "US-CA": 60.0}
    if code in levels:
        return levels[code]
    return 15.0 if code.startswith("US-") and code.count("/") == 1 else 5.0


def _key(km: float, unknown: int, *, is_stale: bool, by_fit: bool) -> float:
    if by_fit:
        return (km + 5.0) * 1.25**unknown * (1.5 if is_stale else 1.0)
    return (km + 2.0) * 1.5 if is_stale else km


def haversine(one: Point, other: Point) -> float:
    """Return kilometres on a sphere of the earth's mean radius."""
    north = math.radians(one.latitude), math.radians(other.latitude)
    east = math.radians(other.longitude) - math.radians(one.longitude)
    rise = math.sin((north[1] - north[0]) / 2)
    turn = math.sin(east / 2)
    chord = rise * rise + math.cos(north[0]) * math.cos(north[1]) * turn * turn
    return 2 * 6371.0088 * math.asin(min(1.0, math.sqrt(chord)))


def _in_order(point: Point) -> float:
    """Return the key of the index's own order: bits of longitude and latitude in turn."""
    column = min(2**20 - 1, int((point.longitude + 180) / (180 / 2**19)))
    row = min(2**19 - 1, int((point.latitude + 90) / (180 / 2**19)))
    turns = zip(f"{column:020b}", f"{row:020b}", strict=True)
    code = int("".join(y + x for x, y in turns), 2)
    return 1_000_000 + code / 2**20
