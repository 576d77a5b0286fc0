"""The key of the day: one for all processes, and nothing of it left when the day is over."""

from __future__ import annotations

import uuid
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.utils import timezone

from leeward.line import jobs
from leeward.line.services.abuse import abuse, day_key
from leeward.line.tests.on_disk import everything_on_disk

TODAY, TOMORROW = date(2026, 11, 23), date(2026, 11, 24)
ADDRESS = "192.0.2.7"


@pytest.fixture(autouse=True)
def data(tmp_path: Path, settings) -> Path:
    """Give the site a data folder of its own."""
    settings.DATA = tmp_path
    return tmp_path


def test_every_process_reads_the_same_key_all_day():
    first = day_key.key_of(TODAY)

    again = day_key.key_of(TODAY)

    assert again == first
    assert len(first) == 32


def test_the_key_of_a_day_that_is_over_can_not_be_had_again(data):
    yesterday = day_key.key_of(TODAY)

    today = day_key.key_of(TOMORROW)

    assert [file.name for file in data.glob("line.day-*")] == ["line.day-2026-11-24"]
    assert yesterday not in {today, day_key.key_of(TODAY)}


def test_the_old_key_is_overwritten_before_its_file_goes(data):
    key = day_key.key_of(TODAY)
    (data / "a second name").hardlink_to(data / "line.day-2026-11-23")

    count = day_key.forget_others(TOMORROW)

    assert count == 1
    assert key not in (data / "a second name").read_bytes()


def test_only_its_owner_may_read_it(data):
    day_key.key_of(TODAY)

    assert (data / "line.day-2026-11-23").stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("spoiled", [b"", b"short"])
def test_a_spoiled_file_stops_nobody(data, spoiled):
    (data / "line.day-2026-11-23").write_bytes(spoiled)

    assert len(day_key.key_of(TODAY)) == 32


def test_a_folder_that_takes_nothing_stops_nobody(data, settings):
    settings.DATA = data / "not there"

    assert len(day_key.key_of(TODAY)) == 32


def test_once_the_key_is_gone_the_same_address_mixes_to_something_else():
    now = timezone.now()
    mixed = abuse._mixture(ADDRESS, now)

    abuse.forget_all()
    day_key.forget_others(TOMORROW if now.date() != TOMORROW else TODAY)

    assert abuse._mixture(ADDRESS, now) != mixed


@pytest.mark.django_db(transaction=True)
def test_a_minute_after_midnight_neither_key_nor_mixture_is_left(data, tmp_path_factory):
    before = timezone.now() - timedelta(days=1)
    abuse.opened(uuid.uuid4(), ADDRESS, now=before)
    key, mixed = abuse._today.key, abuse._mixture(ADDRESS, before)

    jobs.every_minute()

    lying = everything_on_disk(backups=tmp_path_factory.mktemp("backups"))
    assert key not in lying
    assert mixed.encode() not in lying
    assert abuse._today.day is None
    assert not abuse._today.opened
    assert not abuse._today.counts
