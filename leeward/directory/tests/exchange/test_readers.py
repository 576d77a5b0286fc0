"""Each kind of file, read from a real one."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from leeward.directory import vocabulary
from leeward.directory.exchange.package import FileUnfit
from leeward.directory.models import (
    Address,
    Attribute,
    Contact,
    CostOption,
    Language,
    Location,
    Organization,
    Phone,
    Schedule,
    Service,
    ServiceArea,
    ServiceAtLocation,
    ServiceCapacity,
    TaxonomyTerm,
    Visibility,
)
from leeward.directory.tests.exchange.made import DATA, EXAMPLES, FILES, bring

NYC = DATA / "nyc_victim_services_2022.csv.gz"
pytestmark = pytest.mark.django_db


def first_lines(tmp_path: Path, name: str, count: int) -> Path:
    with gzip.open(DATA / name, "rt", encoding="utf-8") as file:
        lines = [next(file) for _line in range(count + 1)]
    path = tmp_path / name.removesuffix(".gz")
    path.write_text("".join(lines), encoding="utf-8")
    return path


def tied(service: Service) -> set[tuple[str, str, str]]:
    rows = Attribute.objects.filter(link_id=service.pk).select_related("taxonomy_term")
    return {(row.taxonomy_term.taxonomy, row.taxonomy_term.code, row.value) for row in rows}


def test_the_new_york_file_gives_362_sites_of_80_organisations():
    report = bring(NYC, kind="auto")

    assert report.rows_lost == 0
    assert Organization.objects.count() == 80
    assert ServiceAtLocation.objects.count() == Service.objects.count() == 362
    assert Address.objects.filter(postal_code__regex=r"^\d{5}$").count() == 361


def test_a_new_york_site_keeps_needs_people_languages_hours_and_county():
    bring(NYC)

    site = Service.objects.get(
        name="Brooklyn Family Justice Center", organization__name__startswith="The Arab-American"
    )

    assert ("leeward-needs", "immigration", "yes") in tied(site)
    assert ("leeward-people", "older", "yes") in tied(site)
    assert ("leeward-access", "wheelchair", "yes") in tied(site)
    assert {row.code for row in Language.objects.filter(service=site)} == {"es", "ar", "bn"}
    hours = Schedule.objects.filter(service=site).exclude(opens_at="")
    assert {(row.opens_at, row.closes_at) for row in hours} == {("09:00", "17:00")}
    assert any(row.description.startswith("Monday - Friday: 9 am") for row in hours)
    address = Address.objects.get(location__service_at_locations__service=site)
    assert (address.city, address.region, address.postal_code) == (
        "Brooklyn", "Kings County", "11201",
    )  # fmt: skip
    assert ServiceArea.objects.get(service=site).area_code == "US-NY/kings-county"


def test_what_the_new_york_file_leaves_empty_is_not_known():
    bring(NYC)

    assert not Attribute.objects.filter(value="no").exists()


@pytest.mark.parametrize(
    ("name", "need"),
    [
        ("samhsa_mental_health.csv.gz", "mental_health"),
        ("samhsa_substance_use.csv.gz", "substance_use"),
        ("hrsa_health_centers.csv.gz", "health"),
    ],
)
def test_each_federal_list_gives_a_service_a_row(tmp_path, name, need):
    report = bring(first_lines(tmp_path, name, 500), kind="auto")

    term = vocabulary.terms(vocabulary.NEEDS)[need].id
    assert 490 <= Service.objects.count() == report.counts["service"]["new"] <= 500
    assert Attribute.objects.filter(taxonomy_term=term).count() == Service.objects.count()
    assert Location.objects.filter(latitude__isnull=False).count() == Service.objects.count()


def test_rows_that_repeat_a_name_and_address_are_counted_in_words(tmp_path):
    path = first_lines(tmp_path, "hrsa_health_centers.csv.gz", 3)
    rows = path.read_text(encoding="utf-8").splitlines()
    path.write_text("\n".join([*rows, rows[-1]]), encoding="utf-8")

    report = bring(path)

    assert (report.repeated, Service.objects.count()) == (1, len(rows) - 1)
    assert "1 rows repeat a service (its id, or name and address)" in report.text()


def test_a_zip_code_gets_its_zeros_back(tmp_path):
    bring(first_lines(tmp_path, "samhsa_mental_health.csv.gz", 5))

    assert set(Address.objects.values_list("postal_code", flat=True)) <= {
        "06708", "06710", "06702", "06705", "06511", "06519", "06457",
    }  # fmt: skip


def test_the_ohana_sample_of_hsds_1_loads():
    report = bring(FILES / "ohana")

    assert (Organization.objects.count(), Service.objects.count()) == (8, 23)
    assert TaxonomyTerm.objects.filter(code="101-02-01", parent__code="101-02").exists()
    assert Location.objects.filter(location_type="virtual").count() == 1
    assert Address.objects.filter(address_type="postal").count() == 21
    assert Phone.objects.get(number="+1 650-403-4300", extension=4385).location is not None
    monday = Schedule.objects.filter(location__isnull=False, byday="MO", closes_at="17:00")
    assert monday.count() == 1
    assert report.rows_lost == 1


@pytest.mark.parametrize("name", ["hsds_3_0_csv", "hsds_3_1_csv"])
def test_the_tabular_examples_of_hsds_load(name):
    report = bring(FILES / name)

    service = Service.objects.get(name="Community Counselling")
    assert service.organization.name == "Example Organization Inc."
    assert service.program is not None
    assert service.fees_description.startswith("Non-NHS patients")
    assert CostOption.objects.get(service=service).amount == 35
    assert Location.objects.get().latitude is None
    assert any("not a place on earth" in each.reason for each in report.problems)


@pytest.mark.parametrize(
    "path",
    [
        EXAMPLES / "service_full.json",
        EXAMPLES / "organization_full.json",
        EXAMPLES / "service_at_location_full.json",
        FILES / "hsds_3_0_json" / "service_full.json",
        FILES / "hsds_3_0_json" / "organization_full.json",
    ],
    ids=lambda path: f"{path.parent.name}-{path.stem}",
)
def test_the_json_examples_of_hsds_load(path):
    report = bring(path)

    service = Service.objects.get(name="Community Counselling")
    assert service.organization.name == "Example Organization Inc."
    offer = ServiceAtLocation.objects.get()
    assert (offer.service_id, offer.location.name) == (service.pk, "MyCity Civic Center")
    phone = Phone.objects.get()
    assert phone.service_id == service.pk
    assert phone.languages.get().code == "ur"
    assert report.rows_lost == 0


def test_a_page_of_services_loads_and_gives_each_a_place_to_be_found_at():
    bring(EXAMPLES / "service_list.json")

    offer = ServiceAtLocation.objects.get()
    assert offer.location.location_type == Location.Kind.VIRTUAL


def test_free_beds_come_along_without_an_impossible_maximum():
    report = bring(EXAMPLES / "service_full.json")

    capacity = ServiceCapacity.objects.get()
    assert (capacity.available, capacity.maximum, capacity.unit.name) == (12, None, "Kilogram")
    assert any(each.column == "maximum" for each in report.problems)


def test_contacts_are_for_staff_unless_the_file_says_otherwise():
    bring(EXAMPLES / "service_full.json")

    assert Contact.objects.get().visibility == Visibility.STAFF


MAPPING = """
columns:
  organization.name: Agency
  service.name: [Program, Agency]
  service.description: About
  phone.number: Tel
  address.address_1: Street
  address.city: Town
  location.latitude: Lat
  location.longitude: Lon
  service.languages: Tongues
  service.hours: Open
  service.needs: {column: Types, split: "/", words: {Bett: shelter, Recht: legal}}
  access.wheelchair: {column: Rampe, yes: [ja], no: [nein]}
constants:
  address.country: DE
"""
ROWS = (
    "Agency;Program;About;Tel;Street;Town;Lat;Lon;Tongues;Open;Types;Rampe\n"
    "Haus Eins;;Wir helfen;718-555-0134;Weg 1;Berlin;52.5;13.4;German, Turkish;"
    "Monday - Friday: 9 am - 5 pm;Bett/Recht/Tanz;ja\n"
    "Haus Zwei;Beratung;;;Weg 2;Berlin;52.6;13.5;;;;vielleicht\n"
)


def plain_csv(tmp_path: Path, rows: str = ROWS, mapping: str = MAPPING) -> tuple[Path, Path]:
    (tmp_path / "list.csv").write_bytes(rows.encode("cp1252"))
    (tmp_path / "mapping.yaml").write_text(mapping, encoding="utf-8")
    return tmp_path / "list.csv", tmp_path / "mapping.yaml"


def test_a_plain_csv_loads_by_a_mapping(tmp_path):
    path, mapping = plain_csv(tmp_path)

    report = bring(path, mapping=mapping)

    first = Service.objects.get(name="Haus Eins")
    assert tied(first) == {
        ("leeward-needs", "shelter", "yes"),
        ("leeward-needs", "legal", "yes"),
        ("leeward-access", "wheelchair", "yes"),
    }
    assert {row.code for row in first.languages.all()} == {"de", "tr"}
    assert first.schedules.filter(opens_at="09:00").exists()
    assert Address.objects.filter(country="DE", city="Berlin").count() == 2
    told = {(each.line, each.column) for each in report.problems}
    assert told == {(2, "needs"), (3, "wheelchair")}


@pytest.mark.parametrize(
    ("mapping", "words"),
    [
        ("columns: {service.nonsense: A, organization.name: B}", "no column here"),
        ("columns: {service.name: A}", "organization.name"),
        ("nothing", "needs `columns:`"),
        ("a: [", "can't be read"),
    ],
)
def test_a_wrong_mapping_is_named(tmp_path, mapping, words):
    path, mapping_path = plain_csv(tmp_path, mapping=mapping)

    with pytest.raises(FileUnfit, match=words):
        bring(path, mapping=mapping_path)


def test_a_file_of_no_known_kind_is_said_to_be_so(tmp_path):
    (tmp_path / "odd.csv").write_text("a,b\n1,2\n", encoding="utf-8")

    with pytest.raises(FileUnfit, match="--kind"):
        bring(tmp_path / "odd.csv")
