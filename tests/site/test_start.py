"""The program starts only when it is safe to; else it says why and names the fix, and ends."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.conf import settings as django_settings

from leeward import serving
from leeward.directory.services import confidential
from leeward.directory.tests import make
from leeward.settings.config import SettingsWrong

LEEWARD = Path(sys.executable).with_name("leeward")
REFUSED = 2


@dataclass(frozen=True)
class Ending:
    """How a run of the program ended."""

    status: int
    said: str


def run(folder: Path, *arguments: str, **settings: str) -> Ending:
    """Run the program as an operator would, with these settings and no others."""
    kept = {name: value for name, value in os.environ.items() if "LEEWARD" not in name}
    kept.pop("DATABASE_URL", None)
    kept.pop("DJANGO_SETTINGS_MODULE", None)
    environment = kept | {
        "LEEWARD_DATA": str(folder / "var"),
        "LEEWARD_CONFIG": str(folder / "leeward.toml"),
        **{f"LEEWARD_{name.upper()}": value for name, value in settings.items()},
    }
    done = subprocess.run(
        [str(LEEWARD), *(arguments or ("manage", "check"))],
        capture_output=True,
        text=True,
        cwd=folder,
        env=environment,
        timeout=600,
        check=False,
    )
    return Ending(done.returncode, done.stdout + done.stderr)


def test_with_safe_settings_it_starts(tmp_path: Path) -> None:
    ending = run(tmp_path)

    assert ending.status == 0, ending.said


def test_a_data_folder_it_cannot_write_to_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a-file").write_text("")

    ending = run(tmp_path, data=str(tmp_path / "a-file" / "var"))

    assert ending.status == REFUSED
    assert "can't write to" in ending.said
    assert "LEEWARD_DATA" in ending.said
    assert "Traceback" not in ending.said


LIVE = {"live": "true", "hosts": "help.example.org"}


@pytest.mark.parametrize(
    "settings, fix",
    [
        pytest.param(LIVE, "leeward make-key", id="live without a key"),
        pytest.param({**LIVE, "debug": "true"}, "set debug = false", id="debug on a live site"),
        pytest.param({"live": "true"}, 'set hosts = ["help.example.org"]', id="live, no name"),
        pytest.param({"database_url": "mysql://a/b"}, "postgresql://", id="unknown database"),
        pytest.param({"exit_url": "wikipedia"}, "https://www.wikipedia.org/", id="exit, no scheme"),
        pytest.param({"exit_url": ""}, "at least one neutral site", id="no exit"),
        pytest.param({"exit_url": "https://a.example/';x"}, "leave it out", id="exit, odd mark"),
        pytest.param({"time_zone": "Mars/Base"}, "America/New_York", id="unknown time zone"),
        pytest.param({"languages": "xx"}, "choose from en, es, ar", id="unknown language"),
        pytest.param({"country": "usa"}, "two letters", id="country in three letters"),
        pytest.param({"workers": "0"}, "server processes", id="no server process"),
    ],
)
def test_a_wrong_or_unsafe_setting_is_refused_with_its_fix(
    tmp_path: Path, settings: dict[str, str], fix: str
) -> None:
    ending = run(tmp_path, **settings)

    assert ending.status == REFUSED, ending.said
    assert fix in ending.said
    assert "Traceback" not in ending.said


def test_a_key_that_other_users_may_read_is_refused_on_a_live_site(tmp_path: Path) -> None:
    key = tmp_path / "secret.key"
    key.write_text("k" * 64)
    key.chmod(0o644)

    ending = run(tmp_path, secret_key_file=str(key), **LIVE)

    assert ending.status == REFUSED
    assert f"chmod 600 {key}" in ending.said


def test_a_key_that_is_too_short_is_refused(tmp_path: Path) -> None:
    key = tmp_path / "secret.key"
    key.write_text("short")
    key.chmod(0o600)

    ending = run(tmp_path, secret_key_file=str(key), **LIVE)

    assert ending.status == REFUSED
    assert "leeward make-key" in ending.said


def test_the_key_that_make_key_writes_lets_a_live_site_start(tmp_path: Path) -> None:
    made = run(tmp_path, "make-key")

    ending = run(tmp_path, **LIVE)

    assert made.status == 0, made.said
    assert (tmp_path / "var" / "secret.key").stat().st_mode & 0o777 == 0o600
    assert ending.status == 0, ending.said


def test_make_key_keeps_the_key_that_is_there(tmp_path: Path) -> None:
    run(tmp_path, "make-key")
    first = (tmp_path / "var" / "secret.key").read_text()

    again = run(tmp_path, "make-key")

    assert again.status == REFUSED
    assert (tmp_path / "var" / "secret.key").read_text() == first


def test_a_setting_that_does_not_exist_is_refused(tmp_path: Path) -> None:
    (tmp_path / "leeward.toml").write_text('exit_ulr = "https://www.wikipedia.org/"\n')

    ending = run(tmp_path)

    assert ending.status == REFUSED
    assert "exit_ulr" in ending.said


def test_a_file_that_is_not_toml_is_refused_with_its_line(tmp_path: Path) -> None:
    (tmp_path / "leeward.toml").write_text("live = yes please\n")

    ending = run(tmp_path)

    assert ending.status == REFUSED
    assert "line 1" in ending.said
    assert "Traceback" not in ending.said


def test_the_environment_wins_over_the_file(tmp_path: Path) -> None:
    (tmp_path / "leeward.toml").write_text('country = "wrong"\n')

    assert run(tmp_path).status == REFUSED
    assert run(tmp_path, country="MX").status == 0


def test_check_deploy_fails_and_names_each_fix_on_a_trial_site(tmp_path: Path) -> None:
    ending = run(tmp_path, "check", "--deploy")

    assert ending.status == 1
    assert "Fix: Set live = true in leeward.toml." in ending.said
    assert "behind_proxy = true" in ending.said


def test_check_without_deploy_finds_nothing_on_a_trial_site(tmp_path: Path) -> None:
    ending = run(tmp_path, "check")

    assert (ending.status, ending.said.strip()) == (0, "Nothing unsafe was found.")


def test_a_live_site_takes_no_demonstration_content(tmp_path: Path) -> None:
    run(tmp_path, "make-key")

    ending = run(tmp_path, "setup", "--demo", **LIVE)

    assert ending.status == REFUSED
    assert "Leave --demo out" in ending.said


def test_a_port_that_is_taken_is_said_before_anything_is_set_up(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]

        ending = run(tmp_path, "up", "--port", str(port))

    assert ending.status == REFUSED
    assert "choose another port" in ending.said
    assert not (tmp_path / "var" / "leeward.sqlite3").exists()


@pytest.mark.django_db
def test_another_key_than_the_one_that_sealed_confidential_sites_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    confidential.hide(make.location(), None)
    monkeypatch.setattr(django_settings, "DATA", tmp_path)
    (tmp_path / "set-up").write_text(serving._code_state())  # the database is up to date

    with pytest.raises(SettingsWrong, match=r"directory\.key is missing"):
        serving.set_up(wants_demo=False)

    assert not (tmp_path / "directory.key").exists()


def children() -> set[str]:
    """Return the ids of the processes that this one has started and that still run."""
    listed = Path("/proc/self/task").glob("*/children")
    return {child for file in listed for child in file.read_text().split()}


def test_a_set_up_that_fails_leaves_nothing_running_beside_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(django_settings, "DATA", tmp_path)
    before = children()
    beside: set[str] = set()

    def fail_while_places_are_made() -> None:
        with serving._making_places():
            beside.update(children() - before)
            raise SettingsWrong("no")

    with pytest.raises(SettingsWrong):
        fail_while_places_are_made()

    assert beside
    assert children() == before
    assert not (tmp_path / "gazetteer.sqlite3").exists()
