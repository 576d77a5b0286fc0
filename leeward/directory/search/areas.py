"""Help without a place: phone lines, whole areas, confidential sites; found under their areas."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby

from leeward.directory.search.asking import Asking
from leeward.directory.search.conditions import AREAS
from leeward.directory.search.order import nominal_km
from leeward.directory.search.words import hidden_token

MOST_AREAS = 40


class Areas:
    """The levels of areas of one question, narrowest first, taken as far as they are needed."""

    def __init__(self, asking: Asking, codes: Iterable[str]) -> None:
        self._asking = asking
        ranked = sorted({(nominal_km(code), code) for code in list(codes)[:MOST_AREAS]})
        self._levels = [
            (km, [code for _km, code in level])
            for km, level in groupby(ranked, key=lambda one: one[0])
        ]
        self._seen: set[int] = set()

    def take_within(self, km: float) -> None:
        """Count the levels as found whose nominal distance is at most `km`."""
        while self._levels and self._levels[0][0] <= km:
            self._take(*self._levels.pop(0))

    def take_needed(self) -> None:
        """Count the levels as found that may still hold one of the wanted results."""
        while self._levels:
            reach = self._asking.reach_km()
            if reach is not None and reach < self._levels[0][0]:
                return
            self._take(*self._levels.pop(0))

    def _take(self, km: float, codes: list[str]) -> None:
        rows = self._asking.unplaced_rows(hidden_token(AREAS, code) for code in codes)
        for row in rows:
            if row[0] not in self._seen:
                self._seen.add(row[0])
                self._asking.add_unplaced(row, km)
