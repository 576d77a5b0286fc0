"""What of a question is asked of the token index, and how many entries that leaves, about."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from leeward.directory.search.conditions import LANGUAGES, NEEDS, YES
from leeward.directory.search.types import Query
from leeward.directory.search.words import BEDS, Reading, Wanted, hidden_token

# A filter rarer than one entry in so many is asked of the token index, others of the columns.
RARE = 12

Count = Callable[[str], int]


@dataclass(frozen=True, slots=True)
class Plan:
    """`match`: FTS5's expression, "" for nothing to ask. `most`: no more entries can fit.

    share: a guess at which share of the entries fits, never 0.
    """

    match: str
    most: int
    share: float


def plan_of(query: Query, reading: Reading, count: Count, total: int) -> Plan:
    """Return what to ask of the token index.

    count: tells how many entries hold a token. total: how many entries there are.
    """
    parts = [(_expression(one), _most(one, count)) for one in reading.wanted]
    filters = [(either(tokens), _sum(tokens, count)) for tokens in _filters(query)]
    fits = min([total, *(most for _sql, most in parts)])
    rare = min(filters, key=lambda one: one[1], default=("", total))
    if rare[1] * RARE < total or (parts and rare[1] < fits):
        parts.append(rare)
    most = min(fits, rare[1])
    return Plan(" AND ".join(sql for sql, _most in parts), most, max(most, 1) / max(total, 1))


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
