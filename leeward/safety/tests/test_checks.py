"""What `leeward check --deploy` finds unsafe, one setting at a time."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.core import checks
from pytest_django import Settings

from leeward.safety.checks import file_system_of, findings

SAFE = {
    "live": True,
    "debug": False,
    "behind_proxy": True,
    "hosts": ["help.example.org"],
    "organisation": "Harbour House",
    "exit_url": ["https://www.wikipedia.org/"],
    "database_url": "",
}


@pytest.fixture(autouse=True)
def safe_site(settings: Settings, tmp_path: Path) -> Settings:
    """Return settings of a site about which there is nothing to say; its folder is private."""
    settings.DATA = tmp_path
    tmp_path.chmod(0o700)
    key = tmp_path / "secret.key"
    key.write_text("k" * 64)
    key.chmod(0o600)
    log = tmp_path / "log" / "leeward.log"
    log.parent.mkdir(mode=0o700)
    log.write_text("")
    settings.LOGGING = {"file": str(log)}
    settings.DEBUG = False
    change(settings, **SAFE)
    return settings


def change(settings: Settings, **values: Any) -> None:
    settings.CONFIG = settings.CONFIG.model_copy(update=values)


def found() -> set[str]:
    return {finding.id for finding in findings()}


def test_a_site_that_is_set_up_well_is_told_nothing() -> None:
    assert found() == set()


@pytest.mark.parametrize(
    "values, expected",
    [
        ({"live": False}, "E001"),
        ({"debug": True}, "E002"),
        ({"behind_proxy": False}, "E003"),
        ({"hosts": ["127.0.0.1", "localhost"]}, "E004"),
        ({"hosts": ["*"]}, "E004"),
        ({"hosts": [".example.org"]}, "E004"),
        ({"exit_url": ["https://www.wikipedia.org/", "http://example.org/"]}, "E009"),
        ({"organisation": "Leeward"}, "W001"),
    ],
)
def test_an_unsafe_setting_is_found(
    safe_site: Settings, values: dict[str, Any], expected: str
) -> None:
    change(safe_site, **values)

    assert found() == {expected}


def test_debug_that_was_switched_on_past_the_settings_is_found(safe_site: Settings) -> None:
    safe_site.DEBUG = True

    assert found() == {"E002"}


def test_a_key_that_other_users_may_read_is_found(tmp_path: Path) -> None:
    (tmp_path / "secret.key").chmod(0o640)

    assert found() == {"E005"}


def test_a_key_kept_elsewhere_is_looked_at_there(safe_site: Settings, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere.key"
    elsewhere.write_text("k" * 64)
    elsewhere.chmod(0o644)

    change(safe_site, secret_key_file=elsewhere)

    assert found() == {"E005"}


def test_a_data_folder_that_other_users_may_enter_is_found(tmp_path: Path) -> None:
    tmp_path.chmod(0o755)

    assert found() == {"E006"}


def test_a_log_that_other_users_may_read_is_found(tmp_path: Path) -> None:
    tmp_path.chmod(0o755)
    (tmp_path / "log").chmod(0o755)
    (tmp_path / "log" / "leeward.log").chmod(0o644)

    assert found() == {"E006", "E008"}


def test_sqlite_on_a_network_disk_is_found(
    monkeypatch: pytest.MonkeyPatch, safe_site: Settings
) -> None:
    monkeypatch.setattr("leeward.safety.checks.file_system_of", lambda _path: "nfs4")

    assert found() == {"E007"}

    change(safe_site, database_url="postgresql://a@127.0.0.1/b")
    assert found() == set()


def test_each_finding_names_its_fix(safe_site: Settings, tmp_path: Path) -> None:
    change(
        safe_site, live=False, debug=True, behind_proxy=False, hosts=["*"], exit_url=["http://a/"]
    )
    tmp_path.chmod(0o755)

    for finding in findings():
        assert len(finding.fix.split()) >= 3, finding


@pytest.mark.django_db
def test_the_findings_reach_djangos_own_deploy_check(safe_site: Settings) -> None:
    change(safe_site, live=False)

    said = checks.run_checks(tags=[checks.Tags.security], include_deployment_checks=True)

    assert "safety.E001" in {message.id for message in said}


@pytest.mark.parametrize(
    "place, kind",
    [("/srv/leeward/var", "nfs4"), ("/srv/other", "ext4"), ("/srv/a b/c", "fuse.sshfs")],
)
def test_the_file_system_is_that_of_the_nearest_mount(
    tmp_path: Path, place: str, kind: str
) -> None:
    mounts = tmp_path / "mounts"
    mounts.write_text(
        "/dev/vda1 / ext4 rw 0 0\n"
        "host:/disk /srv/leeward nfs4 rw 0 0\n"
        "me@host:/ /srv/a\\040b fuse.sshfs rw 0 0\n"
    )

    assert file_system_of(Path(place), mounts) == kind


def test_an_unknown_file_system_is_taken_as_near(tmp_path: Path) -> None:
    assert file_system_of(Path("/srv"), tmp_path / "missing") == ""
