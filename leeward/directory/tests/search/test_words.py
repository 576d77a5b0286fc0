"""How typed words are read."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leeward.directory.search import words
from leeward.directory.search.index import SqliteIndex, build
from leeward.directory.tests.search.make import document, query
from leeward.directory.tests.search.oracle import Oracle


@pytest.fixture
def index(tmp_path):
    build(
        tmp_path / "index",
        [
            document(1, name="Casa Azucena", needs=frozenset({"shelter"})),
            document(2, name="Muñoz & Sons Attorneys", needs=frozenset({"legal"})),
            document(3, name="Domestic Violence Program", text="immigration counsel shelters"),
            document(4, name="Safety first", needs=frozenset({"safety"})),
        ],
        0,
    )
    return SqliteIndex(tmp_path / "index")


def found(index: SqliteIndex, typed: str) -> list[int]:
    return [hit.number for hit in index.search(query(words=typed)).hits]


@pytest.mark.parametrize(
    ("typed", "numbers"),
    [
        ("refugio", [1]),
        ("albergue", [1]),
        ("SHELTER", [1, 3]),
        ("abogadas", [2]),
        ("munoz", [2]),
        ("MUÑOZ", [2]),
        ("violenc", [3]),
        ("violence program", [3]),
        ("program violence domestic", [3]),
        ("plan de seguridad", [4]),
        ("necesito un abogado por favor para mi", [2]),
        ("azucena attorneys", []),
        ("the of a", [1, 2, 3, 4]),
        ("   ", [1, 2, 3, 4]),
    ],
)
def test_words_are_found(index, typed, numbers):
    assert found(index, typed) == numbers


@pytest.mark.parametrize(
    ("typed", "read", "numbers"),
    [
        ("azucna", "azucena", [1]),
        ("vilence", "violence", [3]),
        ("imigrasion", "immigration", [3]),
        ("refujio", "refugio", [1]),
        ("domestic qqqqqq", "", [3]),
    ],
)
def test_a_slip_is_read_as_the_nearest_word_and_said(index, typed, read, numbers):
    results = index.search(query(words=typed))

    assert [hit.number for hit in results.hits] == numbers
    assert results.read_as == {typed.split()[-1]: read}


def test_words_that_nothing_is_like_find_nothing(index):
    results = index.search(query(words="qqqqqq"))

    assert (results.hits, results.read_as) == ((), {"qqqqqq": ""})


@pytest.mark.parametrize(
    "typed",
    [
        '"',
        "'",
        '" OR "',
        "NEAR(a b)",
        "name:x",
        "a* AND NOT b",
        "^safety",
        "{a b}: c",
        "(((",
        ")",
        "-",
        "+",
        "\0",
        "safety\0drop",
        "'; DROP TABLE entry; --",
        "\ud800",
        "·n·7368656c746572",
        "😀",
        "ﷺ",
        "İ",
        "%",
        "_",
        "\\",
        "\u202e",
        "* *",
    ],
)
def test_signs_and_operators_are_harmless(index, typed):
    results = index.search(query(words=typed))

    assert len(results.hits) <= 4


@pytest.mark.parametrize(
    "typed",
    [
        "a" * 10_000,
        "safety " * 1_500,
        "\0" * 10_000,
        "é" * 10_000,
        '"' * 10_000,
        " ".join(f"w{at}" for at in range(2_500)),
    ],
)
def test_ten_thousand_letters_are_cut_short(index, typed):
    results = index.search(query(words=typed))

    assert len(results.read_as) <= words.MOST_TERMS


@given(st.text(max_size=60))
def test_any_text_folds_to_plain_small_tokens(text):
    for token in words.tokens_of(text):
        assert token == "".join(words.tokens_of(token)) or token in words.SMALL_WORDS
        assert not set(token) & set(' "*()\0' + words.MARK)
        assert not any(map(unicodedata.combining, token))


def test_words_come_and_go_with_their_documents(index):
    assert found(index, "zanahoria") == []

    index.apply([document(9, name="Zanahoria")], [], sequence=1)
    appeared = found(index, "zanahorja")
    index.apply([], [9], sequence=2)

    assert appeared == [9]
    assert found(index, "zanahoria") == []


def test_the_same_word_is_read_the_same_by_the_oracle(index):
    oracle = Oracle(lambda _hours, _at: None)
    oracle.put(document(3, name="Domestic Violence Program"))

    assert words.read("vilence", oracle).read_as == {"vilence": "violence"}
