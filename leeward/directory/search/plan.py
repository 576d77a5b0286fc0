"""What of a question is asked of the token index, and how many entries that leaves, about."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from math import prod

from leeward.directory.search.conditions import LANGUAGES, NEEDS, YES
from leeward.directory.search.types import Query
from leeward.directory.search.words import BEDS, Reading, Wanted, hidden_token

# With a filter rarer than one entry in so many, or with words, the token index is asked; other
# filters then go along, up to one entry in so many, and the rest is asked of the columns.
RARE, COMMON = 12, 12

Count = Callable[[str], int]


@dataclass(frozen=True, slots=True)
class Plan:
    """`match`: FTS5's expression, "" for nothing to ask. `most`: no more entries can match.

    expected: how many match if the words know nothing of each other. total: of all entries.
    """

    match: str
    most: int
    expected: float
    total: int

    @property
    def share(self) -> float:
        """Return the share of the entries that is expected to match, never 0."""
        return max(self.expected, 1.0) / max(self.total, 1)


def plan_of(query: Query, reading: Reading, count: Count, total: int) -> Plan:
    """Return what to ask of the token index.

    count: tells how many entries hold a token. total: how many entries there are.
    """
    parts = [(_expression(one), _most(one, count)) for one in reading.wanted]
    filters = [(either(tokens), _sum(tokens, count)) for tokens in _filters(query)]
    if parts or any(most * RARE < total for _sql, most in filters):
        parts += [one for one in filters if one[1] * COMMON < total]
    match = " AND ".join(sql for sql, _most in parts)
    expected = total * prod(most / max(total, 1) for _sql, most in parts)
    return Plan(match, min([total, *(most for _sql, most in parts)]), expected, total)


def either(tokens: Sequence[str]) -> str:
    """Return FTS5's expression for any of these tokens, of which none holds a quote."""
    return "(" + " OR ".join(f'"{token}"' for token in tokens) + ")"


def _filters(query: Query) -> list[list[str]]:
    """Return the filters that the token index can answer, each as tokens of which one is held."""
    found = [_tokens(NEEDS, query.needs)] if query.needs else []
    found += [[BEDS]] if query.beds_at is not None else []
    if not query.include_unknown:
        found += [_tokens(YES, [code]) for code in query.people]
        found += [_tokens(LANGUAGES, query.languages)] if query.languages else []
    return found


def _expression(wanted: Wanted) -> str:
    sides = [" AND ".join(map(either, wanted.groups))] if wanted.groups else []
    sides += [f'"{token}"' for token in _tokens(NEEDS, wanted.needs)]
    return f"({' OR '.join(f'({side})' for side in sides)})"


def _most(wanted: Wanted, count: Count) -> int:
    worded = min((_sum(group, count) for group in wanted.groups), default=0)
    return worded + _sum(_tokens(NEEDS, wanted.needs), count)


def _sum(tokens: Iterable[str], count: Count) -> int:
    return sum(map(count, tokens))


def _tokens(kind: str, codes: Iterable[str]) -> list[str]:
    return [hidden_token(kind, code) for code in sorted(codes)]
