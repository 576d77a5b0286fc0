"""Which shelters an advocate's request fits, in which order they stand, and who may still answer.

What is known and fits comes before what is not known; a known "no" is never asked. Plain values in
and out; no word here comes from a form's free text, because there is none.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from leeward.directory.rules import beds

# Our own judgement: an advocate who waits with somebody in the room needs a quarter of an hour;
# two hours is the longest that a request for tonight can stay open and still leave time to travel.
TIMERS_MINUTES = (15, 30, 60, 120)
KEPT_DAYS = 7
LATEST_NIGHT_DAYS = 6  # a request is gone after a week, so its first night lies within it
MOST_ASKED = 30  # more answers than anybody reads; the best matches are asked
MOST_UNITS = 12

OPEN, TAKEN, EXPIRED, CLOSED = "open", "taken", "expired", "closed"


@dataclass(frozen=True, slots=True)
class UnitFact:
    """What a shelter last told of one kind of unit. `told_at` is None for never."""

    available: int
    restricted: int
    told_at: datetime | None


@dataclass(frozen=True, slots=True)
class Need:
    """What is asked for. Codes of the vocabulary, the gazetteer and ISO 639.

    areas: every area that the place lies in, narrowest first, itself included; empty for anywhere.
    languages: any of these will do. oldest_boy_age: in years; None without boys.
    """

    unit: str
    units: int
    people: frozenset[str] = frozenset()
    oldest_boy_age: int | None = None
    languages: frozenset[str] = frozenset()
    areas: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Shelter:
    """What is known of one shelter. A code in neither `yes` nor `no` is not known.

    languages, areas: empty means not known. has_interpreter: others may be spoken, too.
    """

    yes: frozenset[str] = frozenset()
    no: frozenset[str] = frozenset()
    boys_to_age: int | None = None
    languages: frozenset[str] = frozenset()
    has_interpreter: bool = False
    areas: frozenset[str] = frozenset()
    units: Mapping[str, UnitFact] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, order=True)
class Fit:
    """How well a shelter fits; smaller is better. `unknown` names what is not known, sorted.

    Codes of people, "boys_to_age", "language", "area" or "beds".
    """

    unknown_count: int
    unknown: tuple[str, ...]


def fit(need: Need, shelter: Shelter, *, now: datetime) -> Fit | None:
    """Return how `shelter` fits `need` at `now`, or None when something known speaks against it."""
    found = (
        _people(need, shelter),
        _boys(need, shelter),
        _languages(need, shelter),
        _areas(need, shelter),
        _units(need, shelter, now),
    )
    unknown: set[str] = set()
    for part in found:
        if part is None:
            return None
        unknown |= part
    return Fit(len(unknown), tuple(sorted(unknown)))


def _people(need: Need, shelter: Shelter) -> set[str] | None:
    if need.people & shelter.no:
        return None
    return set(need.people - shelter.yes)


def _boys(need: Need, shelter: Shelter) -> set[str] | None:
    """Judge by the known age; a "yes" to boys without one leaves the age open."""
    if need.oldest_boy_age is None:
        return set()
    if shelter.no & {"boys", "children"}:
        return None
    if shelter.boys_to_age is None:
        return {"boys_to_age"}
    return set() if need.oldest_boy_age <= shelter.boys_to_age else None


def _languages(need: Need, shelter: Shelter) -> set[str] | None:
    if not need.languages or need.languages & shelter.languages:
        return set()
    if shelter.languages and not shelter.has_interpreter:
        return None
    return {"language"}


def _areas(need: Need, shelter: Shelter) -> set[str] | None:
    """Look for an area that the shelter serves around the place, or inside what is asked."""
    if not need.areas:
        return set()
    if not shelter.areas:
        return {"area"}
    inside = need.areas[0] + "/"
    is_served = any(code in need.areas or code.startswith(inside) for code in shelter.areas)
    return set() if is_served or "world" in shelter.areas else None


def _units(need: Need, shelter: Shelter, now: datetime) -> set[str] | None:
    """Take fresh word of too little room for a "no"; no word, or old word, is not known."""
    told = shelter.units.get(need.unit)
    if told is None or not beds.is_fresh(told.told_at, now):
        return {"beds"}
    if told.available >= need.units:
        return set()
    return {"beds"} if told.available + told.restricted >= need.units else None


def in_order(fits: Iterable[tuple[Fit, str]]) -> list[tuple[Fit, str]]:
    """Return at most MOST_ASKED of (fit, id), the surest first, then by id."""
    return sorted(fits, key=lambda pair: (pair[0].unknown_count, pair[1]))[:MOST_ASKED]


def state_at(state: str, reply_by: datetime, now: datetime) -> str:
    """Return how a request stands at `now`: an open one is over when its timer is."""
    return EXPIRED if state == OPEN and now >= reply_by else state


def minutes_left(reply_by: datetime, now: datetime) -> int:
    """Return the whole minutes until the timer is over, 1 in the last one; 0 when it is over."""
    if now >= reply_by:
        return 0
    return max(1, (reply_by - now) // timedelta(minutes=1))


def to_the_minute(moment: datetime) -> datetime:
    """Return `moment` without its seconds: a time of asking is kept no finer."""
    return moment.replace(second=0, microsecond=0)


def reply_by(made_at: datetime, *, minutes: int) -> datetime:
    """Return when the timer of a request made at `made_at` is over; never sooner than promised."""
    return to_the_minute(made_at + timedelta(minutes=minutes + 1, microseconds=-1))


def delete_after(made_on: date) -> date:
    """Return the last day on which a request made on `made_on` is kept (UTC)."""
    return made_on + timedelta(days=KEPT_DAYS)
