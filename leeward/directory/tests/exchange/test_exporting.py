"""What goes out comes in again the same; only what may be seen goes out."""

from __future__ import annotations

import csv
import gzip
import json
import zipfile
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from django.db import transaction
from frictionless import Package, system
from hypothesis import given, settings
from hypothesis import strategies as st

from leeward.directory.exchange import exporting, gathering
from leeward.directory.exchange.tables import MODELS, ORDER, table
from leeward.directory.models import Service, Source, Visibility
from leeward.directory.tests import make
from leeward.directory.tests.exchange.made import (
    DATA,
    EXAMPLES,
    FILES,
    OFFER,
    SERVICE,
    bring,
    tables,
    written,
)

pytestmark = pytest.mark.django_db
HSDS = Path(__file__).parent.parent / "hsds"


class Undone(Exception):
    """Ends an example, and takes back what it stored."""


def emptied() -> None:
    """Delete all records, children first."""
    for name in reversed(ORDER):
        MODELS[name].objects.all().delete()


def exported(path: Path, form: str) -> Any:
    """Export everything and return it in a form that compares."""
    exporting.export(path, form, has_all=True)
    if form == "json":
        return json.loads(path.read_text(encoding="utf-8"))
    return {
        file.name: sorted(csv.reader(file.read_text(encoding="utf-8").splitlines(keepends=True)))
        for file in path.iterdir()
        if file.suffix == ".csv"
    }


def goes_round(folder: Path, form: str) -> tuple[Any, Any]:
    """Export what is stored, import that alone, export again; return both exports."""
    first = exported(folder / f"first.{form}", form)
    emptied()
    report = bring(folder / f"first.{form}", source="again")
    second = exported(folder / f"second.{form}", form)
    assert report.problem_count == 0, report.text()
    return first, second


@pytest.mark.parametrize("form", ["json", "csv"])
@pytest.mark.parametrize(
    "path",
    [
        EXAMPLES / "service_full.json",
        EXAMPLES / "organization_full.json",
        FILES / "hsds_3_0_csv",
        FILES / "hsds_3_1_csv",
        FILES / "ohana",
        DATA / "nyc_victim_services_2022.csv.gz",
    ],
    ids=lambda path: path.name,
)
def test_import_export_import_is_the_identity(tmp_path, path, form):
    bring(path)

    first, second = goes_round(tmp_path, form)

    assert second == first


words = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), min_size=1, max_size=30
).filter(str.strip)
ages = st.none() | st.integers(0, 120)
clocks = st.sampled_from(["", "09:00", "17:30", "23:59"])
packages = st.fixed_dictionaries(
    {
        "name": words,
        "description": words,
        "minimum_age": ages,
        "latitude": st.floats(-59, 90),
        "longitude": st.floats(-180, 180),
        "visibility": st.sampled_from(list(Visibility.values)),
        "number": st.integers(2_000_000, 9_999_999),
        "opens_at": clocks,
        "amount": st.none() | st.decimals(0, 9_999, places=2),
        "city": words,
    }
)


@settings(max_examples=25)
@given(told=packages, form=st.sampled_from(["json", "csv"]))
def test_made_up_records_go_round_unchanged(tmp_path_factory, told, form):
    folder = tmp_path_factory.mktemp("round")
    base = tables()
    rows = tables(
        service=[{**base["service"][0], **_only(told, "name description minimum_age visibility")}],
        location=[{**base["location"][0], **_only(told, "latitude longitude")}],
        address=[{**base["address"][0], "city": told["city"]}],
        phone=[{**base["phone"][0], "number": f"212{told['number']}"}],
        schedule=[{"id": "1", "service_id": SERVICE, "byday": "MO", "opens_at": told["opens_at"]}],
        cost_option=[{"id": "1", "service_id": SERVICE, "amount": told["amount"]}],
        language=[{"id": "1", "service_id": SERVICE, "name": "Spanish"}],
        contact=[{"id": "1", "service_at_location_id": OFFER, "name": told["name"]}],
    )

    try:
        with transaction.atomic():
            bring(written(folder, rows))
            first, second = goes_round(folder, form)
            raise Undone
    except Undone:
        assert second == first


def _only(told: dict[str, Any], names: str) -> dict[str, Any]:
    return {name: "" if told[name] is None else told[name] for name in names.split()}


def test_the_tabular_export_is_a_good_data_package(tmp_path):
    bring(DATA / "nyc_victim_services_2022.csv.gz")
    bring(EXAMPLES / "service_full.json", source="example")

    exporting.export(tmp_path / "out", "csv", has_all=True)

    with system.use_context(trusted=True):
        report = Package(str(tmp_path / "out" / "datapackage.json")).validate()
    assert report.flatten(["type", "title", "note", "rowNumber", "fieldName"]) == []
    assert report.stats["tasks"] >= 15


def test_the_checker_of_packages_finds_a_broken_link(tmp_path):
    bring(written(tmp_path))
    exporting.export(tmp_path / "out", "csv", has_all=True)
    file = tmp_path / "out" / "phone.csv"
    file.write_text(file.read_text().replace(SERVICE, SERVICE[:-1] + "9"))

    with system.use_context(trusted=True):
        report = Package(str(tmp_path / "out" / "datapackage.json")).validate()

    assert not report.valid


@cache
def service_schema() -> Any:
    """Return HSDS 3.1's schema of a full service, out of the one of a service at a location."""
    packed = (HSDS / "service_at_location.json.gz").read_bytes()
    whole = json.loads(gzip.decompress(packed))
    return whole["properties"]["service"] | {"$schema": whole.get("$schema")}


def test_each_service_in_the_json_export_is_whole_by_hsds_schema(tmp_path):
    bring(EXAMPLES / "service_full.json")
    bring(DATA / "nyc_victim_services_2022.csv.gz", source="nyc")
    Service.objects.filter(source__key="nyc").exclude(name__contains="Queens").delete()

    exporting.export(tmp_path / "out.json", "json", has_all=True)

    found = json.loads((tmp_path / "out.json").read_text(encoding="utf-8"))["services"]
    checker = jsonschema.Draft202012Validator(service_schema())
    assert len(found) > 5
    assert [error.message for each in found for error in checker.iter_errors(each)] == []


# -- only what may be seen --


def everything(folder: Path, form: str, **wanted: Any) -> str:
    """Export and return the text of all files."""
    exporting.export(folder / form, form, **wanted)
    files = [folder / form] if form == "json" else sorted((folder / form).glob("*.csv"))
    return "".join(file.read_text(encoding="utf-8") for file in files)


@pytest.mark.parametrize("form", ["json", "csv"])
def test_an_export_holds_only_what_everybody_may_see(tmp_path, form):
    shown = make.service_at_location(of=make.service("Shown service"))
    make.phone(shown.service, description="shown number")
    make.phone(shown.service, description="secret number", visibility=Visibility.PARTNER)
    make.service_at_location(of=make.service("Secret service", visibility=Visibility.STAFF))
    unapproved = make.organization("Secret organisation", is_approved=False)
    make.service_at_location(of=make.service("Secret too", organization=unapproved))
    make.service_at_location(of=make.service("Secret and over", status="defunct"))

    text = everything(tmp_path, form)

    assert "Shown service" in text
    assert "shown number" in text
    assert "ecret" not in text


def test_with_all_it_holds_what_is_hidden_and_says_so(tmp_path):
    service = make.service("Hidden service", visibility=Visibility.STAFF)
    make.service_at_location(of=service)

    text = everything(tmp_path, "csv", has_all=True)

    [row] = [line for line in text.splitlines() if "Hidden service" in line]
    assert "staff" in row


def test_links_to_what_stays_behind_are_cut(tmp_path):
    hidden = make.location(visibility=Visibility.STAFF)
    service = make.service("Shown")
    make.service_at_location(of=service)
    make.service_at_location(of=service, at=hidden)
    make.phone(service, location=hidden)

    text = everything(tmp_path, "csv")

    assert str(hidden.pk) not in text


def test_a_zip_is_made_when_the_name_says_so_and_comes_in_again(tmp_path):
    bring(written(tmp_path))

    exporting.export(tmp_path / "out.zip", "csv", has_all=True)

    with zipfile.ZipFile(tmp_path / "out.zip") as packed:
        assert "datapackage.json" in packed.namelist()
    assert bring(tmp_path / "out.zip").total("new") == 0


def test_sources_are_named_in_the_package(tmp_path):
    make.service_at_location()
    Source.objects.create(key="nyc", name="City list", licence="open", url="https://example.org/")

    exporting.export(tmp_path / "out", "csv")

    told = json.loads((tmp_path / "out" / "datapackage.json").read_text(encoding="utf-8"))
    assert told["sources"] == [{"title": "City list (open)", "path": "https://example.org/"}]


def test_an_export_takes_the_place_of_the_last_one_and_of_nothing_else(tmp_path):
    make.service_at_location()
    exporting.export(tmp_path / "out", "csv")
    exporting.export(tmp_path / "out", "csv")
    (tmp_path / "home").mkdir()
    (tmp_path / "home" / "letter.txt").write_text("mine")

    with pytest.raises(OSError, match="something else"):
        exporting.export(tmp_path / "home", "csv")

    assert (tmp_path / "home" / "letter.txt").read_text() == "mine"


def test_an_export_costs_the_same_number_of_questions_for_more_services(
    tmp_path, django_assert_max_num_queries
):
    for _each in range(30):
        make.service_at_location()

    with django_assert_max_num_queries(60):
        exporting.export(tmp_path / "out.json", "json")


def test_every_column_of_every_table_goes_out():
    told = {name: {"id", *table(name).columns} for name in ORDER}

    gathered = {*gathering.TRUNK, *gathering.PARTS, *gathering.FOLLOWED, "attribute"}
    assert gathered | {"metadata", "meta_table_description"} == set(told)
