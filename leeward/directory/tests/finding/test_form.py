"""What the form asks, and how what was sent is read."""

from __future__ import annotations

import pytest
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st

from leeward.directory.forms.finding import read_question
from leeward.directory.services.question import RADII_KM, Question
from leeward.safety.access import KEEP_HEADER


def sent(**fields: str | list[str]) -> QueryDict:
    found = QueryDict(mutable=True)
    for name, value in fields.items():
        found.setlist(name, value if isinstance(value, list) else [value])
    return found


def test_what_was_typed_and_ticked_is_read():
    question = read_question(
        sent(
            asked="1",
            unknown="1",
            where=" Brooklyn ",
            need="shelter",
            words="night",
            within="80",
            who=["pets", "children"],
            boy="13",
            lang="es",
            open="1",
            bed="1",
            order="fit",
        )
    )

    assert question == Question(
        where="Brooklyn",
        words="night",
        needs=("shelter",),
        within_km=80,
        who=("children", "pets"),
        boy=13,
        languages=("es",),
        is_open_now=True,
        has_bed=True,
        by_fit=True,
    )


def test_what_is_not_known_is_shown_unless_she_unticks_it():
    assert not read_question(sent(where="Brooklyn")).is_sure
    assert not read_question(sent(where="Brooklyn", asked="1", unknown="1")).is_sure
    assert read_question(sent(where="Brooklyn", asked="1")).is_sure


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("boy", "-3"),
        ("boy", "9.5"),
        ("boy", "thirteen"),
        ("boy", "9" * 4000),
        ("within", "-1"),
        ("within", "1e9"),
        ("need", "gold"),
        ("who", "kings"),
        ("lang", "xx"),
        ("from", "-20"),
        ("from", "x"),
    ],
)
def test_what_cannot_be_meant_is_left_out(field, value):
    assert read_question(sent(where="Brooklyn", **{field: value})) == Question(where="Brooklyn")


def test_a_distance_between_two_choices_is_read_as_the_wider_one():
    assert read_question(sent(within="30")).within_km == 40
    assert read_question(sent(within="9999")).within_km == 800


def test_a_question_carried_in_hidden_fields_stays_the_same():
    question = Question(
        where="Brooklyn",
        words="a b",
        needs=("shelter", "legal"),
        within_km=8,
        who=("women",),
        boy=0,
        languages=("es",),
        is_open_now=True,
        has_bed=True,
        is_sure=True,
        by_fit=True,
        start=40,
    )
    carried = QueryDict(mutable=True)

    for name, value in question.fields():
        carried.appendlist(name, value)

    assert read_question(carried) == question


@given(
    st.dictionaries(
        st.sampled_from(
            ["where", "words", "need", "who", "lang", "boy", "within", "from", "order"]
        ),
        st.lists(st.text(), min_size=1, max_size=3),
    )
)
def test_whatever_is_sent_makes_a_question_without_control_characters(fields):
    question = read_question(sent(**fields))

    assert question.within_km in RADII_KM
    assert 0 <= question.start <= 180
    assert "\0" not in question.where + question.words
    assert len(question.where) <= 100
    assert len(question.words) <= 200


@pytest.mark.django_db
def test_the_form_may_be_kept_and_what_was_found_may_not(visitor):
    form, answer = visitor.opens("/en/services/"), visitor.asks(where="Brooklyn")

    assert KEEP_HEADER in form.response.headers
    assert KEEP_HEADER not in answer.response.headers


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("language", "promise"),
    [
        ("en", "What you type is not stored and not put in any address."),
        ("es", "Lo que escribes no se guarda ni se pone en ninguna dirección."),
    ],
)
def test_the_form_says_what_happens_to_what_is_typed(visitor, language, promise):
    assert promise in visitor.opens(f"/{language}/services/").words


@pytest.mark.django_db
def test_the_form_asks_the_browser_to_keep_and_check_nothing(visitor):
    page = visitor.opens("/en/services/").main

    assert page.count('type="text"') == 3
    assert page.count('autocomplete="off"') == 4
    assert page.count('spellcheck="false"') == 2


@pytest.mark.django_db
def test_an_empty_form_is_answered_with_the_form_and_one_calm_sentence(visitor):
    answer = visitor.asks(asked="1", unknown="1")

    assert answer.status == 200
    assert "Please write a town or a ZIP code" in answer.words


@pytest.mark.django_db
def test_changing_the_search_shows_the_form_filled_in(visitor):
    page = visitor.asks(where="Brooklyn", who="pets", boy="13", lang="es", edit="1").main

    assert 'value="Brooklyn"' in page
    assert 'value="pets" checked' in page
    assert 'value="13"' in page
    assert 'value="es" selected' in page
    assert page.count("<details open>") == 2


@pytest.mark.django_db
def test_the_form_credits_where_places_come_from(visitor):
    assert "GeoNames (geonames.org), CC BY 4.0" in visitor.opens("/en/services/").words
