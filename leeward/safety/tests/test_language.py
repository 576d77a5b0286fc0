"""Which language a page speaks."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leeward.safety.language import language_of


@pytest.mark.parametrize(
    ("path", "accepted", "language"),
    [
        ("/es/historias/", "en", "es"),
        ("/en/", "es", "en"),
        ("/", "es-419,es;q=0.9", "es"),
        ("/", "fr, es;q=0.4", "es"),
        ("/", "", "en"),
        ("/esp/", "", "en"),
    ],
)
def test_the_address_wins_over_the_browsers_wish(path: str, accepted: str, language: str) -> None:
    assert language_of(path, accepted) == language


@given(st.text(max_size=300), st.text(max_size=300))
def test_any_path_and_any_wish_give_a_language_we_have(path: str, accepted: str) -> None:
    assert language_of(path, accepted) in {"en", "es", "ar"}
