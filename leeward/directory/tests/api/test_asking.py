"""Questions: how they may be asked, what they narrow, and what is refused."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from leeward import gazetteer
from leeward.directory import vocabulary
from leeward.directory.models import Organization, Service
from leeward.directory.search.types import Point
from leeward.directory.tests import make
from leeward.directory.tests.api import world
from leeward.directory.tests.api.checker import component, envelope_faults, faults
from leeward.directory.tests.api.world import term_id

SERVICES = "/api/hsds/services"
OFFERS = "/api/hsds/service_at_locations"


def _ids(told: Any) -> list[str]:
    return [row["id"] for row in told["contents"]]


# -- pages --


def test_pages_add_up_to_everything_once(ask: Any, offer: Any) -> None:
    made = {str(make.service(organization=offer.service.organization).pk) for _n in range(6)}

    pages = [ask("services", per_page=3, page=page) for page in (1, 2, 3)]

    found = [pk for page in pages for pk in _ids(page)]
    assert sorted(found) == sorted(made | {str(offer.service.pk)})
    assert [list(envelope_faults(page, per_page=3)) for page in pages] == [[], [], []]
    assert [page["total_items"] for page in pages] == [7, 7, 7]


@pytest.mark.django_db
def test_nothing_is_an_empty_page(ask: Any) -> None:
    told = ask("services")

    assert (told["total_items"], told["total_pages"], told["empty"]) == (0, 0, True)
    assert told["first_page"]
    assert told["last_page"]


def test_a_page_after_the_last_is_empty(ask: Any, offer: Any) -> None:
    told = ask("services", page=9)

    assert told["contents"] == []
    assert told["last_page"]
    assert not told["first_page"]


def test_whole_records_stand_twenty_on_a_page(ask: Any, offer: Any) -> None:
    for _count in range(20):
        make.service(organization=offer.service.organization)

    told = ask("services", full="true", per_page=100)

    assert (told["size"], told["total_pages"], told["total_items"]) == (20, 2, 21)


def test_minimal_services_stand_on_one_page(ask: Any, offer: Any) -> None:
    for _count in range(30):
        make.service(organization=offer.service.organization)

    told = ask("services", minimal="true")

    assert (told["size"], told["total_pages"]) == (31, 1)


def test_one_record_a_line_is_the_same_page(client: Any, ask: Any, offer: Any) -> None:
    answer = client.get(SERVICES, {"format": "ndjson"})

    lines = [json.loads(line) for line in answer.content.splitlines()]
    assert lines == ask("services")["contents"]
    assert answer.headers["Content-Type"] == "application/x-ndjson"


@pytest.mark.parametrize("path", ["services", "service_at_locations", "organizations"])
@pytest.mark.parametrize("parameters", [{}, {"full": "true"}, {"full_service": "true"}])
def test_a_longer_page_asks_the_database_no_more_often(
    path: str, parameters: dict[str, str], client: Any, offer: Any
) -> None:
    if "full_service" in parameters and path != "organizations":
        parameters = {"minimal": "true"} if path == "services" else {}
    world.whole_offer()
    with _counting() as few:
        client.get(f"/api/hsds/{path}", parameters)
    for _count in range(4):
        world.whole_offer()

    with _counting() as many:
        answer = client.get(f"/api/hsds/{path}", parameters)

    assert answer.json()["size"] == 6
    assert len(many) == len(few)


# -- filters of the database --


def test_services_of_one_organisation(ask: Any, offer: Any) -> None:
    make.service()

    told = ask("services", organization_id=offer.service.organization_id)

    assert _ids(told) == [str(offer.service.pk)]


def test_offers_of_one_organisation(ask: Any, offer: Any) -> None:
    make.service_at_location()

    told = ask("service_at_locations", organization_id=offer.service.organization_id)

    assert _ids(told) == [str(offer.pk)]


@pytest.mark.parametrize("path", ["services", "service_at_locations", "organizations"])
def test_a_term_narrows_to_what_says_yes_to_it(path: str, ask: Any, offer: Any) -> None:
    world.make.service_at_location()

    assert ask(path, taxonomy_term_id=term_id("legal"))["total_items"] == 1
    assert ask(path, taxonomy_term_id=term_id("women", vocabulary.PEOPLE))["total_items"] == 1
    assert ask(path, taxonomy_term_id=term_id("men", vocabulary.PEOPLE))["total_items"] == 0
    assert ask(path, taxonomy_id=vocabulary.taxonomy_id(vocabulary.NEEDS))["total_items"] == 1
    assert ask(path, taxonomy_id=vocabulary.taxonomy_id(vocabulary.ACCESS))["total_items"] == 0


def test_what_changed_since_a_moment(ask: Any, offer: Any) -> None:
    old = make.service()
    then = timezone.now() - timedelta(days=3)
    Service.objects.filter(pk=old.pk).update(modified_at=then)
    since = (timezone.now() - timedelta(days=1)).isoformat()

    told = ask("services", modified_after=since)

    assert _ids(told) == [str(offer.service.pk)]


def test_offers_change_with_their_service(ask: Any, offer: Any) -> None:
    type(offer).objects.update(modified_at=timezone.now() - timedelta(days=3))
    offer.location.__class__.objects.update(modified_at=timezone.now() - timedelta(days=3))
    since = (timezone.now() - timedelta(days=1)).isoformat()

    assert ask("service_at_locations", modified_after=since)["total_items"] == 1
    Service.objects.update(modified_at=timezone.now() - timedelta(days=3))
    assert ask("service_at_locations", modified_after=since)["total_items"] == 0


def test_words_find_organisations_taxonomies_and_terms(ask: Any, offer: Any) -> None:
    make.organization("Elsewhere")

    assert ask("organizations", search="HARBOUR house")["total_items"] == 1
    assert ask("taxonomies", search="needs")["total_items"] == 1
    assert ask("taxonomy_terms", search="legal help")["total_items"] == 1


@pytest.mark.django_db
def test_terms_by_taxonomy_and_parent(ask: Any) -> None:
    needs = vocabulary.taxonomy_id(vocabulary.NEEDS)
    child = vocabulary.terms(vocabulary.NEEDS)["legal"].id
    parent = vocabulary.terms(vocabulary.NEEDS)["crisis"].id
    make.TaxonomyTerm.objects.filter(pk=child).update(parent=parent)
    count = len(vocabulary.terms(vocabulary.NEEDS))

    assert ask("taxonomy_terms", taxonomy_id=needs)["total_items"] == count
    assert ask("taxonomy_terms", taxonomy_id=needs, top_only="true")["total_items"] == count - 1
    assert _ids(ask("taxonomy_terms", parent_id=parent)) == [str(child)]


def test_an_organisation_names_its_services_and_tells_them_whole_when_asked(
    ask: Any, offer: Any
) -> None:
    path = f"organizations/{offer.service.organization_id}"

    named = ask(path)["services"]
    whole = ask(path, full_service="true")["services"]

    assert named == [{"id": str(offer.service.pk), "name": "Emergency shelter", "status": "active"}]
    assert faults(whole[0], component("service_c")) == []
    assert whole[0]["service_at_locations"][0]["location"]["addresses"]


# -- what the engine answers --


def test_the_engines_order_is_kept(ask: Any, offer: Any, engine: Any) -> None:
    second, third = make.service_at_location(), make.service_at_location()
    engine.numbers = [third.number, offer.number, 999_999, second.number]

    told = ask("service_at_locations", search="shelter", per_page=2)

    assert _ids(told) == [str(third.pk), str(offer.pk)]
    assert told["total_items"] == 3


def test_a_service_found_at_two_places_stands_there_once(ask: Any, offer: Any, engine: Any) -> None:
    again = make.service_at_location(offer.service)
    engine.numbers = [again.number, offer.number]

    assert _ids(ask("services", search="shelter")) == [str(offer.service.pk)]


def test_other_filters_narrow_what_the_engine_found(ask: Any, offer: Any, engine: Any) -> None:
    other = make.service_at_location()
    engine.numbers = [other.number, offer.number]

    told = ask("services", search="x", organization_id=offer.service.organization_id)

    assert _ids(told) == [str(offer.service.pk)]


def test_an_index_that_lags_shows_nothing_hidden(ask: Any, offer: Any, engine: Any) -> None:
    engine.numbers = [offer.number]
    Organization.objects.update(visibility="staff")

    assert ask("service_at_locations", search="x")["contents"] == []


def test_place_open_now_and_capacity_reach_the_engine(ask: Any, engine: Any, db: None) -> None:
    near = gazetteer.Place(
        "Brooklyn", "town", "NY", "", "US", 40.6, -73.9, 1, "", "", ("US-NY", "US")
    )
    engine.nearest = near

    ask(
        "service_at_locations",
        latitude="40.69",
        longitude="-73.98",
        radius="12.5",
        open_now="true",
        capacity="true",
        taxonomy_term_id=term_id("shelter"),
    )

    (query,) = engine.asked
    assert query.point == Point(40.69, -73.98)
    assert query.radius_km == 12.5
    assert query.areas == ("US-NY", "US")
    assert query.open_at is not None
    assert query.beds_at is not None
    assert query.needs == {"shelter"}
    assert not query.include_unknown
    assert not query.by_fit


def test_a_postcode_is_looked_up_and_its_metres_are_kilometres(
    ask: Any, engine: Any, db: None
) -> None:
    engine.places = [
        gazetteer.Place("11201", "zip", "NY", "", "US", 40.6, -73.9, 1, "", "", ("US/11201",))
    ]

    ask("services", postcode="11201", proximity="2500")

    assert engine.asked[0].point == Point(40.6, -73.9)
    assert engine.asked[0].areas == ("US/11201",)
    assert engine.asked[0].radius_km == 2.5


def test_a_number_may_be_written_as_programs_write_it(ask: Any, engine: Any, db: None) -> None:
    ask("services", latitude="-4.07e1", longitude="2.2250738585e-311")

    assert engine.asked[0].point == Point(-40.7, 2.2250738585e-311)


def test_a_postcode_that_nobody_knows_gives_nothing(ask: Any, offer: Any, engine: Any) -> None:
    engine.numbers = [offer.number]

    assert ask("services", postcode="nowhere")["empty"]
    assert engine.asked == []


def test_words_without_a_letter_find_nothing_and_not_everything(
    ask: Any, offer: Any, engine: Any
) -> None:
    engine.numbers = [offer.number]

    assert ask("services", search="?!")["empty"]


def test_open_now_that_is_false_narrows_nothing(ask: Any, offer: Any, engine: Any) -> None:
    assert ask("services", open_now="false", capacity="false")["total_items"] == 1
    assert engine.asked == []


def test_while_the_index_is_made_the_answer_says_when_to_come_back(
    client: Any, engine: Any, db: None
) -> None:
    engine.is_unfit = True

    answer = client.get(SERVICES, {"search": "legal"})

    assert answer.status_code == 503
    assert answer.headers["Retry-After"] == "120"
    assert faults(answer.json(), component("Problem")) == []


# -- how a question comes in --


def test_a_question_in_the_body_narrows_as_in_the_address(client: Any, offer: Any) -> None:
    make.service()
    organization = str(offer.service.organization_id)

    as_json = client.post(
        SERVICES, {"organization_id": organization, "page": 1}, content_type="application/json"
    )
    as_form = client.post(
        SERVICES,
        f"organization_id={organization}&page=1",
        content_type="application/x-www-form-urlencoded",
    )

    assert _ids(as_json.json()) == [str(offer.service.pk)]
    assert as_form.json() == as_json.json()


def test_the_body_wins_over_the_address(client: Any, db: None) -> None:
    answer = client.post(f"{SERVICES}?page=7", {"page": 2}, content_type="application/json")

    assert answer.json()["page_number"] == 2


def test_what_the_body_wins_over_is_checked_all_the_same(client: Any) -> None:
    answer = client.post(f"{SERVICES}?page=no", {"page": 2}, content_type="application/json")

    assert answer.status_code == 400


@pytest.mark.parametrize(
    ("query", "parameter"),
    [
        ("page=0", "page"),
        ("page=10001", "page"),
        ("page=", "page"),
        ("page=1.5", "page"),
        ("page=%D9%A1", "page"),
        ("per_page=101", "per_page"),
        ("per_page=-1", "per_page"),
        ("full=yes", "full"),
        ("format=xml", "format"),
        ("organization_id=7", "organization_id"),
        ("taxonomy_term_id=%00", "taxonomy_term_id"),
        ("modified_after=yesterday", "modified_after"),
        ("modified_after=0000-00-00", "modified_after"),
        ("modified_after=2024-02-31T00:00:00Z", "modified_after"),
        ("latitude=91&longitude=0", "latitude"),
        ("latitude=nan&longitude=0", "latitude"),
        ("latitude=1&longitude=1e99", "longitude"),
        ("latitude=1&longitude=1&radius=801", "radius"),
        ("postcode=1&proximity=-4", "proximity"),
        (f"search={'a' * 10_000}", "search"),
    ],
)
def test_what_cant_be_used_is_named_and_never_quoted(
    query: str, parameter: str, client: Any
) -> None:
    answer = client.get(f"{OFFERS}?{query}")

    told = answer.json()
    assert answer.status_code == 400
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert faults(told, component("Problem")) == []
    assert told["parameter"] == parameter
    assert "aaaa" not in told["detail"]


@pytest.mark.parametrize(
    "query",
    [
        "latitude=1",
        "longitude=1",
        "radius=5",
        "proximity=5",
        "latitude=1&longitude=1&postcode=11201",
        "page=1&page=2",
        "organisation_id=7",
        "&".join(f"p{n}=1" for n in range(60)),
    ],
)
def test_a_question_that_makes_no_sense_is_refused(query: str, client: Any) -> None:
    answer = client.get(f"{OFFERS}?{query}")

    assert answer.status_code == 400
    assert faults(answer.json(), component("Problem")) == []


@pytest.mark.parametrize(
    ("body", "kind", "status"),
    [
        (b"{", "application/json", 400),
        (b"[]", "application/json", 400),
        (b"[" * 60_000, "application/json", 400),
        (b'{"page": "1"}', "application/json", 400),
        (b'{"page": true}', "application/json", 400),
        (b'{"full": 1}', "application/json", 400),
        (b'{"search": null}', "application/json", 400),
        (b'{"radius": NaN, "latitude": 1, "longitude": 1}', "application/json", 400),
        (b'{"search": "\xff"}', "application/json", 400),
        (b"page=1", "text/plain", 415),
        (b"page=1", "", 415),
        (b"a" * 70_000, "application/x-www-form-urlencoded", 413),
    ],
)
def test_a_body_that_cant_be_read_is_refused(
    body: bytes, kind: str, status: int, client: Any
) -> None:
    answer = client.generic("POST", OFFERS, body, content_type=kind)

    assert answer.status_code == status
    assert faults(answer.json(), component("Problem")) == []


def test_a_body_without_a_length_is_refused_and_not_read_as_empty(client: Any) -> None:
    answer = client.generic("POST", SERVICES, headers={"transfer-encoding": "chunked"})

    assert answer.status_code == 411


@pytest.mark.parametrize(
    "words", ['" OR 1=1 --', "NEAR(a b)", "a* AND NOT (", "\x00\x00", "\u202eabc", "ñandú 避難所"]
)
def test_any_words_are_safe(words: str, client: Any, engine: Any, db: None) -> None:
    for path in world.LISTS:
        answer = client.get(f"/api/hsds/{path}", {"search": words})
        assert answer.status_code == 200

    assert all(query.words.isprintable() for query in engine.asked)


def _counting() -> Any:
    return CaptureQueriesContext(connection)
