"""A listing's page: what it shows, what it keeps to itself, and telling us what is wrong."""

from __future__ import annotations

import uuid

import pytest
from django.test import Client

from leeward.directory.models import CostOption, Report, RequiredDocument, ServiceAtLocation
from leeward.directory.tests import make
from leeward.safety.access import KEEP_HEADER

pytestmark = pytest.mark.django_db
QUESTION = {"where": "Brooklyn", "need": "shelter", "who": ["pets"], "boy": "13"}


def path_of(offer: ServiceAtLocation, language: str = "en") -> str:
    return f"/{language}/services/{offer.pk}/"


@pytest.fixture
def offer():
    service = make.service(
        "Harbor Light",
        description="A house with a garden.",
        before_you_go="Come to the side door.",
        fees_description="Nothing to pay.",
        eligibility_description="Over 18.",
    )
    CostOption.objects.create(service=service, option="Meals", amount=2, currency="USD")
    RequiredDocument.objects.create(service=service, document="Any card with your name")
    at = make.location()
    make.address(at)
    make.phone(service, "718-555-0134", safe_to_call="They answer “Hello”.")
    make.speaks(service, "es")
    make.may_come(service, yes=("women", "pets"), no=("men",), boys_to_age=17)
    offer = make.service_at_location(service, at)
    make.opens(offer, "MO,TU", "09:00", "17:00")
    return offer


def test_it_tells_what_somebody_must_know_before_going(visitor, offer):
    words = visitor.opens(path_of(offer)).words

    for said in (
        "718-555-0134",
        "They answer “Hello”.",
        "Read before you go Come to the side door.",
        "12 Main Street",
        "Spanish",
        "Nothing to pay.; Meals: 2 USD",
        "Any card with your name",
        "Over 18.",
        "A house with a garden.",
        "Monday – Tuesday 9 a.m. – 5 p.m.",
        "Wednesday – Sunday closed",
        "Not checked with the people there.",
    ):
        assert said in words


def test_who_may_come_has_three_answers(visitor, offer):
    words = visitor.opens(path_of(offer)).words

    yes, no, unknown = words.index("✓ Yes"), words.index("✗ No"), words.index("? Not known")
    assert yes < words.index("People with a pet") < words.index("Boys up to 17") < no
    assert no < words.index("Men", no) < unknown < words.index("Survivors of trafficking")


def test_the_number_comes_first(visitor, offer):
    page = visitor.opens(path_of(offer)).main

    assert page.index('href="tel:+17185550134"') < page.index('class="callout care before"')


def test_it_is_there_in_spanish(visitor, offer):
    words = visitor.opens(path_of(offer, "es")).words

    assert "Lee esto antes de ir" in words
    assert "Varones hasta los 17 años" in words
    assert "Lunes – martes" in words


def test_a_confidential_site_gives_no_address_and_says_how_to_learn_it(visitor):
    service = make.service("Quiet House")
    make.serves(service, "US-NY/kings-county", "Kings County")
    offer = make.service_at_location(service, make.location(is_confidential=True, name="zq house"))
    make.address(offer.location, address_1="77 Zq Street")

    words = visitor.opens(path_of(offer)).words

    assert "The address is not public. Call and ask how to get there." in words
    assert "Serves: Kings County" in words
    assert "zq" not in words.lower()


def test_all_that_is_not_listed_is_the_same_calm_404(visitor, offer):
    hidden = make.service_at_location(visibility="staff")
    unvetted = make.service_at_location(
        make.service(organization=make.organization(is_approved=False))
    )
    unknown = visitor.opens(f"/en/services/{uuid.uuid4()}/")

    pages = [visitor.opens(path_of(one)) for one in (hidden, unvetted)]
    pages.append(visitor.sends(path_of(hidden) + "wrong/", kind="number"))

    assert {page.status for page in pages} == {unknown.status} == {404}
    assert {page.main for page in pages} == {unknown.main}
    assert Report.objects.count() == 0


def test_back_to_the_results_carries_the_question(visitor, offer):
    answer = visitor.sends(path_of(offer), **QUESTION)

    assert "Back to the results" in answer.words
    assert answer.hidden() == {
        "to": ["/en/services/"],
        "where": ["Brooklyn"],
        "need": ["shelter"],
        "who": ["pets"],
        "boy": ["13"],
        "within": ["40"],
    }
    assert 'id="back" form="again"' in answer.main


def test_without_a_question_there_is_nothing_to_go_back_to(visitor, offer):
    page = visitor.opens(path_of(offer))

    assert "Back to the results" not in page.words
    assert 'id="back" form="go"' in page.main


def test_neither_a_listing_nor_a_report_may_be_kept(visitor, offer):
    for path in (path_of(offer), path_of(offer) + "wrong/"):
        assert KEEP_HEADER not in visitor.opens(path).response.headers
        assert visitor.opens(path).response.headers["Cache-Control"] == "no-store"


def test_a_report_is_stored_without_anything_about_its_sender(visitor, offer):
    wrong = path_of(offer) + "wrong/"
    asked = visitor.sends(wrong, **QUESTION)

    thanked = visitor.sends(wrong, **QUESTION, kind="number", text="It rings\0 " + "x" * 900)

    report = Report.objects.get()
    assert "Please write no names" in asked.words
    assert "Thank you" in thanked.words
    assert (report.service_at_location, report.kind) == (offer, "number")
    assert report.text.startswith("It rings x")
    assert len(report.text) <= 500
    assert thanked.hidden()["where"] == ["Brooklyn"]


@pytest.mark.parametrize("kind", ["", "gold", "number\0"])
def test_a_report_of_no_kind_is_asked_for_once_more(visitor, offer, kind):
    answer = visitor.sends(path_of(offer) + "wrong/", kind=kind, text="abc")

    assert answer.status == 200
    assert "What is wrong?" in answer.words
    assert Report.objects.count() == 0


def test_the_print_button_is_there_for_scripts_alone(visitor, offer):
    page = visitor.opens(path_of(offer)).main

    assert 'data-print class="button plain only-js"' in page
    assert "send to" not in page.lower()


def test_an_id_that_is_none_is_a_404():
    assert Client().get("/en/services/not-an-id/").status_code == 404
