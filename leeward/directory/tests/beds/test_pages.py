"""The pages of shelters and advocates: who may enter, one tap, calm answers, no free text."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from leeward import gazetteer
from leeward.directory import staff
from leeward.directory.forms.staff_beds import area_of
from leeward.directory.models import BedRequest, CapacityEvent, Service, ServiceCapacity
from leeward.directory.services import beds
from leeward.directory.services.beds import Count
from leeward.directory.tests import make
from leeward.directory.tests.beds.make import ask, browser, person, shelter
from leeward.gazetteer import GazetteerUnfit, Place

pytestmark = pytest.mark.django_db
NIGHT = datetime(2026, 11, 24, 2, 40, tzinfo=UTC)
WISH = {"unit": "bed", "units": "1", "minutes": "30", "who": ["women"]}


@pytest.fixture
def house():
    return shelter()


@pytest.fixture
def shira(house):
    return person("shira", "shelter", house)


@pytest.fixture
def avi():
    return person("avi", "advocate")


def path_of(service: Service) -> str:
    return f"/staff/beds/shelters/{service.pk}/"


def reply_path(request: BedRequest, service: Service) -> str:
    return f"{path_of(service)}requests/{request.pk}/"


def text_of(response: object) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


def wish(**changed: object) -> dict[str, object]:
    return WISH | {"night": timezone.localdate().isoformat()} | changed


# -- who may enter --


@pytest.mark.parametrize(
    ("role", "may_tell", "may_ask"),
    [
        ("shelter", True, False),
        ("partner", True, False),
        ("advocate", False, True),
        ("coordinator", True, True),
        ("editor", False, False),
    ],
)
def test_each_role_enters_its_own_pages_alone(role, may_tell, may_ask):
    inside = browser(person("ana", role))

    statuses = [
        inside.get(path).status_code
        for path in ("/staff/beds/", "/staff/beds/requests/", "/staff/beds/requests/new/")
    ]

    assert statuses == [200 if may_tell else 403] + [200 if may_ask else 403] * 2


def test_a_shelter_can_neither_see_nor_tell_nor_answer_for_another(shira, avi):
    other = shelter("Other")
    made = ask(avi)
    inside = browser(shira)

    seen = inside.get(path_of(other))
    told = inside.post(path_of(other), {"unit": "bed", "available": "3"})
    answered = inside.post(reply_path(made, other), {"answer": "yes"})

    assert [seen.status_code, told.status_code, answered.status_code] == [404, 404, 404]
    assert not CapacityEvent.objects.exists()
    assert BedRequest.objects.get().state == "open"


def test_somebody_who_is_not_signed_in_is_sent_to_sign_in(house):
    for path in ("/staff/beds/", path_of(house), "/staff/beds/requests/"):
        assert Client().get(path)["Location"] == "/staff/sign-in/"


# -- telling --


def test_a_shelter_comes_straight_to_its_own_buttons(house, shira):
    page = text_of(browser(shira).get("/staff/beds/"))

    assert house.name in page
    assert "We have room" in page
    assert "Never told" in page


def test_each_button_is_one_tap(house, shira):
    inside = browser(shira)
    beds.tell(house.pk, "bed", Count(2, 1), by=shira)
    page = inside.get(path_of(house)).content.decode()
    buttons = re.findall(r'<button class="big[^"]*" name="(\w+)" value="(\w+)"', page)

    assert buttons == [
        ("available", "1"),
        ("available", "3"),
        ("say", "full"),
        ("available", "2"),
        ("available", "2"),
        ("restricted", "0"),
        ("restricted", "2"),
    ]


@pytest.mark.parametrize(
    ("sent", "counts"),
    [
        ({"available": "3", "restricted": "1"}, (3, 1)),
        ({"say": "full", "restricted": "4"}, (0, 0)),
        ({"available": "0"}, (0, 0)),
    ],
)
def test_what_is_tapped_is_written_down_and_said(house, shira, sent, counts):
    response = browser(shira).post(path_of(house), {"unit": "bed", **sent}, follow=True)

    row = ServiceCapacity.objects.get()
    assert (row.available, row.restricted_available) == counts
    assert "Written down: Bed" in text_of(response)
    assert "Shira" in text_of(response)


@pytest.mark.parametrize(
    "sent",
    [
        {"unit": "bed"},
        {"unit": "tent", "available": "1"},
        {"unit": "bed", "available": "-1"},
        {"unit": "bed", "available": "1000"},
        {"unit": "bed", "available": "three, ask for Maria"},
        {"unit": "bed", "available": "1", "say": "maybe"},
        {},
    ],
)
def test_what_is_no_count_is_refused_calmly_and_changes_nothing(house, shira, sent):
    response = browser(shira).post(path_of(house), sent)

    assert response.status_code == 422
    assert "Nothing was changed" in text_of(response)
    assert not CapacityEvent.objects.exists()


def test_more_than_the_house_has_is_said_calmly(house, shira):
    make.capacity(house, 2, maximum=4)

    response = browser(shira).post(path_of(house), {"unit": "bed", "available": "5"}, follow=True)

    assert "This house has 4. Nothing was changed." in text_of(response)


def test_the_page_says_when_a_colleague_told_something_in_between(house, shira):
    bea = person("bea", "shelter", house)
    seen = beds.tell(house.pk, "bed", Count(2), by=shira).event.pk
    beds.tell(house.pk, "bed", Count(4), by=bea, seen=seen)

    response = browser(shira).post(
        path_of(house), {"unit": "bed", "available": "1", "seen": str(seen)}, follow=True
    )

    assert "Bea had told 4 free in between" in text_of(response)
    assert ServiceCapacity.objects.get().available == 1


def test_what_ran_out_says_so_and_offers_still_the_same(house, shira):
    with time_machine.travel(timezone.now() - timedelta(hours=13), tick=False):
        beds.tell(house.pk, "bed", Count(2), by=shira)
    inside = browser(shira)

    before = text_of(inside.get(path_of(house)))
    after = text_of(inside.post(path_of(house), {"unit": "bed", "available": "2"}, follow=True))

    assert "visitors read “call”" in before
    assert "Still the same" in before
    assert "Holds until" in after


def test_the_hour_is_the_clock_on_the_shelters_own_wall(house, shira):
    place = make.location(time_zone="America/Los_Angeles")
    make.service_at_location(house, place)
    with time_machine.travel(NIGHT, tick=False):
        beds.tell(house.pk, "bed", Count(2), by=shira)
        page = text_of(browser(shira).get(path_of(house)))

    assert "Holds until 06:40" in page
    assert "Mon 23 Nov, 18:40" in page


def test_a_coordinator_sees_every_member_shelter_with_its_word(house):
    beds.tell(house.pk, "bed", Count(2), by=None)
    shelter("Other")

    page = text_of(browser(person("cora", "coordinator")).get("/staff/beds/"))

    assert "Harbour Harbour House Yes" in page
    assert "Other Other House Call" in page


# -- asking and answering --


def test_an_advocate_asks_a_shelter_answers_and_the_advocate_sees_whom_to_call(house, shira, avi):
    make.phone(house, "718-555-0102", visibility="staff")
    asking, answering = browser(avi), browser(shira)

    asked = asking.post("/staff/beds/requests/new/", wish(boy="13"))
    made = BedRequest.objects.get()
    waiting = text_of(answering.get("/staff/beds/"))
    answering.post(reply_path(made, house), {"answer": "yes"})
    found = text_of(asking.get(asked["Location"]))

    assert "An advocate asks for a place" in waiting
    assert "oldest boy: 13" in waiting
    assert "A shelter said yes Harbour Harbour House 718-555-0102" in found


def test_the_advocate_never_reads_where_a_shelter_is(house, shira, avi):
    place = make.location(name="Canary Lane House")
    make.address(place, address_1="77 Canary Lane")
    make.service_at_location(house, place)
    made = ask(avi)
    browser(shira).post(reply_path(made, house), {"answer": "yes"})

    page = browser(avi).get(f"/staff/beds/requests/{made.pk}/").content.decode()

    assert "Harbour House" in page
    assert "Canary" not in page


def test_the_second_yes_is_told_calmly(house, shira, avi):
    other = shelter("Other")
    bo = person("bo", "shelter", other)
    made = ask(avi)
    browser(shira).post(reply_path(made, house), {"answer": "yes"})

    page = text_of(browser(bo).post(reply_path(made, other), {"answer": "yes"}, follow=True))

    assert "Another shelter said yes a moment before you" in page
    assert "Found elsewhere. Thank you." in page


def test_a_request_that_is_ended_tells_the_shelter_that_it_is_not_needed(house, shira, avi):
    made = ask(avi)
    browser(shira).post(reply_path(made, house), {"answer": "yes"})

    browser(avi).post(f"/staff/beds/requests/{made.pk}/close/")

    assert "Not needed any more" in text_of(browser(shira).get("/staff/beds/"))


def test_what_is_not_known_of_a_shelter_is_marked_for_the_advocate(house, avi):
    made = ask(avi)

    page = text_of(browser(avi).get(f"/staff/beds/requests/{made.pk}/"))

    assert "not known: whether a place is free" in page


def test_nobody_to_ask_is_said_and_nothing_is_stored(avi):
    response = browser(avi).post("/staff/beds/requests/new/", wish())

    assert response.status_code == 422
    assert "No member shelter fits all of this" in text_of(response)
    assert not BedRequest.objects.exists()


def test_no_field_takes_words_but_the_place_and_that_becomes_a_code(house, avi, monkeypatch):
    inside = browser(avi)
    monkeypatch.setattr(gazetteer, "find", lambda *_, **__: [BROOKLYN])
    form = inside.get("/staff/beds/requests/new/").content.decode().partition('class="panel"')[2]
    types = re.findall(r'<input type="(\w+)" name="(\w+)"', form)

    inside.post("/staff/beds/requests/new/", wish(place="at Maria's, 11201", name="Maria"))

    assert "<textarea" not in form
    assert {name for kind, name in types if kind not in {"checkbox", "number", "hidden"}} == {
        "place"
    }
    made = BedRequest.objects.get()
    assert made.area_code == "US-NY/kings-county"
    assert "Maria" not in str(BedRequest.objects.values())


@pytest.mark.parametrize(
    ("areas", "kept"),
    [
        (
            ("US/11201", "US-NY/kings-county/brooklyn", "US-NY/kings-county", "US-NY"),
            "US-NY/kings-county",
        ),
        (("US-NY/-/nowhere", "US-NY", "US", "world"), "US-NY"),
        (("FR-11/paris", "FR-11", "FR", "world"), "FR-11"),
        (("IS/-/vik", "IS", "world"), "IS"),
        (("US-NY", "US", "world"), "US-NY"),
    ],
)
def test_of_a_place_nothing_narrower_than_a_county_is_kept(areas, kept):
    assert area_of(place("X", "X, NY", areas)) == kept


def test_a_name_of_several_places_asks_which_and_takes_the_one_picked(avi, house, monkeypatch):
    make.serves(house, "US-NY/kings-county")
    monkeypatch.setattr(gazetteer, "find", lambda *_, **__: [OHIO, BROOKLYN])
    inside = browser(avi)

    which = inside.post("/staff/beds/requests/new/", wish(place="Brooklyn"))
    inside.post("/staff/beds/requests/new/", wish(place="Brooklyn", area="US-NY/kings-county"))

    assert which.status_code == 422
    assert "Brooklyn, OH" in text_of(which)
    assert BedRequest.objects.get().area_code == "US-NY/kings-county"


def test_a_missing_gazetteer_is_no_reason_not_to_ask(avi, house, monkeypatch):
    def unfit(text: str, **_: object) -> list[Place]:
        raise GazetteerUnfit

    monkeypatch.setattr(gazetteer, "find", unfit)
    inside = browser(avi)

    named = inside.post("/staff/beds/requests/new/", wish(place="Brooklyn"))
    unnamed = inside.post("/staff/beds/requests/new/", wish())

    assert "can't be looked up just now" in text_of(named).replace("&#x27;", "'")
    assert unnamed.status_code == 302


@pytest.mark.parametrize(
    "odd",
    [
        {"unit": "tent"},
        {"units": "0"},
        {"units": "Maria"},
        {"minutes": "600"},
        {"night": "2020-01-01"},
        {"who": ["Maria"]},
        {"lang": ["the language of Maria"]},
        {"boy": "nine, he is called Jo"},
    ],
    ids=str,
)
def test_whatever_else_is_sent_in_a_field_is_refused(avi, house, odd):
    response = browser(avi).post("/staff/beds/requests/new/", wish(**odd))

    assert response.status_code == 422
    assert not BedRequest.objects.exists()


# -- menu and start page --


def test_the_start_page_says_what_waits_for_whom(house, shira, avi):
    made = ask(avi)

    before = [item.text for item in staff.attention(shira)]
    browser(shira).post(reply_path(made, house), {"answer": "yes"})
    beds.tell(house.pk, "bed", Count(0), by=shira)

    assert before == [
        "An advocate asks for a place: 1 request",
        "Your beds were told too long ago. Is it still the same?",
    ]
    assert [item.text for item in staff.attention(shira)] == []
    assert [item.text for item in staff.attention(avi)] == ["A shelter said yes: 1 request"]


def test_the_menu_shows_each_its_own(shira, avi):
    of_shira = text_of(browser(shira).get("/staff/"))
    of_avi = text_of(browser(avi).get("/staff/"))

    assert "Say in one tap what is free" in of_shira
    assert "Ask every member shelter" not in of_shira
    assert "Ask every member shelter" in of_avi


def place(name: str, label: str, areas: tuple[str, ...]) -> Place:
    return Place(
        name=name,
        kind="town",
        admin1=label[-2:],
        county="",
        country="US",
        latitude=40.0,
        longitude=-74.0,
        population=0,
        time_zone="America/New_York",
        label=label,
        areas=areas,
    )


BROOKLYN = place(
    "Brooklyn",
    "Brooklyn, NY",
    ("US/11201", "US-NY/kings-county/brooklyn", "US-NY/kings-county", "US-NY", "US", "world"),
)
OHIO = place(
    "Brooklyn", "Brooklyn, OH", ("US-OH/cuyahoga-county/brooklyn", "US-OH/cuyahoga-county", "US-OH")
)
