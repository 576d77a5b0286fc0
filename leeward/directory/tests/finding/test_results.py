"""What is found, and how each result reads."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import brotli
import pytest
import time_machine
from django.utils import timezone

from leeward.directory.models import Service, ServiceAtLocation
from leeward.directory.services import public
from leeward.directory.tests import make
from leeward.directory.tests.finding import places
from leeward.directory.views import wording

pytestmark = pytest.mark.django_db
HERE = {"where": "Brooklyn"}
KM_NORTH = 1 / 111.2  # degrees of latitude
MOST_BYTES = 10_000


def shelter(
    name: str = "Harbor Light", *, km: float = 0.0, of: Service | None = None, **values: Any
) -> ServiceAtLocation:
    """Return a shelter `km` north of the middle of Brooklyn."""
    latitude, longitude = make.BROOKLYN
    made = of or make.service(name, organization=make.organization(f"{name} Inc."))
    make.need(made, "shelter")
    at = make.location(latitude=latitude + km * KM_NORTH, longitude=longitude)
    make.address(at)
    return make.service_at_location(made, at, **values)


def test_the_journey_two_boys_and_a_dog_in_spanish_tonight(visitor):
    takes, refuses, unknown = (shelter(name, km=1) for name in ("Takes", "Refuses", "Unknown"))
    make.may_come(takes.service, yes=("children", "pets"), boys_to_age=17)
    make.speaks(takes.service, "es")
    make.capacity(takes.service, 1)
    make.may_come(refuses.service, yes=("children",), no=("pets",), boys_to_age=9)
    make.capacity(unknown.service, 2)
    wish = HERE | {"need": "shelter", "who": ["children", "pets"], "boy": "13", "lang": "es"}

    answer = visitor.asks("es", **wish, bed="1")

    assert answer.names == ["Takes", "Unknown"]
    for said in ("✓ Personas con mascota", "✓ Varones hasta los 17 años", "✓ Español"):
        assert said in answer.words
    assert (
        "? No se sabe, pregunta: Personas con hijos · Personas con mascota · Un varón"
        in answer.words
    )
    assert "Había una cama libre (dicho ahora mismo)" in answer.words


def test_the_phone_comes_before_everything_but_the_name(visitor):
    offer = shelter()
    make.phone(offer.service, "718-555-0134", extension=7, safe_to_call="They say only “Hello”.")

    page = visitor.asks(**HERE).main

    number = page.index('href="tel:+17185550134"')
    assert page.index("Harbor Light Inc.") < number < page.index("They say only")
    assert number < page.index('class="facts"') < page.index("<p>A safe place")
    assert "ext. 7" in page


def test_a_number_that_cannot_be_dialled_surely_is_shown_without_a_link(visitor):
    make.phone(shelter().service, "718-HELP-NOW ask for Ana")

    page = visitor.asks(**HERE).main

    assert "718-HELP-NOW ask for Ana" in page
    assert "tel:" not in page


def test_distances_are_told_in_miles_and_order_the_list(visitor):
    shelter("Far", km=16.1)
    shelter("Near", km=3.2)

    answer = visitor.asks(**HERE)

    assert answer.names == ["Near", "Far"]
    assert "2.0 miles" in answer.words
    assert "10 miles" in answer.words


def test_a_confidential_site_serves_this_area_and_has_no_distance(visitor):
    service = make.service("Quiet House")
    make.serves(service, places.BROOKLYN.areas[1], "Kings County")
    make.service_at_location(service, make.location(is_confidential=True, name="Quiet House"))

    answer = visitor.asks(**HERE)

    assert answer.names == ["Quiet House"]
    assert "Serves this area" in answer.words
    assert "mile" not in answer.main.partition('class="found"')[2].partition("</ol>")[0]


def test_a_national_line_appears_wherever_she_is(visitor):
    service = make.service("Night line")
    make.serves(service, "US", "United States")
    make.service_at_location(service, make.location(location_type="virtual"))

    assert visitor.asks(**HERE).names == visitor.asks(where="Albany").names == ["Night line"]


def test_nobody_sees_what_is_not_approved_or_not_public(visitor):
    shelter(of=make.service("Unvetted", organization=make.organization(is_approved=False)))
    shelter("Hidden", visibility="staff")

    assert visitor.asks(**HERE).names == []


def test_who_checked_it_and_when_is_said_and_the_old_sinks(visitor):
    today = public.today()
    fresh, old = today - timedelta(days=9), today - timedelta(days=400)
    shelter("Old", km=1, verified_on=old, due_on=old + timedelta(days=182))
    shelter("Fresh", km=1.1, verified_on=fresh, due_on=today + timedelta(days=90))
    shelter("Never", km=5)

    answer = visitor.asks(**HERE)

    assert answer.names == ["Fresh", "Old", "Never"]
    assert "This may be out of date. Ask when you call." in answer.words
    assert "Not checked with the people there." in answer.words


def test_beds_told_too_long_ago_say_call(visitor):
    offer = shelter()
    make.capacity(offer.service, 3, updated=timezone.now() - timedelta(hours=30))

    answer = visitor.asks(**HERE)

    assert "Call and ask for a bed (told 1 day ago)" in answer.words
    assert visitor.asks(**HERE, bed="1").names == []


@pytest.mark.parametrize(
    ("moment", "said"),
    [
        ("2026-07-01T15:00Z", "Open now, until 5 p.m."),
        ("2026-07-01T12:00Z", "Closed now. Opens: 9 a.m."),
        ("2026-07-02T22:00Z", "Closed now. Opens: Wednesday 9 a.m."),
    ],
)
def test_hours_are_told_by_the_clock_of_the_place(visitor, moment, said):
    make.opens(shelter(), "WE", "09:00", "17:00")

    with time_machine.travel(moment, tick=False):
        answer = visitor.asks(**HERE)

    assert said in answer.words


def test_twenty_come_at_a_time_and_the_question_goes_along(visitor):
    for number in range(23):
        shelter(f"House {number:02}", km=number / 10)
    first = visitor.asks(**HERE, need="shelter", who=["women"])

    name, value = first.value_of("Next twenty")
    second = visitor.sends("/en/services/", **first.hidden() | {name: value})

    assert (len(first.names), len(second.names)) == (20, 3)
    assert second.names[0] == "House 20"
    assert second.hidden()["who"] == ["women"]
    assert second.value_of("The twenty before") == ("from", "0")


def test_a_name_of_two_places_is_read_as_the_likeliest_and_the_other_is_offered(visitor):
    shelter()

    answer = visitor.asks(**HERE)
    name, value = answer.value_of("Brooklyn, OH")

    assert "Help near Brooklyn, NY" in answer.words
    assert "Nothing found near Brooklyn, OH" in visitor.asks(**{name: value}).words


def test_an_unknown_place_is_answered_calmly_and_with_lines(visitor):
    answer = visitor.asks(where="Xyzzy", need="shelter")

    assert answer.status == 200
    assert "Try a ZIP code, or a bigger town near it." in answer.words
    assert "Lines to call or text" in answer.words
    assert 'name="need" value="shelter"' in answer.main


def test_a_slip_of_the_finger_is_read_and_said(visitor):
    shelter("Emergency shelter")

    answer = visitor.asks(**HERE, words="sheltr")

    assert answer.names == ["Emergency shelter"]
    assert "We read “sheltr” as “shelter”." in answer.words


def test_spanish_words_find_english_records(visitor):
    shelter("Emergency housing")

    assert visitor.asks("es", **HERE, words="albergue").names == ["Emergency housing"]


def test_when_nothing_is_found_each_way_to_widen_is_one_button(visitor):
    shelter("Far", km=60)
    make.may_come(shelter("Women only", km=1).service, no=("men",))

    answer = visitor.asks(**HERE, who="men", within="40")
    farther, clear = answer.value_of("Look farther"), answer.value_of("Only by place and need")

    assert "Nothing found near Brooklyn, NY" in answer.words
    assert visitor.asks(**answer.hidden() | dict([farther])).names == ["Far"]
    assert visitor.asks(**answer.hidden() | dict([clear])).names == ["Women only"]


def test_words_without_a_place_are_looked_for_everywhere(visitor):
    shelter("Harbor Light")

    answer = visitor.asks(words="harbor")

    assert answer.names == ["Harbor Light"]
    assert "You named no place." in answer.words


def test_results_come_from_the_index_with_few_queries(visitor, django_assert_max_num_queries):
    for number in range(20):
        offer = shelter(f"House {number}", km=number / 10)
        make.phone(offer.service)
    visitor.asks(**HERE)

    with django_assert_max_num_queries(8):
        answer = visitor.asks(**HERE)

    assert len(answer.names) == 20


def test_a_page_of_twenty_is_small(visitor):
    for number in range(20):
        offer = shelter(f"House {number}", km=number / 10)
        make.phone(offer.service, f"718-555-01{number:02}")
        make.may_come(offer.service, yes=("women", "children"), boys_to_age=number)

    page = visitor.asks(**HERE, who=["women", "children"], boy="3").response.content

    assert len(brotli.compress(page, quality=5)) < MOST_BYTES


def test_no_button_or_field_puts_the_question_in_an_address(visitor):
    shelter()

    page = visitor.asks(**HERE, words="zq secret").main

    assert "?" not in "".join(part.partition('"')[0] for part in page.split('value="/')[1:])
    assert 'method="get"' not in page
    assert "href=" not in page.replace('href="tel:', "")


def test_a_number_reads_as_people_of_the_country_write_it(visitor):
    offer = shelter()
    make.phone(offer.service, "+1 718-555-0134")

    page = visitor.asks(**HERE).main

    assert '<a class="number" href="tel:+17185550134">718-555-0134</a>' in page


def test_the_sketch_says_how_to_read_it_and_credits_its_places(visitor):
    shelter("Near")
    shelter("Far", km=5)

    words = visitor.asks(**HERE).words

    assert "A + means more at that spot." in words
    assert "GeoNames (geonames.org), CC BY 4.0" in words


def test_namesakes_come_before_places_of_another_name():
    others = [places.ALBANY, places.BROOKLYN_OHIO]

    assert wording.other_places(places.BROOKLYN, others) == ["Brooklyn, OH"]
    assert wording.other_places(places.BROOKLYN, others[:1]) == ["Albany, NY"]
