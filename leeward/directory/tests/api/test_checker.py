"""The checker itself: HSDS's examples pass, Open Referral UK's broken answers do not."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from leeward.directory.api import openapi
from leeward.directory.tests.api.checker import (
    FORMATS,
    HSDS,
    answer_of,
    component,
    envelope_faults,
    faults,
    read,
)

LISTS = {
    "service_list": "/services",
    "organization_list": "/organizations",
    "service_at_location_list": "/service_at_locations",
    "taxonomy_list": "/taxonomies",
    "taxonomy_term_list": "/taxonomy_terms",
}
RECORDS = {
    "service_full": "service_c",
    "organization_full": "organization_c",
    "organization": "organization_c",
    "service_at_location_full": "service_at_location_c",
    "taxonomy": "taxonomy",
    "taxonomy_term": "taxonomy_term",
}
TABLES = {
    "addresses": "address",
    "attributes": "attribute",
    "meta_table_descriptions": None,
    "taxonomies": "taxonomy",
    "service_capacity": "service_capacity",
    "funding": "funding",
    "accessibility": "accessibility",
    "metadata": "metadata",
    "service_at_location": "service_at_location",
}
# The other files of the set are word for word those of the set that passes, or differ in ids that
# only a comparison of several answers could find.
FAILING = {"api_details", "service_full", "service_list", "taxonomy_term"}


def _where(stem: str) -> str:
    if stem in ("base", "api_details"):
        return answer_of("/")
    return answer_of(LISTS[stem]) if stem in LISTS else component(RECORDS[stem])


def _names(folder: str) -> list[str]:
    own_tests = {"location", "tabular"}
    return sorted({file.stem for file in (HSDS / folder).glob("*.json")} - own_tests)


@pytest.mark.parametrize("name", _names("examples"))
def test_the_examples_of_hsds_pass_with_and_without_the_profile(name: str) -> None:
    told = read(f"examples/{name}.json")

    assert faults(told, _where(name)) == []
    assert faults(told, _where(name), has_profile=False) == []


def test_the_example_of_a_location_passes() -> None:
    assert _table_faults("location", read("examples/location.json")) == []


def test_every_row_of_the_tabular_example_passes_but_for_two_slips_of_hsds() -> None:
    found = []
    for file, rows in read("examples/tabular.json").items():
        stem = Path(file).stem
        table = TABLES.get(stem, stem.removesuffix("s"))
        for row in rows if table else ():
            found += [(table, fault) for fault in _table_faults(str(table), row)]

    assert found == [
        ("location", "10092008082 is not of type 'string'"),
        ("organization_identifier", "1234567 is not of type 'string'"),
    ]


@pytest.mark.parametrize("name", _names("oruk/Default"))
def test_the_uk_answers_that_should_pass_do(name: str) -> None:
    assert faults(read(f"oruk/Default/{name}.json"), _where(name)) == []


def test_the_uk_answers_that_should_fail_do() -> None:
    failing = {
        name for name in _names("oruk/Fail") if faults(read(f"oruk/Fail/{name}.json"), _where(name))
    }

    assert failing == FAILING


def test_an_envelope_that_does_not_add_up_is_found() -> None:
    broken = read("oruk/Fail/service_list.json")

    assert list(envelope_faults(broken)) == ["size is not how many there are"]


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("service_at_locations", 0, "location", "addresses", 0, "address_type"), "castle"),
        (("organization", "phones", 0, "number"), 7),
        (("attributes", 0, "taxonomy_term", "name"), None),
        (("phones", 0, "visibility"), "everybody"),
        (("service_at_locations", 0, "location", "is_confidential"), "yes"),
        (("capacities", 0, "answer"), "perhaps"),
    ],
)
def test_a_fault_deep_inside_is_found(path: tuple[Any, ...], value: Any) -> None:
    told = copy.deepcopy(read("examples/service_full.json"))
    node = told
    for step in path[:-1]:
        node = node[step]
    node[path[-1]] = value

    assert len(faults(told, component("service_c"))) == 1


def _table_faults(table: str, row: Any) -> list[str]:
    schema = {
        "$ref": f"#{component(table)}",
        "components": json.loads(openapi.document())["components"],
    }
    check = Draft202012Validator(schema, format_checker=FORMATS)
    return [error.message for error in check.iter_errors(row)]
