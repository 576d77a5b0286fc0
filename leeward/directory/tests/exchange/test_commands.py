"""The commands `leeward directory import` and `export`, as an operator calls them."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner, Result

from leeward.directory import commands
from leeward.directory.exchange.readers.kinds import KINDS
from leeward.directory.models import Service, Source
from leeward.directory.tests import make
from leeward.directory.tests.exchange.made import tables, written

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def started(monkeypatch):
    """Django is ready here, and its data folder chosen."""
    monkeypatch.setattr(commands, "start_django", lambda _data: None)


def run(*words: object) -> Result:
    return CliRunner().invoke(commands.directory, [str(word) for word in words])


def test_import_writes_and_reports(tmp_path):
    ending = run("import", written(tmp_path), "--source", "county")

    assert ending.exit_code == 0
    assert "Written. Source: county." in ending.output
    assert "No problems." in ending.output
    assert Service.objects.count() == 1


def test_import_names_each_bad_row_with_line_column_and_reason(tmp_path):
    row = {**tables()["service"][0], "assured_date": "0000-00-00"}

    ending = run("import", written(tmp_path, tables(service=[row])), "--source", "county")

    assert "service.csv, line 2, assured_date: not a date" in ending.output
    assert ending.exit_code == 0


def test_a_dry_run_says_that_nothing_was_written(tmp_path):
    ending = run("import", written(tmp_path), "--source", "county", "--dry-run")

    assert "Nothing was written." in ending.output
    assert not Source.objects.exists()


def test_strict_fails_and_says_why(tmp_path):
    row = {**tables()["service"][0], "assured_date": "0000-00-00"}
    path = written(tmp_path, tables(service=[row]))

    ending = run("import", path, "--source", "county", "--strict")

    assert ending.exit_code == 1
    assert "Nothing was written." in ending.output
    assert "not a date" in ending.output
    assert not Service.objects.exists()


def test_a_file_that_cannot_be_read_is_one_calm_sentence(tmp_path):
    ending = run("import", tmp_path / "gone.zip", "--source", "county")

    assert ending.exit_code == 1
    assert ending.output.startswith("Error: There is nothing at")
    assert "Traceback" not in ending.output


def test_nothing_moves_on_a_screen_that_is_no_terminal(tmp_path):
    ending = run("import", written(tmp_path), "--source", "county")

    assert ending.stderr == ""


def test_export_writes_what_may_be_seen(tmp_path):
    make.service_at_location(of=make.service("Shown"))

    ending = run("export", tmp_path / "out.json")

    assert ending.exit_code == 0
    assert "1 services written" in ending.output
    told = json.loads((tmp_path / "out.json").read_text(encoding="utf-8"))
    assert [each["name"] for each in told["services"]] == ["Shown"]


def test_export_to_where_it_cannot_write_is_one_calm_sentence(tmp_path):
    ending = run("export", tmp_path / "no" / "such" / "folder.json")

    assert ending.exit_code == 1
    assert "can't be written" in ending.output


def test_the_command_knows_the_kinds_that_there_are():
    assert commands.KINDS == KINDS
