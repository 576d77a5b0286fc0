"""Every answer keeps to HSDS 3.1 with our profile."""

from __future__ import annotations

import json
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from leeward.directory.api import openapi
from leeward.directory.tests.api import checker, world
from leeward.directory.tests.api.checker import answer_of, component, envelope_faults, faults

FULL = {
    "services": ("service_c", {"full": "true"}),
    "service_at_locations": ("service_at_location_c", {"full": "true"}),
    "organizations": ("organization_c", {"full": "true", "full_service": "true"}),
}


@pytest.fixture
def _directory(offer: Any) -> None:
    world.confidential_offer(offer.service)
    for _count in range(3):
        world.make.service_at_location(world.make.service(organization=offer.service.organization))


@pytest.mark.usefixtures("_directory")
@pytest.mark.parametrize("path", world.LISTS)
@pytest.mark.parametrize("method", ["get", "post"])
def test_every_list_keeps_to_the_specification(client: Any, path: str, method: str) -> None:
    told = client.generic(method.upper(), f"/api/hsds/{path}").json()

    assert faults(told, answer_of(f"/{path}", method)) == []
    assert list(envelope_faults(told, per_page=20)) == []
    assert told["contents"]


@pytest.mark.usefixtures("_directory")
@pytest.mark.parametrize("path", world.LISTS)
def test_every_single_record_keeps_to_the_specification(ask: Any, path: str) -> None:
    for row in ask(path)["contents"][:5]:
        told = ask(f"{path}/{row['id']}")

        assert faults(told, answer_of(f"/{path}/{{id}}")) == []
        assert told["id"] == row["id"]


@pytest.mark.usefixtures("_directory")
@pytest.mark.parametrize("path", FULL)
def test_every_whole_record_of_a_list_keeps_to_the_specification(ask: Any, path: str) -> None:
    name, parameters = FULL[path]

    told = ask(path, **parameters)

    assert [faults(row, component(name)) for row in told["contents"]] == [[]] * told["size"]


@pytest.mark.usefixtures("_directory")
def test_minimal_services_keep_to_the_profile(ask: Any) -> None:
    told = ask("services", minimal="true")

    assert faults(told, answer_of("/services")) == []
    assert {frozenset(row) for row in told["contents"]} == {frozenset({"id", "modified_date"})}


@pytest.mark.usefixtures("_directory")
def test_whole_records_keep_to_the_published_schemas_without_our_profile_too(ask: Any) -> None:
    for path, (name, parameters) in FULL.items():
        for row in ask(path, **parameters)["contents"]:
            assert faults(row, component(name), has_profile=False) == []


@pytest.mark.django_db
def test_the_first_page_names_version_profile_and_document(ask: Any, client: Any) -> None:
    told = ask()

    assert faults(told, answer_of("/")) == []
    assert told["version"] == "3.1"
    assert client.get(told["profile"]).status_code == 200
    assert client.get(told["openapi_url"]).status_code == 200


def test_the_document_names_every_endpoint_and_every_link_leads_somewhere(client: Any) -> None:
    document = client.get("/api/hsds/openapi.json").json()

    links = set(_links(document))
    assert set(document["paths"]) == {
        "/",
        *(f"/{path}" for path in world.LISTS),
        *(f"/{path}/{{id}}" for path in world.LISTS),
    }
    assert [link for link in links if not _leads_somewhere(document, link)] == []


@pytest.mark.usefixtures("_directory")
def test_whole_records_keep_to_the_document_that_we_serve(ask: Any) -> None:
    document = json.loads(openapi.document())

    for path, (name, parameters) in FULL.items():
        schema = {"$ref": f"#{component(name)}", "components": document["components"]}
        check = Draft202012Validator(schema, format_checker=checker.FORMATS)
        for row in ask(path, **parameters)["contents"]:
            assert [error.message for error in check.iter_errors(row)] == []


def test_every_patch_is_served_as_it_stands(client: Any) -> None:
    for table, patch in openapi.patches().items():
        assert client.get(f"/api/hsds/profile/{table}.json").json() == patch


def test_every_patch_changes_a_table_of_hsds() -> None:
    tables = {file.stem for file in openapi.HSDS.glob("*.json")}

    assert set(openapi.patches()) <= tables


def test_a_merge_patch_replaces_adds_and_takes_away() -> None:
    before = {"a": {"b": 1, "c": 2}, "d": [1]}

    after = openapi.merge(before, {"a": {"b": None, "e": {"f": None}}, "d": [2], "g": 3})

    assert after == {"a": {"c": 2, "e": {}}, "d": [2], "g": 3}
    assert before == {"a": {"b": 1, "c": 2}, "d": [1]}


def _links(node: Any) -> Any:
    if isinstance(node, dict):
        if isinstance(node.get("$ref"), str):
            yield node["$ref"]
        node = list(node.values())
    if isinstance(node, list):
        for each in node:
            yield from _links(each)


def _leads_somewhere(document: Any, link: str) -> bool:
    node = document
    for step in link.removeprefix("#/").split("/"):
        if step not in node:
            return False
        node = node[step]
    return link.startswith("#/")
