"""Killed in the middle of publishing: afterwards the site serves the old page, whole."""

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

from leeward.stories.tests import make

READ = """
import django; django.setup(set_prefix=False)
from django.test import Client
from leeward.stories.models import GuidePage
guide = GuidePage.objects.get()
page = Client().get(guide.canonical_path, headers={"host": "localhost"}).content.decode()
print("old" if "Old words." in page and "New words." not in page else page)
guide.intro = "Newer words."
guide.save_revision().publish()
print(GuidePage.objects.get().intro)
"""


def environment(folder: Path) -> dict[str, str]:
    ours = {
        "DJANGO_SETTINGS_MODULE": "leeward.settings.base",
        "LEEWARD_DATA": str(folder),
        "LEEWARD_LANGUAGES": "en es ar",
        "DATABASE_URL": "",
    }
    return os.environ | ours


@pytest.mark.django_db(transaction=True)
def test_a_server_killed_while_publishing_leaves_the_old_page_whole(tmp_path: Path) -> None:
    if connection.vendor != "sqlite":
        assert connection.vendor == "postgresql"  # which has its own proof of this
        return
    make.guide(intro="Old words.")
    connection.close()
    shutil.copyfile(settings.DATABASES["default"]["NAME"], tmp_path / "leeward.sqlite3")

    writer = subprocess.Popen(
        [sys.executable, "-m", "leeward.stories.tests.half_published"],
        env=environment(tmp_path),
        stdout=subprocess.PIPE,
        text=True,
    )
    assert writer.stdout is not None
    reached = writer.stdout.readline()
    writer.kill()
    writer.communicate()

    assert reached == "half\n"
    with sqlite3.connect(tmp_path / "leeward.sqlite3") as database:
        assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert database.execute("SELECT intro FROM stories_guidepage").fetchall() == [
            ("Old words.",)
        ]
    database.close()
    after = subprocess.run(
        [sys.executable, "-c", READ],
        env=environment(tmp_path),
        capture_output=True,
        text=True,
        check=True,
    )
    assert after.stdout.split("\n")[:2] == ["old", "Newer words."]
