"""What stays for visitors when a place is hidden: what staff keep with its services."""

from __future__ import annotations

import pytest

from leeward.directory.models import Contact, Location, Phone, Revision, ServiceArea, Visibility
from leeward.directory.services import confidential, hiding, indexing, public
from leeward.directory.tests import make
from leeward.people.tests.make import account, signed_in

pytestmark = pytest.mark.django_db

AREA = "/staff/directory/"
STREET = "44 Hidden Elm Street"


@pytest.fixture
def editor():
    return account("edda", "editor")


@pytest.fixture
def shelter():
    """Return an offer whose number, hours and language stand on its place alone."""
    place = make.location()
    make.address(place, address_1=STREET)
    make.phone(place, "718-555-0199", description=f"Rings at {STREET}", safe_to_call="No name")
    make.opens(place, "MO", "09:00", "17:00")
    make.speaks(place, "es")
    return make.service_at_location(at=place)


def kept(service) -> list[int]:
    return [service.phones.count(), service.schedules.count(), service.languages.count()]


def keep_all(place) -> list[str]:
    return [str(part.pk) for part in hiding.keepable(place)]


def test_what_staff_keep_stays_for_visitors_with_the_service(shelter, editor):
    hiding.hide(shelter.location, editor, keep=keep_all(shelter.location))

    assert kept(shelter.service) == [1, 1, 1]
    phone = public.shown(Phone).get()
    assert (phone.service, phone.number) == (shelter.service, "718-555-0199")
    assert phone.safe_to_call == "No name"


def test_what_is_kept_names_no_street_also_not_in_its_history(shelter, editor):
    hiding.hide(shelter.location, editor, keep=keep_all(shelter.location))

    open_texts = [str(row) for model in (Phone, Revision) for row in model.objects.values()]
    assert "Elm" not in "".join(open_texts)


def test_what_nobody_keeps_is_for_staff_alone(shelter, editor):
    hiding.hide(shelter.location, editor)

    assert kept(shelter.service) == [0, 0, 0]
    assert not public.shown(Phone).exists()


def test_every_service_at_the_place_gets_its_own_and_none_gets_it_twice(shelter, editor):
    other = make.service_at_location(make.service("Legal help"), shelter.location)
    make.phone(other.service, "718-555-0199")

    hiding.hide(shelter.location, editor, keep=keep_all(shelter.location))

    assert (kept(shelter.service), kept(other.service)) == ([1, 1, 1], [1, 1, 1])


def test_a_number_of_one_offer_goes_to_its_service_alone(shelter, editor):
    other = make.service_at_location(make.service("Legal help"), shelter.location)
    own = make.phone(other, "718-555-0122")

    hiding.hide(shelter.location, editor, keep=[str(own.pk)])

    assert (kept(shelter.service), kept(other.service)) == ([0, 0, 0], [1, 0, 0])


def test_people_and_numbers_for_staff_cannot_be_kept(shelter, editor):
    make.phone(shelter.location, "718-555-0177", visibility=Visibility.STAFF)
    contact = Contact.objects.create(location=shelter.location, name="Ana", visibility="public")
    make.phone(contact, "718-555-0178")

    numbers = [part.number for part in hiding.keepable(shelter.location) if type(part) is Phone]

    assert numbers == ["718-555-0199"]


def test_what_is_kept_reaches_the_index(shelter, editor):
    hiding.hide(shelter.location, editor, keep=keep_all(shelter.location))

    (document,) = indexing.documents([shelter.number])

    assert b"718-555-0199" in document.card
    assert document.point is None
    assert document.hours
    assert document.languages == {"es"}


def test_the_page_asks_what_to_keep_and_for_the_area(shelter, editor):
    client = signed_in(editor)
    path = f"{AREA}places/{shelter.location_id}/hide/"
    asked = client.get(path).content.decode()
    phone = Phone.objects.get()

    client.post(path, {"understood": "on", "keep": [str(phone.pk)], "area": "US"})

    assert "718-555-0199" in asked
    assert '<option value="US-NY">' in asked
    assert kept(shelter.service) == [1, 0, 0]
    assert ServiceArea.objects.get().area_code == "US"


def test_the_page_takes_no_area_that_it_did_not_offer(shelter, editor):
    client = signed_in(editor)
    path = f"{AREA}places/{shelter.location_id}/hide/"

    answer = client.post(path, {"understood": "on", "area": "US/11201"})

    assert answer.status_code == 422
    assert not Location.objects.get().is_confidential


def test_staff_read_that_a_hidden_service_is_found_by_nobody(editor):
    place = make.location(latitude=None, longitude=None)
    make.service_at_location(at=place)
    client = signed_in(editor)
    warning = client.get(f"{AREA}places/{place.pk}/hide/").content.decode()

    confidential.hide(place, editor)
    page = client.get(f"{AREA}places/{place.pk}/").content.decode()

    assert "until then nobody finds it" in warning
    assert "nobody finds it by place" in page
