"""Whatever is sent, and whatever is broken: a calm page, and no trace of what was asked."""

from __future__ import annotations

import logging

import pytest
from django.http import HttpResponse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from leeward import gazetteer
from leeward.directory.search.types import IndexUnfit
from leeward.directory.services import indexing
from leeward.directory.tests import make

pytestmark = pytest.mark.django_db
ODD_TEXTS = [
    "\0",
    "a" * 10_000,
    '" OR 1=1 --',
    "NEAR(a b, 5) AND NOT *",
    "name:shelter ^ {x} (",
    "'; DROP TABLE services; --",
    "<script>alert(1)</script>",
    "{{ 7*7 }} {% load x %}",
    "\u202e\u0000\ud7ff\U0001f600",
    "٣٤٥",
    "%s %(a)s %",
]


@pytest.mark.parametrize("text", ODD_TEXTS)
@pytest.mark.parametrize("field", ["where", "words", "boy", "within", "from", "lang", "who"])
def test_any_text_in_any_field_gets_a_calm_page(visitor, field, text):
    make.service_at_location()

    answer = visitor.asks(**{"where": "Brooklyn", field: text})

    assert answer.status == 200
    assert 'id="title"' in answer.main
    assert "<script>" not in answer.main


@given(words=st.text(max_size=300), where=st.sampled_from(["", "Brooklyn"]))
@settings(
    max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)
def test_any_words_at_all_get_a_calm_page(visitor, words, where):
    assert visitor.asks(words=words, where=where).status == 200


def test_while_the_index_is_made_anew_the_page_says_so_and_names_lines(visitor, monkeypatch):
    def unfit() -> None:
        raise IndexUnfit

    monkeypatch.setattr(indexing, "engine", unfit)

    answer = visitor.asks(where="Brooklyn", who="pets")

    assert answer.status == 503
    assert "Search is being rebuilt" in answer.words
    assert 'data-to="/en/lines/us/"' in answer.main
    assert answer.hidden()["who"] == ["pets"]


def test_without_a_gazetteer_the_page_is_as_calm(visitor, monkeypatch):
    def unfit(*_args: object, **_kwargs: object) -> None:
        raise gazetteer.GazetteerUnfit

    monkeypatch.setattr(gazetteer, "find", unfit)

    assert "Search is being rebuilt" in visitor.asks(where="Brooklyn").words


def test_nothing_of_a_question_reaches_the_log_or_a_header(visitor, caplog):
    offer = make.service_at_location()
    caplog.set_level(logging.DEBUG)
    asked = {"where": "Brooklyn", "words": "zqsecret", "who": "substance_use", "lang": "so"}

    answers: list[HttpResponse] = [
        visitor.asks(**asked).response,
        visitor.sends(f"/en/services/{offer.pk}/", **asked).response,
        visitor.sends(f"/en/services/{offer.pk}/wrong/", **asked, text="zqsecret").response,
    ]

    said = caplog.text + str([dict(answer.headers) for answer in answers])
    for word in ("zqsecret", "Brooklyn", "substance_use", str(offer.pk)):
        assert word not in said
    assert {answer.headers["Cache-Control"] for answer in answers} == {"no-store"}
