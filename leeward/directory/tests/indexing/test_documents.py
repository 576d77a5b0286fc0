"""What documents hold: public facts alone, and everything that a search asks for."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone

from leeward.directory.models import Contact, Visibility
from leeward.directory.rules.phones import dial_of
from leeward.directory.search.card import (
    Card,
    CardBeds,
    CardPhone,
    CardUnreadable,
    from_bytes,
    to_bytes,
)
from leeward.directory.search.types import Document, Point
from leeward.directory.services import indexing
from leeward.directory.services.indexing.offer import Offer
from leeward.directory.services.indexing.reading import Batch
from leeward.directory.tests import make

pytestmark = pytest.mark.django_db


def only() -> tuple[Document, Card]:
    """Return the one document there is, and its card."""
    (document,) = indexing.documents()
    return document, from_bytes(document.card)


def test_a_card_comes_back_as_it_was_packed():
    full = Card(
        id="a",
        service_id="b",
        name="Ñandú",
        organization="Org",
        areas=("Kings County",),
        phones=(CardPhone("718", 5, "+1718", "desk", "shows as Unknown"), CardPhone("988")),
        hours=b"\x00\xff",
        beds=(CardBeds("bed", "yes", 5),),
        boys_to_age=0,
        is_confidential=True,
    )

    assert from_bytes(to_bytes(full)) == full


@pytest.mark.parametrize("packed", [b"", b"{", b"[]", b"{}", b'{"id":1,"nothing":2}', b"\xff\xfe"])
def test_bytes_that_are_no_card_are_refused(packed):
    with pytest.raises(CardUnreadable):
        from_bytes(packed)


def test_a_document_holds_what_a_search_asks_for():
    service = make.service(description="Rooms for families", interpretation_services="by phone")
    offer = make.service_at_location(service)
    make.address(offer.location)
    make.need(service, "shelter")
    make.may_come(service, yes=("women", "pets"), no=("men",), boys_to_age=13)
    make.attribute(offer.location, "access", "wheelchair", "yes")
    make.speaks(service, "es")
    make.speaks(make.phone(offer.location), "ar")
    make.serves(service, "US-NY")

    document, card = only()

    assert (document.number, document.point) == (offer.number, Point(*make.BROOKLYN))
    assert document.areas == ()
    assert document.needs == {"shelter"}
    assert document.yes == {"women", "pets", "wheelchair"}
    assert document.no == {"men"}
    assert document.boys_to_age == 13
    assert document.languages == {"es", "ar"}
    assert document.name == "Emergency shelter · Harbour House"
    for word in ("refugio", "safe place", "Rooms", "Brooklyn", "Kings County", "11201", "NY"):
        assert word in document.text
    assert card.place == "Brooklyn, NY 11201"
    assert card.address == ("12 Main Street", "Brooklyn, NY 11201")
    assert card.phones[0].dial == "+17185550134"
    assert card.yes == ("women", "pets", "wheelchair")


def test_parts_that_are_not_public_stay_out():
    offer = make.service_at_location()
    hidden = {"visibility": Visibility.PARTNER}
    make.phone(offer.service, number="718-555-0001", **hidden)
    make.phone(Contact.objects.create(service=offer.service, name="Ana"), number="718-555-0002")
    make.address(offer.location, **hidden)
    make.attribute(offer.service, "needs", "legal", "yes", **hidden)

    document, card = only()

    assert (card.phones, card.address, card.place) == ((), (), "")
    assert document.needs == frozenset()
    assert "Brooklyn" not in document.text


def test_a_confidential_site_comes_in_by_its_area_alone():
    at = make.location(is_confidential=True, name="Mill house")
    offer = make.service_at_location(at=at, description="behind the mill")
    make.address(at, address_1="9 Mill Lane")
    make.phone(at, number="718-555-0199")
    make.attribute(at, "access", "wheelchair", "yes")
    make.phone(offer.service, number="718-555-0100")
    make.serves(offer, "US-NY/kings-county", "Kings County")

    document, card = only()

    told = repr(document).lower()
    assert (document.point, document.areas) == (None, ("US-NY/kings-county",))
    assert card.is_confidential
    assert card.areas == ("Kings County",)
    assert [each.number for each in card.phones] == ["718-555-0100"]
    for secret in ("mill", "brooklyn", "11201", "0199", "wheelchair"):
        assert secret not in told


def test_a_confidential_site_without_an_area_is_given_none():
    make.service_at_location(at=make.location(is_confidential=True))

    assert only()[0].areas == ()


def test_a_phone_line_without_an_area_serves_the_country_of_the_site():
    make.service_at_location(at=make.location(location_type="virtual"))

    document, _card = only()

    assert (document.point, document.areas) == (None, ("US",))


def test_hidden_wins_where_two_rows_tell_who_may_come_otherwise():
    offer = make.service_at_location()
    make.may_come(offer.service, yes=("men", "pets"), no=("men",))

    document, _card = only()

    assert document.yes == {"pets"}
    assert document.no == {"men"}


def test_the_own_check_counts_before_that_of_the_service():
    service = make.service(verified_on=date(2026, 1, 1), due_on=date(2026, 7, 1))
    own = make.service_at_location(service, verified_on=date(2026, 3, 1), due_on=date(2026, 4, 1))
    other = make.service_at_location(service)
    never = make.service_at_location()

    due = {each.number: each.due_on for each in indexing.documents()}

    assert due == {
        own.number: date(2026, 4, 1).toordinal(),
        other.number: date(2026, 7, 1).toordinal(),
        never.number: 0,
    }


def test_free_beds_are_told_with_their_moment_and_run_out():
    told = datetime(2026, 11, 23, 20, 0, tzinfo=UTC)
    offer = make.service_at_location()
    make.capacity(offer.service, 2, updated=told)
    make.capacity(offer.service, 0, unit="family_room", updated=told)
    make.capacity(offer.service, 3, unit="hotel_night", updated=None)

    document, card = only()

    minute = int(told.timestamp()) // 60
    assert minute < document.beds_until <= minute + 24 * 60
    assert set(card.beds) == {
        CardBeds("bed", "yes", minute),
        CardBeds("family_room", "no", minute),
        CardBeds("hotel_night", "call", 0),
    }


def test_the_nearest_number_comes_first_and_none_twice():
    offer = make.service_at_location()
    make.phone(offer.service.organization, number="718-555-0101")
    make.phone(offer.service, number="(718) 555-0102")
    make.phone(offer.location, number="+1 718 555 0102")
    make.phone(offer, number="718-555-0103")
    make.phone(offer, number="718-555-0104", type="fax")

    dials = [each.dial for each in only()[1].phones]

    assert dials == ["+17185550103", "+17185550102", "+17185550101"]


@pytest.mark.parametrize(
    ("number", "country", "dial"),
    [
        ("(718) 555-0134", "US", "+17185550134"),
        ("1.718.555.0134", "US", "+17185550134"),
        ("988", "US", "988"),
        ("0808 2000 247", "GB", "+448082000247"),
        ("+44 808 2000 247", "US", "+448082000247"),
        ("call the desk", "US", ""),
        ("718-555-0134 or 0135", "US", ""),
        ("12", "US", ""),
        ("", "US", ""),
    ],
)
def test_a_number_is_dialled_only_where_that_is_sure(number, country, dial):
    assert dial_of(number, country) == dial


def test_the_source_of_the_nearest_record_is_named():
    file = make.source(name="City list", note_en="From the city", note_es="De la ciudad")
    make.service_at_location(make.service(organization=make.organization(source=file)))

    _document, card = only()

    assert (card.source_name, card.source_note_es) == ("City list", "De la ciudad")


def test_a_long_description_is_cut_at_a_word():
    make.service_at_location(make.service(description="many words " * 60))

    _document, card = only()

    assert len(card.description) <= 300
    assert card.description.endswith("words…")


def test_documents_cost_as_many_queries_for_many_as_for_one(
    django_assert_num_queries, django_assert_max_num_queries
):
    numbers = [make.service_at_location().number]
    with django_assert_max_num_queries(9) as first:
        list(indexing.documents(numbers))
    numbers += [make.service_at_location().number for _more in range(5)]

    with django_assert_num_queries(len(first.captured_queries)):
        assert len(list(indexing.documents(numbers))) == 6


def test_all_documents_come_once_over_many_batches(monkeypatch):
    monkeypatch.setattr("leeward.directory.services.indexing.reading.BATCH", 2)
    numbers = sorted(make.service_at_location().number for _each in range(5))

    assert [each.number for each in indexing.documents()] == numbers
    assert [each.number for each in indexing.documents(numbers)] == numbers


def test_an_approval_that_ended_leaves_without_a_write(time_machine):
    offer = make.service_at_location()
    assert len(list(indexing.documents())) == 1

    time_machine.move_to(timezone.now() + timedelta(days=make.APPROVED_DAYS + 1))

    assert list(indexing.documents([offer.number])) == []


@pytest.mark.parametrize(
    ("is_confidential", "kind", "found"),
    [
        (False, "physical", Point(40.7, -74.0)),
        (True, "physical", None),
        (False, "virtual", None),
    ],
    ids=["open", "confidential", "without a place"],
)
def test_a_confidential_place_has_no_point_even_if_its_row_had_one(is_confidential, kind, found):
    row = {
        "location__is_confidential": is_confidential,
        "location__location_type": kind,
        "location__latitude": 40.7,
        "location__longitude": -74.0,
    }
    nothing_else = Batch([row], {}, {}, {}, {}, {}, {}, {})

    assert Offer(nothing_else, row).point == found
