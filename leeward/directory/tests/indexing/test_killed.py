"""A process that is killed in the middle: nothing lost, nothing doubled, nothing half served."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from leeward.directory.models import Service
from leeward.directory.services import changes, indexing
from leeward.directory.tests import make
from leeward.directory.tests.indexing.same import contents, fresh_contents
from tests import programs

pytestmark = pytest.mark.django_db(transaction=True)

_KILLED = """
import os, signal, sys
from importlib import import_module
from pathlib import Path
import django
django.setup(set_prefix=False)
from leeward.directory.services import indexing

folder, doing, module, function = sys.argv[1:]
replica = indexing.new_replica(Path(folder))
module = import_module(module)
assert hasattr(module, function), function
setattr(module, function, lambda *_given, **_named: os.kill(os.getpid(), signal.SIGKILL))
getattr(replica, doing)()
"""


def kill_while(doing: str, module: str, function: str) -> None:
    """Have another process work on the index and die where `function` would be called."""
    folder = str(indexing.replica().folder.path)
    wanted = f"leeward.directory.{module}"
    ended = subprocess.run(
        [sys.executable, "-c", _KILLED, folder, doing, wanted, function],
        env=programs.environment(),
        capture_output=True,
        check=False,
    )
    assert ended.returncode == -signal.SIGKILL, ended.stderr.decode()[-2000:]


def index_file() -> Path:
    return indexing.replica().folder.file


@pytest.fixture
def filled(own_index: None) -> None:
    """Store offers, the first ones indexed, the others waiting in the log."""
    for number in range(6):
        offer = make.service_at_location(make.service(f"Service {number}"))
        make.need(offer.service, "shelter")
    indexing.rebuild()
    changes._followers.clear()
    for number in range(4):
        make.service_at_location(make.service(f"Late {number}"))
    first = Service.objects.get(name="Service 0")
    changes.touch_service(first.pk)
    first.delete()


@pytest.fixture(autouse=True)
def followers_back():
    """Put back who follows the log."""
    kept = list(changes._followers)
    yield
    changes._followers[:] = kept


@pytest.mark.parametrize(
    ("module", "function"),
    [
        ("search.writing", "_put_in"),
        ("search.writing", "_write_counts"),
        ("services.indexing.replicas", "documents_of"),
    ],
)
def test_killed_while_it_follows_the_log(filled, module, function):
    before = contents(index_file())

    kill_while("catch_up", module, function)

    assert contents(index_file()) == before
    indexing.catch_up()
    assert contents(index_file()) == fresh_contents()


@pytest.mark.parametrize(
    ("module", "function"),
    [
        ("search.building", "_spool"),
        ("search.building", "_sort"),
        ("search.building", "_finish"),
        ("search.files", "serve"),
        ("search.files", "remove_others"),
    ],
)
def test_killed_while_it_makes_the_index_anew(filled, module, function):
    kill_while("rebuild", module, function)

    indexing.catch_up()
    assert contents(index_file()) == fresh_contents()
    indexing.rebuild()
    assert contents(index_file()) == fresh_contents()
    left = {file.name for file in index_file().parent.iterdir() if "lock" not in file.name}
    assert len(left - beside(index_file().resolve())) == 1


def beside(file: Path) -> set[str]:
    """Return the names that belong to a file in use; its link is one more."""
    return {f"{file.name}{end}" for end in ("", "-wal", "-shm")}
