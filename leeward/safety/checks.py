"""What `leeward check --deploy` says about safety: each finding names its fix.

What must never run at all (debug on a live site, a missing key) stops the program at start, in
`settings`; here stands what a person may want to run for an hour but not for real.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core import checks

LOCAL_NAMES = {"127.0.0.1", "localhost", "::1"}
OTHERS = 0o077
MOUNTS = Path("/proc/self/mounts")
# Kinds of file system on which SQLite's locks can't be trusted: https://sqlite.org/faq.html#q5
FAR_FILE_SYSTEMS = {"nfs", "nfs4", "cifs", "smb3", "smbfs", "9p", "afs", "ceph", "lustre"}
FAR_PREFIX = "fuse."


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is unsafe, and what to do about it."""

    id: str
    unsafe: str
    fix: str
    is_grave: bool = True


def _is_live(config: Any) -> Finding | None:
    if config.live:
        return None
    return Finding(
        "E001",
        "The site runs as a trial: demonstration content loads and cookies go without https.",
        "Set live = true in leeward.toml.",
    )


def _shows_no_code(config: Any) -> Finding | None:
    if not (config.debug or settings.DEBUG):
        return None
    return Finding(
        "E002",
        "Debug is on: an error page would show code and data to visitors.",
        "Set debug = false in leeward.toml, or unset LEEWARD_DEBUG.",
    )


def _has_https(config: Any) -> Finding | None:
    if config.behind_proxy:
        return None
    return Finding(
        "E003",
        "No front server with https is named, so the network could read every page.",
        "Put Caddy before it (docs/operate.md), then set behind_proxy = true in leeward.toml.",
    )


def _has_own_name(config: Any) -> Finding | None:
    loose = [host for host in config.hosts if host == "*" or host.startswith(".")]
    if set(config.hosts) - LOCAL_NAMES and not loose:
        return None
    return Finding(
        "E004",
        "The site answers to no name of its own, or to any name at all.",
        'Name each host in leeward.toml: hosts = ["help.example.org"].',
    )


def _key_is_private(config: Any) -> Finding | None:
    file = config.secret_key_file or settings.DATA / "secret.key"
    if not _is_open_to_others(file):
        return None
    return Finding(
        "E005", "Other users of this machine may read the signing key.", f"Run: chmod 600 {file}"
    )


def _data_is_private(_config: Any) -> Finding | None:
    if not _is_open_to_others(settings.DATA):
        return None
    return Finding(
        "E006",
        "Other users of this machine may look into the data folder.",
        f"Run: chmod 700 {settings.DATA}",
    )


def _database_is_near(config: Any) -> Finding | None:
    if config.database_url:
        return None
    kind = file_system_of(settings.DATA)
    if kind not in FAR_FILE_SYSTEMS and not kind.startswith(FAR_PREFIX):
        return None
    return Finding(
        "E007",
        f"The SQLite file stands on a network disk ({kind}), where its locks can't be trusted.",
        "Name a folder on this machine's own disk in data, or a PostgreSQL in database_url.",
    )


def _log_is_private(_config: Any) -> Finding | None:
    file = Path(settings.LOGGING["file"])
    if _is_closed_above(file) or not _is_open_to_others(file):
        return None
    return Finding(
        "E008", "Other users of this machine may read the log.", f"Run: chmod 700 {file.parent}"
    )


def _leaves_by_https(config: Any) -> Finding | None:
    bare = [url for url in config.exit_url if urlsplit(url).scheme != "https"]
    if not bare:
        return None
    return Finding(
        "E009",
        "The X leads to a site without https, so the network could change what it shows.",
        "Name a site that starts with https:// in exit_url.",
    )


def _is_named(config: Any) -> Finding | None:
    if config.organisation != type(config).model_fields["organisation"].default:
        return None
    return Finding(
        "W001",
        "The pages still carry the program's own name instead of your organisation's.",
        'Set organisation = "…" in leeward.toml.',
        is_grave=False,
    )


LOOKS: tuple[Callable[[Any], Finding | None], ...] = (
    _is_live,
    _shows_no_code,
    _has_https,
    _has_own_name,
    _key_is_private,
    _data_is_private,
    _database_is_near,
    _log_is_private,
    _leaves_by_https,
    _is_named,
)


def findings() -> Iterator[Finding]:
    """Return what is unsafe about how this site is set up, gravest first."""
    for look in LOOKS:
        finding = look(settings.CONFIG)
        if finding is not None:
            yield finding


@checks.register(checks.Tags.security, deploy=True)
def check_set_up(app_configs: object, **_options: Any) -> list[checks.CheckMessage]:
    """Return the findings in the form that Django's checks have."""
    return [
        (checks.Error if found.is_grave else checks.Warning)(
            found.unsafe, hint=found.fix, id=f"safety.{found.id}"
        )
        for found in findings()
    ]


def file_system_of(path: Path, mounts: Path = MOUNTS) -> str:
    """Return the kind of file system that holds `path`, such as "ext4"; "" when unknown.

    mounts: a table in the form of fstab(5), as the kernel shows it.
    """
    if not mounts.exists():
        return ""
    place = path.resolve()
    best, kind = 0, ""
    for line in mounts.read_text(errors="replace").splitlines():
        _device, point, this_kind, *_rest = line.split(" ")
        mount = Path(point.replace("\\040", " "))
        if place.is_relative_to(mount) and len(mount.parts) >= best:
            best, kind = len(mount.parts), this_kind
    return kind


def _is_open_to_others(path: Path) -> bool:
    return path.exists() and bool(path.stat().st_mode & OTHERS)


def _is_closed_above(file: Path) -> bool:
    """Return whether the folder of `file`, or the data folder, lets nobody else in."""
    return any(
        folder.exists() and not _is_open_to_others(folder)
        for folder in (file.parent, settings.DATA)
    )
