"""The index follows the log, and mends itself."""

from __future__ import annotations

import sqlite3
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import OperationalError, transaction
from django.utils import timezone

from leeward.directory.models import Change, Counter, Service
from leeward.directory.search.card import from_bytes
from leeward.directory.search.types import IndexUnfit, Query
from leeward.directory.services import changes, confidential, indexing, public
from leeward.directory.services.indexing.replicas import Replica
from leeward.directory.tests import make

pytestmark = pytest.mark.django_db


def found() -> set[str]:
    """Return the names of all that the index finds."""
    hits = indexing.engine().search(everything()).hits
    return {from_bytes(hit.card).name for hit in hits}


def everything() -> Query:
    """Return the question that all services answer."""
    return Query(today=public.today(), areas=("US", "world"), limit=200)


def other_process() -> Replica:
    """Return another process's hand on the same index."""
    own = indexing.replica()
    other = indexing.new_replica(own.folder.path)
    other.look_every_s = other.retry_s = 0
    other.work_apart = own.work_apart
    return other


def current_file() -> Path:
    return indexing.replica().folder.file.resolve()


def test_a_missing_index_is_made():
    make.service_at_location(make.service("First"))

    assert found() == {"First"}


def test_what_is_added_changed_and_removed_is_followed():
    first = make.service_at_location(make.service("First"))
    found()
    make.service_at_location(make.service("Second"))
    assert found() == {"First", "Second"}

    Service.objects.filter(pk=first.service_id).update(name="Renamed")
    changes.touch_service(first.service_id)
    assert found() == {"Renamed", "Second"}

    changes.touch([first.number])
    first.delete()
    assert found() == {"Second"}


def test_a_search_asks_no_database_while_somebody_looks_ahead(django_assert_num_queries):
    make.service_at_location(make.service("First"))
    found()
    indexing.replica().look_every_s = 3600

    is_well = indexing.replica().look_ahead()

    assert is_well
    with django_assert_num_queries(0):
        assert found() == {"First"}


def test_a_search_looks_itself_when_nobody_looked_ahead_in_time():
    make.service_at_location(make.service("First"))
    found()
    other = other_process()
    other.look_ahead()

    with transaction.atomic():
        make.service_at_location(make.service("Second"))
        names = {hit.card for hit in other.engine().search(everything()).hits}

    assert len(names) == 2


def test_a_look_ahead_tells_of_trouble(monkeypatch):
    make.service_at_location(make.service("First"))
    found()

    def away() -> int:
        raise OperationalError

    monkeypatch.setattr(changes, "position", away)

    assert not indexing.replica().look_ahead()


def test_what_is_hidden_leaves_the_index():
    offer = make.service_at_location(make.service("First"))
    assert found() == {"First"}

    offer.service.organization.visibility = "staff"
    offer.service.organization.save()
    changes.touch_organization(offer.service.organization_id)

    assert found() == set()


def test_following_applies_changes_and_builds_nothing():
    make.service_at_location(make.service("First"))
    found()
    before = current_file()

    make.service_at_location(make.service("Second"))

    assert found() == {"First", "Second"}
    assert current_file() == before


def test_another_process_follows_what_this_one_built():
    make.service_at_location(make.service("First"))
    other = other_process()
    found()
    assert other.engine().sequence() == changes.position()

    make.service_at_location(make.service("Second"))
    indexing.rebuild()

    assert other.engine().sequence() == changes.position()


def test_a_log_that_was_trimmed_too_far_makes_the_index_anew():
    make.service_at_location(make.service("First"))
    found()
    before = current_file()
    make.service_at_location(make.service("Second"))
    make.service_at_location(make.service("Third"))
    Change.objects.filter(sequence__lt=3).delete()

    assert found() == {"First", "Second", "Third"}
    assert current_file() != before


def test_a_database_put_back_from_a_backup_is_noticed():
    make.service_at_location(make.service("First"))
    with transaction.atomic():
        make.service_at_location(make.service("Lost"))
        assert found() == {"First", "Lost"}
        transaction.set_rollback(True)
    make.service_at_location(make.service("Second"))

    assert found() == {"First", "Second"}


def test_an_index_of_another_version_is_made_anew(monkeypatch):
    make.service_at_location(make.service("First"))
    found()
    before = current_file()
    monkeypatch.setattr(indexing, "COMPILED", 99)
    upgraded = other_process()

    upgraded.engine()

    assert upgraded.folder.file.resolve() != before
    assert not before.exists()


def test_very_many_changes_make_the_index_anew(monkeypatch):
    monkeypatch.setattr("leeward.directory.services.indexing.replicas.INLINE", 1)
    monkeypatch.setattr("leeward.directory.services.indexing.replicas.REBUILD_FROM", 3)
    make.service_at_location(make.service("First"))
    found()
    before = current_file()
    for name in ("Second", "Third", "Fourth"):
        make.service_at_location(make.service(name))

    assert found() == {"First", "Second", "Third", "Fourth"}
    assert current_file() != before


def test_what_earlier_builds_left_is_removed():
    make.service_at_location()
    indexing.rebuild()
    half = current_file().with_suffix(".99")
    half.write_bytes(b"half")
    for _again in range(3):
        indexing.rebuild()

    files = [each for each in current_file().parent.glob("search-*") if "lock" not in each.name]
    bare = [each for each in files if not each.is_symlink() and each != current_file()]
    assert [each.name for each in bare if not each.name.startswith(current_file().name)] == []


def test_the_old_index_serves_while_a_new_one_is_made():
    make.service_at_location(make.service("First"))
    found()
    seen = []

    indexing.rebuild(lambda done, total: seen.append((done, total, found())))

    assert seen == [(1, 1, {"First"})]


def test_a_write_during_a_rebuild_is_in_the_new_index():
    make.service_at_location(make.service("First"))

    def write_once(_done: int, _total: int) -> None:
        if not Service.objects.filter(name="Second").exists():
            make.service_at_location(make.service("Second"))

    indexing.rebuild(write_once)

    assert found() == {"First", "Second"}


def damaged(kind: str) -> None:
    """Break the file in use."""
    file = current_file()
    whole = file.read_bytes()
    for beside in file.parent.glob(f"{file.name}-*"):
        beside.unlink()
    if kind == "missing":
        file.unlink()
    elif kind == "truncated":
        file.write_bytes(whole[: len(whole) // 2])
    elif kind == "empty":
        file.write_bytes(b"")
    else:
        flipped = bytes(byte ^ 0x5A for byte in whole)
        file.write_bytes(whole[:100] + flipped[100:])


@pytest.mark.parametrize("kind", ["missing", "truncated", "empty", "flipped"])
def test_a_damaged_index_is_noticed_and_made_anew(kind):
    make.service_at_location(make.service("First"))
    found()
    damaged(kind)
    other = other_process()

    other.check()

    assert found() == {"First"}
    assert other.engine().sequence() == changes.position()


def everything_in_the_folder() -> bytes:
    folder = indexing.replica().folder.path
    return b"".join(file.read_bytes().lower() for file in folder.rglob("*") if file.is_file())


def test_what_became_confidential_leaves_no_trace_in_the_files():
    offer = make.service_at_location(make.service("First"), make.location(description="Zanzi mill"))
    make.address(offer.location, address_1="7 Quagga Lane", city="Quaggaville")
    make.service_at_location(make.service("Second"))
    found()
    assert b"quagga" in everything_in_the_folder()

    confidential.hide(offer.location, None)

    assert found() == {"Second"}
    told = everything_in_the_folder()
    assert [word for word in (b"quagga", b"zanzi", b"7 quagga lane") if word in told] == []


def test_what_must_be_forgotten_is_not_found_while_the_new_file_is_made():
    make.service_at_location(make.service("First"))
    found()
    Service.objects.update(name="Renamed")
    changes.touch_all()
    changes.forget()
    replica = indexing.replica()
    replica.work_apart = lambda _work: None

    assert found() == {"Renamed"}
    assert replica._waiting() > 0


def test_while_an_index_is_made_anew_a_search_says_so():
    make.service_at_location()
    replica = indexing.replica()
    replica.work_apart = lambda _work: None

    with pytest.raises(IndexUnfit):
        replica.engine()


def test_a_disk_that_refuses_harms_no_write(monkeypatch, caplog):
    make.service_at_location(make.service("First"))
    found()

    def refuse(*_args, **_kwargs):
        raise sqlite3.OperationalError("database or disk is full")

    monkeypatch.setattr(indexing.replica().index, "apply", refuse)
    make.service_at_location(make.service("Second"))
    indexing.follow()
    during = found()
    monkeypatch.undo()

    assert during == {"First"}


def test_touching_nothing_writes_nothing():
    changes.touch([])

    assert changes.position() == 0


def test_trimming_keeps_a_month_and_always_the_last(time_machine):
    make.service_at_location()
    make.service_at_location()
    last = changes.position()

    time_machine.move_to(timezone.now() + timedelta(days=changes.KEPT_DAYS + 1))

    assert changes.trim() == 1
    assert changes.position() == last
    assert changes.since(last, most=5).numbers == ()


def test_an_offer_whose_approval_ended_leaves_with_the_first_search_of_the_day(time_machine):
    make.service_at_location(make.service("First"))
    make.service_at_location(make.service("Other"))
    Counter.objects.update_or_create(
        pk="approvals_looked_on", defaults={"value": public.today().toordinal()}
    )
    organization = Service.objects.get(name="First").organization
    organization.approved_until = public.today()
    organization.save()
    assert found() == {"First", "Other"}

    time_machine.move_to(timezone.now() + timedelta(days=1))

    assert found() == {"Other"}


def test_a_transaction_that_touches_often_is_followed_once(django_capture_on_commit_callbacks):
    numbers = [make.service_at_location().number for _each in range(3)]

    with django_capture_on_commit_callbacks() as told:
        for number in numbers:
            changes.touch([number])

    assert len(told) == 1
