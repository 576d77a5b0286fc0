"""Killed in the middle of an import: nothing half is left, and again brings all of it once."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

from leeward.directory.tests.exchange.made import DATA

NYC = DATA / "nyc_victim_services_2022.csv.gz"
AGAIN = f"""
import django; django.setup(set_prefix=False)
from pathlib import Path
from leeward.directory.exchange.importing import Wanted, import_file
from leeward.directory.models import Change, Service, ServiceAtLocation
for _time in range(2):
    import_file(Path({str(NYC)!r}), Wanted(source="nyc"))
numbers = set(ServiceAtLocation.objects.values_list("number", flat=True))
told = set(Change.objects.values_list("number", flat=True))
print(Service.objects.count(), len(numbers), numbers <= told)
"""


def environment(folder: Path) -> dict[str, str]:
    ours = {
        "DJANGO_SETTINGS_MODULE": "leeward.settings.base",
        "LEEWARD_DATA": str(folder),
        "DATABASE_URL": "",
    }
    return os.environ | ours


@pytest.mark.django_db(transaction=True)
def test_an_import_killed_in_the_middle_leaves_nothing_and_repeats_without_doubles(
    tmp_path: Path,
) -> None:
    if connection.vendor != "sqlite":
        assert connection.vendor == "postgresql"  # which has its own proof of this
        return
    connection.close()
    file = tmp_path / "leeward.sqlite3"
    shutil.copyfile(settings.DATABASES["default"]["NAME"], file)

    writer = subprocess.Popen(
        [sys.executable, "-m", "leeward.directory.tests.exchange.half_imported", str(NYC)],
        env=environment(tmp_path),
        stdout=subprocess.PIPE,
        text=True,
    )
    assert writer.stdout is not None
    reached = writer.stdout.readline()
    writer.kill()
    writer.communicate()

    assert reached == "half\n"
    with sqlite3.connect(file) as database:
        assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        for table in ("service", "organization", "source", "change", "importrun"):
            assert database.execute(f"SELECT COUNT(*) FROM directory_{table}").fetchone() == (0,)
    database.close()
    after = subprocess.run(
        [sys.executable, "-c", AGAIN],
        env=environment(tmp_path),
        capture_output=True,
        text=True,
        check=True,
    )
    assert after.stdout.splitlines()[-1] == "362 362 True"
