"""The file of places: missing, damaged, replaced, and many readers at once."""

from __future__ import annotations

import shutil
import sqlite3
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from leeward.gazetteer import Gazetteer, GazetteerUnfit, is_fit, lookup
from leeward.gazetteer import build as build_module
from leeward.gazetteer.tests import make


@pytest.fixture
def path(tmp_path):
    """Return a small file of places that is fit."""
    return make.small(tmp_path / "places.sqlite3", make.entry("Brooklyn", population=2_700_000))


def test_a_file_that_was_just_made_is_fit_and_found_in(path):
    assert is_fit(path)
    assert Gazetteer(path).find("brooklyn")[0].population == 2_700_000


def test_a_missing_file_is_unfit(tmp_path):
    with pytest.raises(GazetteerUnfit):
        Gazetteer(tmp_path / "none").find("brooklyn")
    assert not is_fit(tmp_path / "none")


def cut_short(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-4096])


def scrawl(path: Path) -> None:
    path.write_bytes(b"not a gazetteer at all")


def empty(path: Path) -> None:
    path.write_bytes(b"")


def of_another_version(path: Path) -> None:
    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA user_version = 999")
    connection.close()


@pytest.mark.parametrize("damage", [cut_short, scrawl, empty, of_another_version])
def test_a_damaged_file_is_unfit(path, damage):
    damage(path)

    assert not is_fit(path)
    with pytest.raises(GazetteerUnfit):
        Gazetteer(path).find("brooklyn")


def test_a_file_damaged_in_the_middle_is_unfit_when_it_is_read(path):
    whole = bytearray(path.read_bytes())
    whole[4096:] = b"\xff" * (len(whole) - 4096)
    path.write_bytes(whole)

    with pytest.raises(GazetteerUnfit):
        Gazetteer(path).find("brooklyn")


def test_a_file_that_was_replaced_is_opened_anew(path, tmp_path):
    open_before = Gazetteer(path)
    assert open_before.find("albany") == []

    other = make.small(tmp_path / "other", make.entry("Albany"))
    other.replace(path)

    assert open_before.find("albany")[0].name == "Albany"


def test_a_file_that_is_mended_is_found_in_again(path, tmp_path):
    good = shutil.copy(path, tmp_path / "good")
    gazetteer = Gazetteer(path)
    cut_short(path)
    with pytest.raises(GazetteerUnfit):
        gazetteer.find("brooklyn")

    good.replace(path)

    assert gazetteer.find("brooklyn")


def test_a_build_that_breaks_off_leaves_the_old_file(path, monkeypatch):
    def break_off(*_arguments):
        raise KeyboardInterrupt

    monkeypatch.setattr(build_module, "_fill", break_off)

    with pytest.raises(KeyboardInterrupt):
        make.small(path, make.entry("Albany"))

    assert Gazetteer(path).find("brooklyn")


def test_what_killed_builds_left_behind_is_swept_away(path, monkeypatch):
    left = path.with_name(path.name + ".77.new")
    left.write_bytes(b"half")
    monkeypatch.setattr(build_module, "ABANDONED_S", -1)

    make.small(path, make.entry("Albany"))

    assert not left.exists()


def test_many_threads_read_at_once(path):
    gazetteer = Gazetteer(path)

    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda _: gazetteer.find("brooklyn")[0].name, range(200)))

    assert found == ["Brooklyn"] * 200


def test_nothing_is_found_before_a_file_was_named(monkeypatch, path):
    monkeypatch.setattr(lookup, "_used", [])
    with pytest.raises(GazetteerUnfit):
        lookup.find("brooklyn")

    lookup.use(path)

    assert lookup.find("brooklyn") == lookup.prefix("broo") == [lookup.nearest(40.6, -73.9)]
