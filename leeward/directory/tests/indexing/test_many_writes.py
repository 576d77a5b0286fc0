"""After any run of writes, every node's index equals one made anew, and answers like the judge."""

from __future__ import annotations

from random import Random

import pytest

from leeward.directory.models import Location, Organization, Service, ServiceAtLocation
from leeward.directory.rules import hours
from leeward.directory.search.types import Point, Query
from leeward.directory.services import changes, indexing, public
from leeward.directory.tests import make
from leeward.directory.tests.indexing.same import contents, fresh_contents
from leeward.directory.tests.search.oracle import Oracle

pytestmark = pytest.mark.django_db

WRITES = 60
QUESTIONS = 40
WORDS = ("", "harbour", "refugio", "brooklyn", "legal help", "shelte")


def write(chance: Random) -> None:
    """Do one thing that changes what may be found."""
    offers = list(ServiceAtLocation.objects.order_by("number"))
    if not offers or chance.random() < 0.4:
        add(chance)
        return
    chance.choice((rename, hide, show, remove, meet_need, move, make_confidential))(
        chance.choice(offers), chance
    )


def add(chance: Random) -> None:
    latitude, longitude = chance.uniform(40.5, 40.9), chance.uniform(-74.2, -73.7)
    kind = chance.choice(("physical", "physical", "virtual"))
    place = {"latitude": latitude, "longitude": longitude} if kind == "physical" else {}
    at = make.location(location_type=kind, **place)
    if kind == "physical":
        make.address(at)
    of = make.service(f"Service {chance.randrange(1000)}", description="Rooms and legal help")
    make.service_at_location(of, at)


def rename(offer: ServiceAtLocation, chance: Random) -> None:
    Service.objects.filter(pk=offer.service_id).update(name=f"Renamed {chance.randrange(1000)}")
    changes.touch_service(offer.service_id)


def hide(offer: ServiceAtLocation, _chance: Random) -> None:
    of = offer.service.organization_id
    Organization.objects.filter(pk=of).update(visibility="staff")
    changes.touch_organization(of)


def show(offer: ServiceAtLocation, _chance: Random) -> None:
    of = offer.service.organization_id
    Organization.objects.filter(pk=of).update(visibility="public")
    changes.touch_organization(of)


def remove(offer: ServiceAtLocation, _chance: Random) -> None:
    changes.touch([offer.number])
    offer.delete()


def meet_need(offer: ServiceAtLocation, chance: Random) -> None:
    make.need(offer.service, chance.choice(("shelter", "legal", "food")))
    make.may_come(offer.service, yes=("pets",), boys_to_age=chance.randrange(18))
    changes.touch_service(offer.service_id)


def move(offer: ServiceAtLocation, chance: Random) -> None:
    placed = Location.objects.filter(pk=offer.location_id, latitude__isnull=False)
    placed.update(latitude=chance.uniform(40.5, 40.9))
    changes.touch_location(offer.location_id)


def make_confidential(offer: ServiceAtLocation, _chance: Random) -> None:
    Location.objects.filter(pk=offer.location_id).update(
        is_confidential=True, latitude=None, longitude=None
    )
    make.serves(offer, "US-NY")
    changes.touch_location(offer.location_id)


def question(chance: Random) -> Query:
    return Query(
        today=public.today(),
        point=Point(*make.BROOKLYN) if chance.random() < 0.8 else None,
        radius_km=chance.choice((2.0, 10.0, 40.0, 200.0)),
        areas=chance.choice(((), ("US",), ("US-NY", "US"))),
        words=chance.choice(WORDS),
        needs=frozenset(chance.sample(("shelter", "legal"), chance.randrange(2))),
        people=frozenset(chance.sample(("pets",), chance.randrange(2))),
        include_unknown=chance.random() < 0.5,
        by_fit=chance.random() < 0.5,
    )


@pytest.mark.parametrize("seed", range(5))
def test_two_nodes_that_follow_now_and_then_equal_a_fresh_index(seed, tmp_path):
    chance = Random(seed)
    nodes = [indexing.new_replica(tmp_path / name) for name in ("one", "two")]
    for _write in range(WRITES):
        write(chance)
        for node in nodes:
            if chance.random() < 0.3:
                chance.choice((node.catch_up, node.catch_up, node.rebuild))()

    for node in nodes:
        node.catch_up()

    assert contents(nodes[0].folder.file) == fresh_contents()
    assert contents(nodes[1].folder.file) == fresh_contents()


@pytest.mark.parametrize("seed", range(5))
def test_what_was_written_is_found_as_by_looking_at_every_record(seed):
    chance = Random(seed)
    for _write in range(WRITES):
        write(chance)
        indexing.engine()
    oracle = Oracle(hours.is_open)
    for document in indexing.documents():
        oracle.put(document)

    for _question in range(QUESTIONS):
        asked = question(chance)
        expected, has_more = oracle.search(asked)

        results = indexing.engine().search(asked)

        assert [hit.number for hit in results.hits] == [one[0] for one in expected], asked
        assert results.has_more == has_more
