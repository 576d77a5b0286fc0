"""When the machine fails: nothing stored is lost, visitors are told calmly, it serves again."""

from __future__ import annotations

import os
import resource
import shutil
import signal
import sqlite3
import subprocess
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import httpx
import pytest

from tests.journeys.live import (
    LEEWARD,
    LiveSite,
    NeutralSite,
    environment_of,
    live_site,
    prepared_data,
)
from tests.places import give_places

SIGN_IN = "/staff/sign-in/"
WAIT_S = 40


@pytest.fixture
def own_data(tmp_path: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a data folder that this test may break."""
    shared = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        shared = shared.parent
    data = tmp_path / "data"
    shutil.copytree(prepared_data(shared), data)
    return data


@pytest.fixture
def own_site(own_data: Path, neutral: NeutralSite) -> Iterator[LiveSite]:
    """Return a site that this test may break."""
    with live_site(own_data, neutral) as running:
        yield running


def is_calm(page: httpx.Response) -> bool:
    return "<h1" in page.text and "Traceback" not in page.text and "tel:" in page.text


def is_whole(data: Path) -> bool:
    with closing(sqlite3.connect(data / "leeward.sqlite3")) as database:
        return bool(database.execute("PRAGMA integrity_check").fetchall() == [("ok",)])


def rows_in(data: Path, table: str) -> int:
    with closing(sqlite3.connect(data / "leeward.sqlite3")) as database:
        return int(database.execute(f"SELECT count(*) FROM {table}").fetchone()[0])


@contextmanager
def disk_full(site: LiveSite) -> Iterator[None]:
    """Let the server write no file beyond one kilobyte: what a full disk does, undone after."""
    before = resource.prlimit(site.pid, resource.RLIMIT_FSIZE)
    resource.prlimit(site.pid, resource.RLIMIT_FSIZE, (1024, before[1]))
    yield
    resource.prlimit(site.pid, resource.RLIMIT_FSIZE, before)


@contextmanager
def database_locked(data: Path) -> Iterator[None]:
    """Hold the one lock that everybody who writes needs."""
    with closing(sqlite3.connect(data / "leeward.sqlite3")) as holder:
        holder.execute("BEGIN EXCLUSIVE")
        yield
        holder.rollback()


def wrong_sign_in(site: LiveSite) -> httpx.Response:
    """Return the answer to a sign-in, which writes to the database."""
    with httpx.Client(base_url=site.base, timeout=WAIT_S) as staff:
        staff.get(SIGN_IN)
        token = staff.cookies.get("staff_form") or ""
        form = {"csrfmiddlewaretoken": token, "username": "nobody", "password": "nothing at all"}
        return staff.post(SIGN_IN, data=form, headers={"Referer": site.base + SIGN_IN})


def test_visitors_read_on_while_the_database_is_locked(own_site: LiveSite) -> None:
    with database_locked(own_site.data), httpx.Client(base_url=own_site.base) as visitor:
        answers = [visitor.get(path, timeout=WAIT_S) for path in own_site.paths()[:8]]

    assert [page.status_code for page in answers] == [200] * 8


def test_visitors_read_on_while_the_disk_is_full(own_site: LiveSite) -> None:
    with disk_full(own_site), httpx.Client(base_url=own_site.base) as visitor:
        answers = [visitor.get(path, timeout=WAIT_S) for path in own_site.paths()[:8]]

    assert [page.status_code for page in answers] == [200] * 8


def test_a_full_disk_does_no_lasting_harm(own_site: LiveSite) -> None:
    with disk_full(own_site):
        during = wrong_sign_in(own_site)
    after = wrong_sign_in(own_site)

    assert during.status_code in {200, 403, 422, 500, 503}
    assert "Traceback" not in during.text
    assert after.status_code in {200, 422}
    assert is_whole(own_site.data)


def test_a_killed_server_starts_again_with_everything_there(
    own_data: Path, neutral: NeutralSite
) -> None:
    pages_before = rows_in(own_data, "wagtailcore_page")
    with live_site(own_data, neutral) as running:
        os.kill(running.pid, signal.SIGKILL)

    with live_site(own_data, neutral) as again:
        first = httpx.get(again.base + "/", timeout=WAIT_S)

    assert first.status_code == 200
    assert is_whole(own_data)
    assert rows_in(own_data, "wagtailcore_page") == pages_before


def test_a_database_that_is_gone_leaves_a_calm_page_with_a_number(own_site: LiveSite) -> None:
    for file in own_site.data.glob("leeward.sqlite3*"):
        file.unlink()

    page = httpx.get(own_site.base + "/en/stories/", timeout=WAIT_S)

    assert page.status_code == 500
    assert is_calm(page)


# -- the search index: it is made of the records, so it may go and comes again --


@pytest.fixture(scope="module")
def bare_site_data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the data folder of a site without demonstration rows: its index is small."""
    data = tmp_path_factory.mktemp("bare") / "data"
    give_places(data)
    command = [LEEWARD, "setup", "--no-demo", "--data", str(data)]
    subprocess.run(command, env=environment_of(""), check=True, timeout=600)
    return data


@pytest.fixture
def bare_data(bare_site_data: Path, tmp_path: Path) -> Path:
    """Return a copy that this test may break."""
    return shutil.copytree(bare_site_data, tmp_path / "data", symlinks=True)


QUESTION = {"to": "/en/services/", "words": "help"}


def index_file(data: Path) -> Path:
    return next((data / "index").glob("search-*.sqlite3"))


def break_index(data: Path, how: str) -> None:
    """Break the index of a site that does not run."""
    file = index_file(data).resolve()
    for beside in file.parent.glob(f"{file.name}-*"):
        beside.unlink()
    whole = file.read_bytes()
    if how == "missing":
        shutil.rmtree(data / "index")
    elif how == "cut short":
        file.write_bytes(whole[: len(whole) // 3])
    else:
        file.write_bytes(whole[:200] + bytes(byte ^ 0xA5 for byte in whole[200:]))


def wait_for_search(site: LiveSite) -> httpx.Response:
    """Return the page of results once the index serves; it looks at once and each second."""
    ends = time.monotonic() + WAIT_S
    while True:
        page = httpx.post(site.base + "/", data=QUESTION, timeout=WAIT_S)
        if page.status_code == 200 or time.monotonic() > ends:
            return page
        time.sleep(0.5)


@pytest.mark.parametrize("how", ["missing", "cut short", "bytes changed"])
def test_a_site_with_a_broken_index_starts_and_mends_it(
    bare_data: Path, neutral: NeutralSite, how: str
) -> None:
    break_index(bare_data, how)

    with live_site(bare_data, neutral, has_demo=False) as running:
        page = wait_for_search(running)

    assert page.status_code == 200
    with closing(sqlite3.connect(index_file(bare_data))) as index:
        assert index.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert index.execute("SELECT is_whole FROM state").fetchone() == (1,)


def test_an_index_that_goes_while_the_site_runs_is_made_anew(
    bare_data: Path, neutral: NeutralSite
) -> None:
    with live_site(bare_data, neutral, has_demo=False) as running:
        shutil.rmtree(bare_data / "index")
        during = httpx.post(running.base + "/", data=QUESTION, timeout=WAIT_S)
        after = wait_for_search(running)

    assert is_calm(during)
    assert after.status_code == 200


def test_a_full_disk_leaves_the_index_whole(bare_data: Path, neutral: NeutralSite) -> None:
    before = index_file(bare_data).resolve()

    with live_site(bare_data, neutral, has_demo=False) as running, disk_full(running):
        page = httpx.post(running.base + "/", data=QUESTION, timeout=WAIT_S)

    assert "Traceback" not in page.text
    assert index_file(bare_data).resolve() == before
    with closing(sqlite3.connect(before)) as index:
        assert index.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
