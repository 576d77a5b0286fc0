"""The numbers in the safety notice, which stand on every page and on error pages, too."""

from __future__ import annotations

import pytest
from django.conf import settings as django_settings
from django.db import DatabaseError
from django.test import override_settings

from leeward.helplines import facts, rules, services, surroundings
from leeward.helplines.models import Line
from leeward.helplines.services.showing import today
from leeward.helplines.tests.make import make_check, make_staff
from leeward.safety.generation import generation


@pytest.fixture(autouse=True)
def forgotten():
    surroundings._remembered.clear()
    yield
    surroundings._remembered.clear()


def dials(language: str = "en") -> list[str]:
    return [line.dial for line in surroundings.notice(language)]


def in_country(code: str) -> override_settings:
    return override_settings(CONFIG=django_settings.CONFIG.model_copy(update={"country": code}))


@pytest.mark.django_db
def test_the_notice_names_the_emergency_number_and_the_national_line():
    services.sync_shipped()

    assert dials() == ["911", "+18007997233"]


@pytest.mark.django_db
def test_the_notice_leaves_out_a_line_that_may_not_be_shown():
    services.sync_shipped()
    for line in Line.objects.filter(country="US", topic="dv"):
        make_check(line, make_staff(f"ana-{line.pk}"), is_good=False)

    assert dials() == ["911"]


@pytest.mark.django_db
def test_the_notice_follows_the_operators_country():
    services.sync_shipped()

    with in_country("ES"):
        assert dials() == ["112", "016"]


@pytest.mark.django_db
def test_a_country_whose_number_is_unsure_gets_112_where_that_works():
    with in_country("RS"):
        assert dials() == ["112"]


@pytest.mark.django_db
def test_where_no_number_is_sure_the_notice_still_speaks_of_emergencies():
    unsure = next(
        code
        for code, fact in facts.emergency_facts().items()
        if not (rules.emergency(fact, (), today=today()).police or "112" in fact.numbers)
    )

    with in_country(unsure):
        first = next(iter(surroundings.notice("en")))

    assert (first.label, first.dial) == ("Call your local emergency number.", "")


def test_without_a_database_the_notice_still_has_the_emergency_number(monkeypatch):
    def broken(_country: str) -> None:
        raise DatabaseError

    monkeypatch.setattr(services, "emergency_of", broken)

    assert dials() == ["911"]
    assert not surroundings._remembered


@pytest.mark.django_db
def test_the_notice_asks_the_database_once_and_anew_after_a_change(django_assert_num_queries):
    dials()
    with django_assert_num_queries(0):
        dials()

    generation().move_on()

    with django_assert_num_queries(3):
        dials()


@pytest.mark.django_db
def test_the_notice_is_made_anew_the_next_day(time_machine):
    services.sync_shipped()
    first = dials()

    time_machine.move_to("2036-01-01 12:00:00Z")

    assert first == ["911", "+18007997233"]
    assert today().year == 2036
    assert dials() == ["911"]
