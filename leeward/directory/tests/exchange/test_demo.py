"""The demonstration directory: real rows, stamped as not verified, loaded once, never when live."""

from __future__ import annotations

import csv
import gzip
from types import SimpleNamespace

import pytest
from django.utils import timezone

from leeward.directory import demo
from leeward.directory.models import Change, ImportRun, Service, Source
from leeward.directory.search.types import Query
from leeward.directory.services import demo_shelters, indexing, public
from leeward.people.models import Account

pytestmark = pytest.mark.django_db


@pytest.fixture
def few_rows(tmp_path):
    """Return a file of the first rows of each source."""

    def cut(key, count=20):
        name = demo.SOURCES[key]["file"]
        with gzip.open(demo.DATA / name, "rt", encoding="utf-8") as file:
            lines = [next(file) for _line in range(count + 1)]
        path = tmp_path / name.removesuffix(".gz")
        path.write_text("".join(lines), encoding="utf-8")
        return path

    return cut


@pytest.mark.parametrize("key", list(demo.SOURCES))
def test_rows_of_each_source_show_once_its_two_accounts_approved_it(few_rows, key):
    demo.load_source(key, path=few_rows(key))
    before = public.listed_services().count()

    demo.approve_sources()

    source = Source.objects.get(key=key)
    assert before == 0
    assert public.listed_services().count() == Service.objects.count() > 10
    assert source.first_approved_by != source.second_approved_by


def test_every_source_says_that_nobody_verified_it_in_english_and_spanish(few_rows):
    demo.load_source("hrsa-health-centers", path=few_rows("hrsa-health-centers"))

    source = Source.objects.get()
    assert source.note_en.startswith("Not verified with the provider")
    assert source.note_es.startswith("No se ha comprobado")
    assert source.as_of == "2020-2021"
    assert not Service.objects.filter(verified_on__isnull=False).exists()


def test_a_small_demonstration_leaves_no_shortened_list_behind(settings, tmp_path):
    settings.CONFIG = settings.CONFIG.model_copy(update={"demo_rows": 20})
    settings.DATA = tmp_path

    demo.load_source("hrsa-health-centers")

    assert 0 < Service.objects.count() <= 20
    assert list(tmp_path.glob("*.csv")) == []


@pytest.mark.django_db(transaction=True)
def test_the_index_is_made_once_when_all_is_loaded(settings, tmp_path, monkeypatch):
    settings.CONFIG = settings.CONFIG.model_copy(update={"demo_rows": 20})
    settings.DATA = tmp_path
    index = indexing.new_replica(tmp_path / "index")
    beside: list[object] = []
    index.work_apart = beside.append
    monkeypatch.setattr(indexing, "replica", lambda: index)

    demo.load_all(["hrsa-health-centers"])

    assert beside == []
    found = indexing.engine().search(Query(today=public.today(), areas=("US", "world"), limit=9))
    assert found.hits


def test_nobody_can_sign_in_as_one_of_the_accounts_that_approve(few_rows):
    demo.load_source("hrsa-health-centers", path=few_rows("hrsa-health-centers"))

    demo.approve_sources()

    approvers = Account.objects.filter(username__in=demo.APPROVERS)
    assert approvers.count() == 2
    assert not any(each.is_active or each.has_usable_password() for each in approvers)


def test_an_approval_that_runs_out_is_renewed_and_another_is_left_alone(few_rows):
    demo.load_source("hrsa-health-centers", path=few_rows("hrsa-health-centers"))
    demo.approve_sources()
    Change.objects.all().delete()

    demo.approve_sources()
    left_alone = Change.objects.count()
    Source.objects.update(approved_until=timezone.now().date())
    demo.approve_sources()

    assert left_alone == 0
    assert Change.objects.count() > 10
    assert Source.objects.get(approved_until__gt=timezone.now().date())


def test_what_is_loaded_is_not_loaded_again(monkeypatch, few_rows):
    apart = []
    monkeypatch.setattr(demo, "run_apart", lambda *told: apart.append(told))
    monkeypatch.setattr(demo_shelters, "load", lambda: None)

    demo.load()
    for key in demo.SOURCES:
        demo.load_source(key, path=few_rows(key, 2))
    demo.load()

    assert [told[-1] for told in apart] == [list(demo.SOURCES)]
    assert ImportRun.objects.count() == 4


def test_a_live_site_loads_none_of_it(monkeypatch):
    monkeypatch.setattr(demo, "settings", SimpleNamespace(CONFIG=SimpleNamespace(live=True)))

    with pytest.raises(demo.NotOnALiveSite):
        demo.load()


def test_the_files_hold_the_rows_that_their_page_tells():
    rows = {}
    for key, source in demo.SOURCES.items():
        with gzip.open(demo.DATA / source["file"], "rt", encoding="utf-8", newline="") as file:
            rows[key] = sum(1 for _row in csv.DictReader(file))

    assert rows.pop("nyc-victim-services") == 362
    assert sum(rows.values()) == 38_986
