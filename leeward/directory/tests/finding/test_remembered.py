"""Words remembered by language: one page's language is never another's."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.utils import translation

from leeward.design import remembered


def test_the_language_is_looked_up_once_and_let_go_of():
    with translation.override("es"), remembered.one_language():
        inside = remembered.language()

    with translation.override("en"):
        after = remembered.language()

    assert (inside, after) == ("es", "en")


def test_a_list_that_fails_lets_go_of_its_language():
    with pytest.raises(ValueError), translation.override("es"), remembered.one_language():  # noqa: PT011
        raise ValueError

    with translation.override("en"):
        assert remembered.language() == "en"


def test_another_thread_reads_in_its_own_language():
    def of_another_visitor() -> str | None:
        with translation.override("en"):
            return remembered.language()

    with (
        translation.override("es"),
        remembered.one_language(),
        ThreadPoolExecutor(1) as threads,
    ):
        elsewhere = threads.submit(of_another_visitor).result()

    assert elsewhere == "en"
