"""A question's wishes as conditions in SQL over the columns of `entry`.

A code that has a bit is asked of its column; one that came after the bits ran out is asked of the
entry's tokens. Values are always bound, so that a shape of question is prepared once.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime

from leeward.directory.search.types import Query
from leeward.directory.search.words import hidden_token

NEEDS, YES, NO, LANGUAGES = "needs", "yes", "no", "languages"
AREAS = "areas"  # tokens alone, without a column
KINDS = (NEEDS, YES, NO, LANGUAGES)
BITS = 62
BOYS = "boys"
_KNOWN_LANGUAGES = "e.languages <> 0"

Codes = dict[str, dict[str, int]]


@dataclass(slots=True)
class Conditions:
    """SQL over `entry e`, each part with its values; `wishes` names the bits of `unknown`.

    all_of: joined by AND. unknown: an integer whose bit i says that wishes[i] is not known.
    """

    all_of: list[str] = field(default_factory=list)
    values: list[int] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)
    unknown_values: list[int] = field(default_factory=list)
    wishes: list[str] = field(default_factory=list)

    def where(self) -> str:
        """Return the conditions, to stand after others."""
        return "".join(f" AND {one}" for one in self.all_of)

    def mask(self) -> str:
        """Return the expression of what is not known."""
        bits = (f"(({one}) << {at})" for at, one in enumerate(self.unknown))
        return " | ".join(bits) or "0"

    def less_unknown(self, *, fresh: int, stale: int) -> tuple[str, list[int]]:
        """Return SQL for at most so many wishes not known, and values to go with it.

        fresh, stale: for what is fresh and what is stale; -1 for none of these. The value of
        today comes after those of the wishes.
        """
        count = " + ".join(f"({one})" for one in self.unknown) or "0"
        return f" AND {count} <= CASE WHEN e.due < ? THEN {stale} ELSE {fresh} END", [
            *self.unknown_values
        ]

    def add(self, sql: str, values: Iterable[int] = ()) -> None:
        """Ask one thing more."""
        self.all_of.append(sql)
        self.values += values

    def wish(self, name: str, unknown: tuple[str, list[int]], *, include: bool) -> None:
        """Count one thing that may be not known, or leave out what is not known."""
        sql, values = unknown
        if not include:
            self.add(f"NOT ({sql})", values)
            return
        self.wishes.append(name)
        self.unknown.append(sql)
        self.unknown_values += values


def conditions_of(query: Query, codes: Codes) -> Conditions:
    """Return what `query` asks of the columns; its words are not among them."""
    asked = Conditions()
    if query.needs:
        asked.add(*_any_of(NEEDS, query.needs, codes))
    if query.beds_at is not None:
        asked.add("e.beds > ?", [minute_of(query.beds_at)])
    _ask_people(asked, query, codes)
    _ask_languages(asked, query, codes)
    if query.open_at is not None:
        asked.add("opened(e.hours) IS NOT 0")
        asked.wish("open", ("opened(e.hours) IS NULL", []), include=query.include_unknown)
    return asked


def minute_of(moment: datetime) -> int:
    """Return an aware moment as whole minutes since 1970, UTC."""
    return int(moment.astimezone(UTC).timestamp() // 60)


def _ask_people(asked: Conditions, query: Query, codes: Codes) -> None:
    include = query.include_unknown
    for code in sorted(query.people):
        sql, values = _any_of(NO, [code], codes)
        asked.add(f"NOT {sql}", values)
        sql, values = _any_of(YES, [code], codes)
        asked.wish(code, (f"NOT {sql}", values), include=include)
    if query.oldest_boy_age is not None:
        sql, values = _any_of(NO, [BOYS], codes)
        asked.add(f"NOT {sql}", values)
        asked.add("(e.boys IS NULL OR e.boys >= ?)", [query.oldest_boy_age])
        asked.wish("boys_to_age", ("e.boys IS NULL", []), include=include)


def _ask_languages(asked: Conditions, query: Query, codes: Codes) -> None:
    if not query.languages:
        return
    sql, values = _any_of(LANGUAGES, query.languages, codes)
    asked.add(f"({sql} OR e.languages = 0)", values)
    asked.wish("language", ("e.languages = 0", []), include=query.include_unknown)


def _any_of(kind: str, wanted: Iterable[str], codes: Codes) -> tuple[str, list[int]]:
    """Return an expression, 0 or 1, for "has any of these codes"."""
    known = codes.get(kind, {})
    bits = [known[code] for code in wanted if code in known]
    mask = sum(1 << bit for bit in bits if bit < BITS)
    late = [code for code in wanted if known.get(code, 0) >= BITS]
    parts = [f"e.{kind} & ? <> 0"]
    parts += [_in_tokens(kind, code) for code in sorted(late)]
    return f"({' OR '.join(parts)})", [mask]


def _in_tokens(kind: str, code: str) -> str:
    token = hidden_token(kind, code)  # hexadecimal: it cannot end the string
    tokens = "(SELECT ' ' || tokens || ' ' FROM told WHERE id = e.id)"
    return f"instr({tokens}, ' {token} ') > 0"
