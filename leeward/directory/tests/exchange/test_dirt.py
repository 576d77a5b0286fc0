"""Dirty data is the rule: each kind of it is named with its place, and good rows are kept."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path
from typing import Any

import pytest

from leeward.directory.exchange import files, separated
from leeward.directory.exchange.package import FileUnfit
from leeward.directory.models import (
    Address,
    Location,
    Organization,
    Phone,
    Schedule,
    Service,
    ServiceArea,
    TaxonomyTerm,
)
from leeward.directory.tests.exchange.made import (
    LOCATION,
    ORGANIZATION,
    SERVICE,
    bring,
    reasons,
    tables,
    written,
)

pytestmark = pytest.mark.django_db
SECOND = "22222222-0000-4000-8000-000000000002"


def service(**values: Any) -> dict[str, Any]:
    row = {"id": SERVICE, "organization_id": ORGANIZATION, "name": "Shelter", "status": "active"}
    return {**row, **values}


def location(**values: Any) -> dict[str, Any]:
    return {"id": LOCATION, "name": "Office", "latitude": "40.69", "longitude": "-73.98", **values}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252", "latin-1"])
def test_any_encoding_is_read(tmp_path, encoding):
    path = written(tmp_path)
    text = f"id,name,description\n{ORGANIZATION},Casa Ángel – niños,\n"
    name = text if encoding != "latin-1" else text.replace("–", "-")
    (path / "organization.csv").write_bytes(name.encode(encoding))

    bring(path)

    assert "Casa Ángel" in Organization.objects.get().name
    assert "niños" in Organization.objects.get().name


@pytest.mark.parametrize("mark", [",", ";", "\t", "|"])
def test_any_separator_is_read(tmp_path, mark):
    path = written(tmp_path)
    lines = [["id", "name", "description"], [ORGANIZATION, "Harbour", "We help"]]
    text = "\n".join(mark.join(line) for line in lines)
    (path / "organization.csv").write_text(text, encoding="utf-8")

    bring(path)

    assert Organization.objects.get().name == "Harbour"


@pytest.mark.parametrize(
    ("told", "column", "reason"),
    [
        ({"assured_date": "0000-00-00"}, "assured_date", "not a date"),
        ({"minimum_age": "eighteen"}, "minimum_age", "not a whole number"),
        ({"minimum_age": "40", "maximum_age": "20"}, "maximum_age", "lower than the minimum"),
        ({"status": "perhaps"}, "status", "not one of"),
        ({"url": "javascript:alert(1)"}, "url", "not a web address"),
        ({"email": "nobody at home"}, "email", "not an e-mail"),
        ({"name": "x" * 1_000_000}, "name", "longer than 300"),
        ({"description": "y" * 1_000_000}, "description", "longer than 20,000"),
    ],
)
def test_a_bad_cell_is_named_and_its_row_is_kept(tmp_path, told, column, reason):
    path = written(tmp_path, tables(service=[service(**told)]))

    report = bring(path)

    assert Service.objects.count() == 1
    [(file, line, at, why)] = reasons(report)
    assert (file, line, at) == ("service.csv", 2, column)
    assert why.startswith(reason)


def test_no_problem_says_what_stood_in_the_cell(tmp_path):
    told = service(email="her own secret", url="another secret", status="third secret")

    report = bring(written(tmp_path, tables(service=[told])))

    assert report.problem_count == 3
    assert "secret" not in report.text()


@pytest.mark.parametrize(
    ("latitude", "longitude", "point"),
    [
        ("nan", "-73.98", (None, None)),
        ("inf", "-73.98", (None, None)),
        ("0", "0", (None, None)),
        ("100", "101", (None, None)),
        ("40.69", "", (None, None)),
        ("-73.98", "40.69", (40.69, -73.98)),
        ("-122.4", "37.7", (37.7, -122.4)),
        ("1e309", "2", (None, None)),
        ("52,5", "13,4", (52.5, 13.4)),
    ],
)
def test_coordinates_are_on_earth_or_left_out(tmp_path, latitude, longitude, point):
    row = location(latitude=latitude, longitude=longitude)

    bring(written(tmp_path, tables(location=[row])))

    stored = Location.objects.get()
    assert (stored.latitude, stored.longitude) == point


@pytest.mark.parametrize(
    ("changes", "file", "column"),
    [
        ({"service": [service(organization_id="99")]}, "service.csv", "organization_id"),
        ({"service": [service(name="")]}, "service.csv", "name"),
        ({"phone": [{"id": "1", "number": "718-555-0134"}]}, "phone.csv", ""),
        (
            {"phone": [{"id": "1", "service_id": SERVICE, "number": "ask us"}]},
            "phone.csv",
            "number",
        ),
    ],
)
def test_a_row_without_what_it_needs_is_left_out_and_named(tmp_path, changes, file, column):
    report = bring(written(tmp_path, tables(**changes)))

    assert report.rows_lost >= 1
    assert (file, 2, column) in [each[:3] for each in reasons(report)]


def test_what_hangs_on_a_row_that_was_left_out_is_left_out_too(tmp_path):
    report = bring(written(tmp_path, tables(organization=[])))

    assert Service.objects.count() == Phone.objects.count() == 0
    assert Location.objects.count() == 1
    assert report.rows_lost == 3


def test_an_id_that_stands_twice_keeps_its_first_row(tmp_path):
    rows = [service(), service(name="Another"), service()]

    report = bring(written(tmp_path, tables(service=rows)))

    assert Service.objects.get().name == "Shelter"
    assert reasons(report) == [
        ("service.csv", 3, "id", "this id stands twice; the first row was kept")
    ]
    assert report.repeated == 2  # the other one is named as a problem, too


def test_parents_that_go_round_in_a_circle_are_cut(tmp_path):
    terms = [
        {"id": "a", "name": "A", "parent_id": "c"},
        {"id": "b", "name": "B", "parent_id": "a"},
        {"id": "c", "name": "C", "parent_id": "b"},
        {"id": "d", "name": "D", "parent_id": "d"},
    ]

    report = bring(written(tmp_path, tables(taxonomy_term=terms)))

    ours = TaxonomyTerm.objects.filter(name__in="ABCD")
    assert ours.count() == 4
    assert ours.filter(parent__isnull=True).count() == 2
    assert {each.line for each in report.problems} == {2, 5}


def test_a_cell_with_two_numbers_gives_two_phones(tmp_path):
    phone = {"id": "7", "service_id": SERVICE, "number": "Day: 718-555-0134 Night: 718-555-0135"}

    bring(written(tmp_path, tables(phone=[phone])))

    told = set(Phone.objects.values_list("number", "description"))
    assert told == {("+1 718-555-0134", "Day"), ("+1 718-555-0135", "Night")}


def test_hours_in_prose_are_read_and_the_prose_is_kept(tmp_path):
    prose = "Monday - Friday: 9 am - 5 pm"
    row = {"id": "1", "service_id": SERVICE, "description": prose}

    bring(written(tmp_path, tables(schedule=[row])))

    assert Schedule.objects.filter(opens_at="09:00", closes_at="17:00").exists()
    assert Schedule.objects.filter(description=prose).count() == 1


def test_hours_that_are_not_sure_stay_prose(tmp_path):
    row = {"id": "1", "service_id": SERVICE, "description": "When the moon is full"}

    bring(written(tmp_path, tables(schedule=[row])))

    assert (Schedule.objects.get().opens_at, Schedule.objects.get().byday) == ("", "")


def test_null_bytes_and_markup_do_not_come_in(tmp_path):
    told = service(description="<p>Safe\x00 house</p><script>x()</script>", name="A\u202eB")

    bring(written(tmp_path, tables(service=[told])))

    stored = Service.objects.get()
    assert (stored.name, stored.description) == ("AB", "Safe house")


def test_rows_with_more_cells_than_columns_are_named(tmp_path):
    path = written(tmp_path)
    text = f"id,name\n{ORGANIZATION},Harbour,more,and more\n"
    (path / "organization.csv").write_text(text, encoding="utf-8")

    report = bring(path)

    assert ("organization.csv", 2, "", "4 cells under 2 columns") in reasons(report)
    assert Organization.objects.get().name == "Harbour"


def test_an_endless_quote_stops_one_file_and_is_named(tmp_path, monkeypatch):
    monkeypatch.setattr(separated, "MOST_CELL", 1_000)
    separated.csv.field_size_limit(1_000)
    path = written(tmp_path)
    (path / "phone.csv").write_text('id,number\n1,"' + "a" * 2_000, encoding="utf-8")

    try:
        report = bring(path)
    finally:
        separated.csv.field_size_limit(5_000_000)

    assert Service.objects.count() == 1
    assert any(
        each.file == "phone.csv" and "stopped here" in each.reason for each in report.problems
    )


@pytest.mark.parametrize("content", [b"", b"   \n", b"\xef\xbb\xbf"])
def test_an_empty_file_is_said_to_be_empty(tmp_path, content):
    (tmp_path / "services.csv").write_bytes(content)

    with pytest.raises(FileUnfit, match="nothing"):
        bring(tmp_path / "services.csv")


@pytest.mark.parametrize("text", ['{"id": ', "[" * 100_000, '{"a": NaN'])
def test_json_that_is_not_whole_is_refused_calmly(tmp_path, text):
    (tmp_path / "services.json").write_text(text, encoding="utf-8")

    with pytest.raises(FileUnfit, match=r"services\.json"):
        bring(tmp_path / "services.json")


@pytest.mark.parametrize("text", ["[1, 2, 3]", '"words"', "{}", "[null]", '{"a": [[]]}'])
def test_json_that_is_no_directory_brings_nothing(tmp_path, text):
    (tmp_path / "services.json").write_text(text, encoding="utf-8")

    report = bring(tmp_path / "services.json")

    assert report.total("new") == Service.objects.count() == 0


def test_json_nested_too_deep_is_named_and_the_rest_is_kept(tmp_path):
    deep: dict[str, Any] = {"id": "x", "number": "718-555-0134"}
    for level in range(30):
        deep = {"id": f"c{level}", "name": "C", "contacts": [deep]}
    root = {**service(), "organization": {"id": ORGANIZATION, "name": "H"}, "contacts": [deep]}
    (tmp_path / "services.json").write_text(json.dumps([root]), encoding="utf-8")

    report = bring(tmp_path / "services.json")

    assert Service.objects.count() == 1
    assert any(each.reason == "nested too deep" for each in report.problems)


def test_json_numbers_that_are_none_are_left_out(tmp_path):
    place: dict[str, Any] = {
        "id": LOCATION,
        "name": "Office",
        "latitude": float("nan"),
        "longitude": 1e400,
    }
    root = {**service(), "organization": {"id": ORGANIZATION, "name": "H"}}
    root["service_at_locations"] = [{"id": "o", "location": place}]
    (tmp_path / "services.json").write_text(json.dumps([root]), encoding="utf-8")

    bring(tmp_path / "services.json")

    assert Location.objects.get().latitude is None


def zipped(tmp_path: Path, members: dict[str, bytes]) -> Path:
    path = tmp_path / "package.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in members.items():
            packed.writestr(name, content)
    return path


def test_a_zip_is_read_and_its_names_lead_nowhere(tmp_path):
    folder = written(tmp_path)
    members = {f"../../{each.name}": each.read_bytes() for each in folder.iterdir()}

    bring(zipped(tmp_path, members))

    assert Service.objects.count() == 1
    assert not list(tmp_path.parent.parent.glob("*.csv"))


def test_a_zip_bomb_is_refused_before_it_is_unpacked(tmp_path, monkeypatch):
    monkeypatch.setattr(files, "MOST_BYTES", 1_000_000)
    path = zipped(tmp_path, {"services.csv": b"0" * 30_000_000})

    with pytest.raises(FileUnfit, match="larger than"):
        bring(path)


def test_many_files_that_are_too_large_together_are_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(files, "MOST_ALL_BYTES", 1_000_000)
    path = zipped(tmp_path, {f"{at}/services.csv": b"0" * 400_000 for at in range(4)})

    with pytest.raises(FileUnfit, match="More than"):
        bring(path)


def test_a_broken_zip_is_refused_calmly(tmp_path):
    path = zipped(tmp_path, {"services.csv": b"id,name\n" * 1_000})
    path.write_bytes(path.read_bytes()[:60] + path.read_bytes()[70:])

    with pytest.raises(FileUnfit):
        bring(path)


def test_a_missing_path_is_named(tmp_path):
    with pytest.raises(FileUnfit, match="nothing at"):
        bring(tmp_path / "gone.csv")


def test_rows_without_an_id_get_the_same_one_each_time(tmp_path):
    rows = tables(phone=[{"service_id": SERVICE, "number": "718-555-0134"}])
    bring(written(tmp_path, rows))

    again = bring(written(tmp_path, rows))

    assert again.total("new") == 0
    assert Phone.objects.count() == 1


def test_area_names_that_could_be_several_places_get_no_code(tmp_path):
    rows = [{"id": "1", "service_id": SERVICE, "name": "Nationwide"},
            {"id": "2", "service_id": SERVICE, "name": "The other side of the river"}]  # fmt: skip

    bring(written(tmp_path, tables(service_area=rows)))

    assert set(ServiceArea.objects.values_list("area_code", flat=True)) == {"US", ""}


def test_a_word_for_a_country_becomes_its_letters(tmp_path):
    row = {**tables()["address"][0], "country": "United States"}

    bring(written(tmp_path, tables(address=[row])))

    assert Address.objects.get().country == "US"
