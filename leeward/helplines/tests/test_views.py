"""The visitors' pages: what they show, and above all what they never show."""

from __future__ import annotations

import html
import re
from datetime import timedelta

import brotli
import pytest
from django.conf import settings as django_settings
from django.db import connection
from django.db.models import F
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext

from leeward.helplines import facts, rules, services, surroundings
from leeward.helplines.models import Line
from leeward.helplines.services.showing import today
from leeward.helplines.tests.make import make_check, make_line, make_staff
from leeward.safety.sitemap import canonical_paths

MOST_BYTES = 10_000
MOST_QUERIES = 6
TAGS = re.compile(r"<[^>]+>")


@pytest.fixture(autouse=True)
def shipped(db):
    services.sync_shipped()


@pytest.fixture
def client():
    return Client()


def main_of(client: Client, path: str) -> str:
    response = client.get(path)
    assert response.status_code == 200, path
    return response.content.decode().partition("<main")[2].partition("</main>")[0]


def words_of(page: str) -> str:
    return " ".join(html.unescape(TAGS.sub(" ", page)).split())


def configured(**values: object) -> override_settings:
    return override_settings(CONFIG=django_settings.CONFIG.model_copy(update=values))


# -- choosing --


def test_the_picker_offers_every_region_by_its_canonical_path(client):
    page = main_of(client, "/en/lines/")

    assert page.count("<option ") == 1 + 240
    assert '<select id="country" name="to"' in page
    assert '<option value="/en/lines/mx/">Mexico</option>' in page


def test_the_picker_speaks_the_readers_language(client):
    page = main_of(client, "/es/lines/")

    assert '<option value="/es/lines/de/">Alemania</option>' in page


def test_the_operators_own_country_comes_before_the_list(client):
    with configured(country="MX"):
        page = main_of(client, "/en/lines/")

    assert page.index('value="/en/lines/mx/" data-to') < page.index("<select")


def test_the_answer_does_not_depend_on_where_the_visitor_is(client):
    here = client.get("/en/lines/", REMOTE_ADDR="81.2.69.160", HTTP_ACCEPT_LANGUAGE="es-MX")
    there = client.get("/en/lines/", REMOTE_ADDR="203.0.113.9")

    assert here.content == there.content


# -- a country --


def test_the_organisations_own_line_stands_first_then_the_emergency_number(client):
    with configured(own_line="212-555-0123", own_line_hours="9 to 5"):
        page = main_of(client, "/en/lines/us/")

    assert page.index("tel:+12125550123") < page.index("tel:911") < page.index("tel:+18007997233")
    assert "9 to 5" in page


def test_a_line_has_phone_text_deaf_access_hours_and_languages(client):
    page = main_of(client, "/en/lines/us/")

    assert 'href="tel:+18007997233"' in page
    assert 'href="sms:88788"' in page
    assert "Text START to 88788" in page
    assert "Relay: 711" in page
    assert "Video phone: 1-855-812-1001" in page
    assert "English, Spanish; 200+ by interpreter" in page


def test_no_text_link_brings_a_text_of_its_own(client):
    for country in set(Line.objects.exclude(sms_number="").values_list("country", flat=True)):
        page = main_of(client, f"/en/lines/{country.lower()}/")

        assert not re.search(r'href="sms:[^"]*[?&;]', page)


def test_a_text_to_911_comes_with_a_warning_before_its_link(client):
    page = main_of(client, "/en/lines/us/")

    assert page.index("It may not work there. Call if you can.") < page.index("sms:911")


def test_a_police_line_says_that_it_is_police_and_comes_last(client):
    page = main_of(client, "/en/lines/us/")

    assert page.index("This is police, not a support line.") < page.index("tel:+18663472423")
    assert re.findall(r"tel:[^\"]+", page)[-1] == "tel:+18663472423"


def test_the_change_of_operator_and_the_right_to_ask_first_are_said(client):
    english = words_of(main_of(client, "/en/lines/us/"))
    spanish = words_of(main_of(client, "/es/lines/us/"))

    assert "Compass Connections" in english
    assert "What do you tell the police?" in english
    assert "¿Qué le dicen a la policía?" in spanish


def test_a_line_that_may_answer_by_a_program_says_that_a_person_can_be_asked_for(client):
    assert "You can ask for a person." in words_of(main_of(client, "/en/lines/us/"))


def test_a_country_is_named_in_the_readers_language(client):
    assert '<h1 id="title">México</h1>' in main_of(client, "/es/lines/mx/")


@pytest.mark.parametrize("path", ["/en/lines/xx/", "/en/lines/US/", "/en/lines/usa/"])
def test_what_is_no_country_is_not_found(client, path):
    assert client.get(path).status_code == 404


def test_pages_may_be_kept(client):
    for path in ("/en/lines/", "/en/lines/us/"):
        assert client.get(path).headers["X-Leeward-Keep"] == "1"


def test_a_country_page_costs_the_same_few_queries_however_many_lines_it_has(client):
    costs = []
    for path in ("/en/lines/us/", "/en/lines/us/", "/en/lines/it/", "/en/lines/br/"):
        with CaptureQueriesContext(connection) as queries:
            client.get(path)
        costs.append(len(queries))

    assert len(set(costs[1:])) == 1
    assert costs[1] <= MOST_QUERIES


# -- freshness --


def test_a_checked_line_shows_the_date_and_stands_before_unchecked_ones(client):
    line = make_line(country="GB", topic="dv", name="Newly found", dial="+448000271299")
    for person in ("ana", "ben"):
        make_check(line, make_staff(person))

    page = words_of(main_of(client, "/en/lines/gb/"))

    assert "Two people checked this number. Last check:" in page
    assert page.index("Newly found") < page.index("National Domestic Abuse Helpline")


def test_stale_rows_are_not_rendered(client, time_machine):
    line = make_line()
    for person in ("ana", "ben"):
        make_check(line, make_staff(person))
    start = today()

    time_machine.move_to(f"{start + timedelta(days=90)} 12:00:00Z")
    on_the_last_day = main_of(client, "/en/lines/is/")
    time_machine.move_to(f"{start + timedelta(days=91)} 12:00:00Z")
    on_the_day_after = main_of(client, "/en/lines/is/")

    assert "561 1205" in on_the_last_day
    assert "561 1205" not in on_the_day_after


def test_a_shipped_row_says_that_only_a_source_confirmed_it_and_when(client):
    page = words_of(main_of(client, "/en/lines/us/"))

    assert "Not yet checked by us. Last confirmed by a public source: Oct. 1, 2026." in page
    assert "Two people checked" not in page


def test_with_nothing_fresh_the_emergency_number_still_stands(client, time_machine):
    time_machine.move_to("2036-01-01 12:00:00Z")

    page = main_of(client, "/en/lines/us/")

    assert 'href="tel:911"' in page
    assert 'href="tel:+1' not in page
    assert "We would rather show none than a wrong one." in page


def test_where_sources_do_not_agree_the_page_says_your_local_emergency_number(client):
    for country in ("am", "mq", "ug"):
        page = words_of(main_of(client, f"/en/lines/{country}/"))

        assert "Call your local emergency number." in page


# -- canaries --


def shown_numbers(page: str) -> set[str]:
    return set(re.findall(r'href="(?:tel|sms):([^"]+)"', page))


def hidden_rows(country: str) -> list[tuple[str, str]]:
    """Return (number as written, dial string) of what must not show for a country."""
    rows = [
        (line.phone, line.dial)
        for line in Line.objects.filter(country=country, grade="B").exclude(dial="")
    ]
    leads = [lead["phone"] for lead in facts.leads() if lead["country"] == country]
    return [*rows, *((phone, rules.dial_of(phone, country)) for phone in leads if phone)]


def names_of_hidden_rows(country: str) -> list[str]:
    """Return names that are long enough to be nobody else's."""
    names = Line.objects.filter(country=country, grade="B").values_list("name", flat=True)
    return [name for name in names if len(name) > 8]


@pytest.mark.parametrize("language", ["en", "es"])
def test_no_number_of_grade_b_or_of_a_lead_is_on_any_countrys_page(client, language):
    seen = 0
    for country in facts.emergency_facts():
        page = main_of(client, f"/{language}/lines/{country.lower()}/")
        allowed = facts.emergency_facts()[country].numbers
        for written, dial in hidden_rows(country):
            seen += 1
            if dial in allowed:
                continue
            assert dial not in shown_numbers(page), (country, dial)
            assert not re.search(rf"(?<![\d-]){re.escape(written)}(?![\d-])", words_of(page))
        for name in names_of_hidden_rows(country):
            assert name not in words_of(page), (country, name)
    assert seen > 150


def test_the_old_tty_number_is_on_no_page(client):
    assert "787-3224" not in main_of(client, "/en/lines/us/")
    assert "7873224" not in main_of(client, "/en/lines/us/")


def test_notes_for_editors_are_on_no_page(client):
    for line in Line.objects.exclude(editor_note="").exclude(editor_note=F("note_en")):
        page = words_of(main_of(client, f"/en/lines/{line.country.lower()}/"))

        assert line.editor_note not in page, line.key


# -- bytes, sitemap --


@pytest.mark.parametrize("path", ["/en/lines/", "/es/lines/", "/en/lines/us/", "/es/lines/us/"])
def test_a_page_with_its_frame_stays_under_ten_kilobytes(client, path):
    assert len(brotli.compress(client.get(path).content, quality=5)) < MOST_BYTES


def test_the_sitemap_lists_every_country_in_the_languages_for_reading():
    paths = [path for path in canonical_paths() if "/lines/" in path]

    assert {"/en/lines/", "/es/lines/us/"} <= set(paths)
    assert len(paths) == 2 * 241
    assert not any(path.startswith("/ar/") for path in paths)


def test_the_menu_leads_to_the_lines():
    (entry,) = surroundings.menu("es")

    assert entry.path == "/es/lines/"
