"""The engine beside the oracle: random questions, with changes in between."""

from __future__ import annotations

from random import Random

import pytest

from leeward.directory.search.index import SqliteIndex, build
from leeward.directory.tests.search.make import chance_document, chance_query, is_open
from leeward.directory.tests.search.oracle import Oracle

SEEDS = range(8)
ROUNDS = 20
QUESTIONS = 10


@pytest.mark.parametrize("seed", SEEDS)
def test_random_questions_are_answered_as_by_looking_at_everything(tmp_path, seed):
    chance, oracle = Random(seed), Oracle(is_open)
    for number in range(chance.choice((0, 30, 1200))):
        oracle.put(chance_document(number, chance))
    build(tmp_path / "index", list(oracle.documents.values()), 0)
    index = SqliteIndex(tmp_path / "index", is_open)

    for sequence in range(1, ROUNDS + 1):
        _change(index, oracle, chance, sequence)
        for _question in range(QUESTIONS):
            _compare(index, oracle, chance)

    assert index.sequence() == ROUNDS
    index.close()


def _change(index: SqliteIndex, oracle: Oracle, chance: Random, sequence: int) -> None:
    """Change some, move some, add some, remove some."""
    known = sorted(oracle.documents)
    changed = chance.sample(known, min(8, len(known)))
    put = [chance_document(number, chance) for number in [*changed, 5000 + sequence]]
    remove = chance.sample(known, min(5, len(known)))
    index.apply(put, [*remove, 9_999_999], sequence=sequence)
    for number in remove:
        oracle.remove(number)
    for document in put:
        oracle.put(document)


def _compare(index: SqliteIndex, oracle: Oracle, chance: Random) -> None:
    query = chance_query(chance)
    expected, has_more = oracle.search(query)

    results = index.search(query)

    assert [hit.number for hit in results.hits] == [number for number, *_rest in expected], query
    assert [hit.key for hit in results.hits] == pytest.approx([one[1] for one in expected])
    assert [hit.distance_km for hit in results.hits] == pytest.approx([one[2] for one in expected])
    assert [hit.unknown for hit in results.hits] == [one[3] for one in expected], query
    assert [hit.card for hit in results.hits] == [
        oracle.documents[number].card for number, *_rest in expected
    ]
    assert results.has_more == has_more, query
