"""Killed in the middle of an import: nothing half is left, and again brings all of it once."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections import Counter

import pytest
from django.apps import apps

from leeward.directory.models import Change, Service, ServiceAtLocation
from leeward.directory.services import indexing
from leeward.directory.tests.exchange.made import DATA
from leeward.directory.tests.indexing.same import contents, fresh_contents
from tests import programs

pytestmark = pytest.mark.django_db(transaction=True)

NYC = DATA / "nyc_victim_services_2022.csv.gz"
SERVICES = 362


def import_it(*moment: str) -> int:
    """Import in a process of its own, which dies at `moment` if one is given; return how it ended.

    On PostgreSQL and on SQLite alike the process writes to this test's own database.
    """
    program = "leeward.directory.tests.exchange.half_imported"
    index = indexing.replica().folder.path
    ended = subprocess.run(
        [sys.executable, "-m", program, str(NYC), str(index), *moment],
        env=programs.environment(),
        capture_output=True,
        check=False,
    )
    assert ended.returncode in {0, -signal.SIGKILL}, ended.stderr.decode()[-2000:]
    return ended.returncode


def rows() -> Counter[str]:
    """Return how many rows each of the directory's tables holds; empty ones are left out."""
    tables = apps.get_app_config("directory").get_models()
    counted = {model.__name__: model._default_manager.count() for model in tables}
    return Counter({name: count for name, count in counted.items() if count})


def numbers_found_once() -> bool:
    """Return whether the log tells every number, and the index holds what the records say."""
    numbers = list(ServiceAtLocation.objects.values_list("number", flat=True))
    told = set(Change.objects.values_list("number", flat=True))
    indexing.catch_up()
    is_whole = contents(indexing.replica().folder.file) == fresh_contents()
    return len(set(numbers)) == len(numbers) == SERVICES and set(numbers) <= told and is_whole


@pytest.mark.parametrize(
    "moment",
    [
        "leeward.directory.exchange.writing.insert",
        "leeward.directory.services.changes._write",
        "django.db.backends.base.base.BaseDatabaseWrapper.commit",
    ],
)
def test_killed_before_the_commit_leaves_nothing_and_repeats_without_doubles(moment):
    before = rows()

    died = import_it(moment)

    assert died == -signal.SIGKILL
    assert rows() == before
    assert import_it() == 0
    assert Service.objects.count() == SERVICES
    assert numbers_found_once()


def test_killed_after_the_commit_loses_nothing_and_repeats_without_doubles():
    died = import_it("leeward.directory.services.changes._tell")
    stored = rows()

    again = import_it()

    assert (died, again) == (-signal.SIGKILL, 0)
    assert stored["Service"] == SERVICES
    assert rows() - stored == Counter(ImportRun=2)
    assert numbers_found_once()
