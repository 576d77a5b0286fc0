"""What a visitor asks of the search: the answers of the form, checked, and nothing about her."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime

from leeward.directory.search.types import MOST_RADIUS_KM, MOST_RESULTS, PAGE, Point, Query

# How far she can go: kilometres, and the miles that they stand for.
RADII_KM = {8: 5, 24: 15, 40: 25, 80: 50, 160: 100, 800: 500}
USUAL_RADIUS_KM = 40
MOST_WORDS_LENGTH = 200
MOST_WHERE_LENGTH = 100
OLDEST_BOY = 25


@dataclass(frozen=True, slots=True)
class Question:
    """The form's answers. Empty fields ask for nothing.

    where: a place as typed. needs, who: codes of the vocabulary. boy: age of the oldest boy, in
    years. languages: ISO codes. is_sure: leave out what is not known. start: how many results to
    pass over.
    """

    where: str = ""
    words: str = ""
    needs: tuple[str, ...] = ()
    within_km: int = USUAL_RADIUS_KM
    who: tuple[str, ...] = ()
    boy: int | None = None
    languages: tuple[str, ...] = ()
    is_open_now: bool = False
    has_bed: bool = False
    is_sure: bool = False
    by_fit: bool = False
    start: int = 0

    @property
    def is_empty(self) -> bool:
        """Return whether it names neither a place nor a word to look for."""
        return not (self.where or self.words)

    @property
    def has_filters(self) -> bool:
        """Return whether anything narrows the search besides place, need, words and distance."""
        return bool(
            self.who
            or self.languages
            or self.boy is not None
            or self.is_open_now
            or self.has_bed
            or self.is_sure
        )

    def without_filters(self) -> Question:
        """Return the same question with place, need and distance alone."""
        return Question(where=self.where, needs=self.needs, within_km=self.within_km)

    def farther(self) -> Question:
        """Return the same question with the next larger distance, from the first result on."""
        wider = next((km for km in RADII_KM if km > self.within_km), self.within_km)
        return replace(self, within_km=wider, start=0)

    def fields(self) -> Iterator[tuple[str, str]]:
        """Return the question as fields of a form, by the names that `forms.finding` reads."""
        yield "where", self.where
        yield "words", self.words
        yield from (("need", code) for code in self.needs)
        yield from (("who", code) for code in self.who)
        yield from (("lang", code) for code in self.languages)
        yield "boy", "" if self.boy is None else str(self.boy)
        yield "within", str(self.within_km)
        yield "open", _mark(is_on=self.is_open_now)
        yield "bed", _mark(is_on=self.has_bed)
        yield "order", "fit" if self.by_fit else ""
        yield "sure", _mark(is_on=self.is_sure)
        yield "from", str(self.start or "")

    def query(
        self, point: Point | None, areas: tuple[str, ...], *, today: date, at: datetime
    ) -> Query:
        """Return what to ask the engine.

        point, areas: where, as the gazetteer says. today: UTC. at: aware, the present moment.
        """
        return Query(
            today=today,
            point=point,
            radius_km=min(float(self.within_km), MOST_RADIUS_KM),
            areas=areas,
            words=self.words,
            needs=frozenset(self.needs),
            people=frozenset(self.who),
            oldest_boy_age=self.boy,
            languages=frozenset(self.languages),
            open_at=at if self.is_open_now else None,
            beds_at=at if self.has_bed else None,
            include_unknown=not self.is_sure,
            by_fit=self.by_fit,
            limit=PAGE,
            offset=min(self.start, MOST_RESULTS - PAGE),
        )


def _mark(*, is_on: bool) -> str:
    return "1" if is_on else ""
