"""What is around an answer: ETag, methods, unknown addresses; and what is never told."""

from __future__ import annotations

import json
from typing import Any

import pytest

from leeward.directory.api import openapi, whole
from leeward.directory.models import Service
from leeward.directory.tests import make
from leeward.directory.tests.api import world
from leeward.directory.tests.api.checker import component, faults

SERVICES = "/api/hsds/services"
VARIANTS: tuple[dict[str, str], ...] = (
    {},
    {"full": "true"},
    {"full_service": "true"},
    {"minimal": "true"},
    {"format": "ndjson"},
)


# -- ETag and headers --


def test_an_answer_that_did_not_change_is_not_sent_again(client: Any, offer: Any) -> None:
    first = client.get(SERVICES)

    again = client.get(SERVICES, headers={"if-none-match": first.headers["ETag"]})

    assert first.headers["ETag"].startswith('"')
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["ETag"] == first.headers["ETag"]


def test_a_change_changes_the_tag(client: Any, offer: Any) -> None:
    first = client.get(SERVICES)
    Service.objects.update(name="Another name")

    again = client.get(SERVICES, headers={"if-none-match": first.headers["ETag"]})

    assert again.status_code == 200
    assert again.headers["ETag"] != first.headers["ETag"]


def test_no_answer_may_be_kept_on_its_way_and_none_sets_a_cookie(client: Any, offer: Any) -> None:
    for path in ("", "services", "openapi.json", "profile/", "nowhere"):
        answer = client.get(f"/api/hsds/{path}")

        assert answer.headers["Cache-Control"] == "no-store"
        assert not answer.cookies


def test_head_answers_as_get_does(client: Any, offer: Any) -> None:
    assert client.head(SERVICES).headers["ETag"] == client.get(SERVICES).headers["ETag"]


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "POST"])
def test_another_method_is_refused_with_those_that_work(method: str, client: Any) -> None:
    answer = client.generic(method, "/api/hsds/")

    assert answer.status_code == 405
    assert answer.headers["Allow"] == "GET, HEAD"
    assert faults(answer.json(), component("Problem")) == []


@pytest.mark.django_db
@pytest.mark.parametrize(
    "path",
    [
        *(f"{path}/c0ffee00-0000-4000-8000-000000000000" for path in world.LISTS),
        *(f"{path}/none" for path in world.LISTS),
        "services/",
        "locations",
        "profile/none.json",
        "%00",
        "services/%00",
    ],
)
def test_what_is_not_there_is_a_calm_404(path: str, client: Any) -> None:
    answer = client.get(f"/api/hsds/{path}")

    assert answer.status_code == 404
    assert faults(answer.json(), component("Problem")) == []


# -- what is never told --


def test_nothing_hidden_is_told_anywhere(client: Any, offer: Any, engine: Any) -> None:
    hidden = world.hide_around(offer)
    world.confidential_offer(offer.service)
    engine.numbers = list(make.ServiceAtLocation.objects.values_list("number", flat=True))

    said = "\n".join(_everything(client))

    assert str(offer.pk) in said
    assert world.SECRET not in said
    assert [pk for pk in hidden.ids() if pk in said] == []


def test_hidden_records_are_not_there_when_asked_by_name(client: Any, offer: Any) -> None:
    hidden = world.hide_around(offer)

    for path in ("services", "service_at_locations", "organizations"):
        for pk in hidden.ids():
            assert client.get(f"/api/hsds/{path}/{pk}").status_code == 404


def test_a_confidential_place_tells_that_it_is_one_and_nothing_else(ask: Any, offer: Any) -> None:
    secret = world.confidential_offer(offer.service)

    told = ask(f"service_at_locations/{secret.pk}")

    assert told["location"] == {
        "id": str(secret.location_id),
        "is_confidential": True,
        "location_type": "physical",
        "visibility": "public",
    }
    assert "description" not in told
    assert told["service"]["service_areas"][0]["area_code"] == "US-NY"


def test_how_many_beds_are_free_stays_with_the_shelter(ask: Any, offer: Any) -> None:
    (told,) = ask(f"services/{offer.service_id}")["capacities"]

    assert (told["available"], told["restricted_available"], told["answer"]) == (1, 1, "yes")
    assert "maximum" not in told


def test_the_profile_tells_trust_source_and_care(ask: Any, offer: Any) -> None:
    told = ask(f"services/{offer.service_id}")

    assert told["before_you_go"] == "Ring twice."
    assert told["organization"]["verified_how"] == "called"
    assert told["organization"]["source"]["licence"] == "CC0"
    whole = ask(f"organizations/{offer.service.organization_id}")
    assert whole["phones"][0]["safe_to_call"] == "They say only hello."


def test_what_is_no_address_is_left_out_and_a_bare_host_is_made_one(ask: Any, offer: Any) -> None:
    told = ask(f"organizations/{offer.service.organization_id}", full_service="true")

    assert told["website"] == "http://www.harbour.example.org"
    assert [row["label"] for row in told["additional_websites"]] == ["News"]
    assert "email" not in told["services"][0]


def test_the_log_holds_nothing_of_a_question(
    client: Any, offer: Any, engine: Any, caplog: Any
) -> None:
    with caplog.at_level("DEBUG"):
        client.get(SERVICES, {"search": "wordofhers"})
        client.post(SERVICES, {"search": "wordofhers"}, content_type="application/json")
        client.get(SERVICES, {"wordofhers": "wordofhers"})
        client.get("/api/hsds/wordofhers")

    ours = [record for record in caplog.records if record.name.startswith("leeward")]
    assert "wordofhers" not in "".join(record.getMessage() for record in ours)


def _everything(client: Any) -> Any:
    """Yield what every endpoint tells: lists in every shape, and every record by its id."""
    for path in world.LISTS:
        for variant in VARIANTS:
            yield client.get(f"/api/hsds/{path}", variant).content.decode()
            yield client.generic("POST", f"/api/hsds/{path}").content.decode()
        if path in ("services", "service_at_locations"):
            yield client.get(f"/api/hsds/{path}", {"search": "x", "full": "true"}).content.decode()
        for row in client.get(f"/api/hsds/{path}", {"per_page": 100}).json()["contents"]:
            one = f"/api/hsds/{path}/{row['id']}"
            yield json.dumps(client.get(one).json())
            yield client.get(one, {"full_service": "true"}).content.decode()


# -- limits --


@pytest.mark.django_db
@pytest.mark.parametrize("query", ["", "?full_service=true"])
@pytest.mark.parametrize("is_one", [True, False])
def test_an_organisation_holds_so_many_services_and_no_more(
    client: Any, query: str, is_one: bool, monkeypatch: Any
) -> None:
    monkeypatch.setattr(whole, "MOST_NESTED", 3)
    owner = make.organization()
    for at in range(5):
        make.service_at_location(make.service(f"Service {at}", organization=owner))
    make.service_at_location()

    told = client.get(f"/api/hsds/organizations/{owner.pk}{query}").json()
    if not is_one:
        query = f"?full=true&{query[1:]}"
        (told,) = (
            each
            for each in client.get(f"/api/hsds/organizations{query}").json()["contents"]
            if each["id"] == str(owner.pk)
        )
    rest = client.get(f"{SERVICES}?organization_id={owner.pk}").json()

    ids = [each["id"] for each in told["services"]]
    assert ids == sorted(str(each.pk) for each in owner.services.all())[:3]
    assert rest["total_items"] == 5


@pytest.mark.django_db
def test_a_service_holds_so_many_places_and_no_more(client: Any, monkeypatch: Any) -> None:
    monkeypatch.setattr(whole, "MOST_NESTED", 3)
    wide = make.service()
    for _time in range(5):
        make.service_at_location(wide)

    told = client.get(f"{SERVICES}/{wide.pk}").json()

    assert len(told["service_at_locations"]) == 3


def test_the_profile_tells_the_limits() -> None:
    told = (openapi.PROFILE / openapi.README).read_text()

    assert f"holds {whole.MOST_NESTED} services at most" in told
