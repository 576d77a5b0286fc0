"""Makes `.venv` ready with nothing but Python and its standard library.

    python3 scripts/bootstrap.py run    what the program needs
    python3 scripts/bootstrap.py dev    and what tests and checks need

A fresh Debian has neither pip nor venv. This fetches `uv`, pinned by version and hash, from the
package index (PIP_INDEX_URL or UV_DEFAULT_INDEX name another one), and lets it install what
`uv.lock` names, each file checked by its hash. When nothing changed it does nothing.
"""

from __future__ import annotations

import hashlib
import io
import os
import platform
import re
import shutil
import subprocess
import sys
import urllib.error
import urllib.request
import zipfile
from pathlib import Path
from urllib.parse import urljoin

ROOT = Path(__file__).resolve().parent.parent
ENVIRONMENT = ROOT / ".venv"
MARK = ENVIRONMENT / "synced"
OWN_UV = ROOT / ".tools" / "uv"
OLDEST_PYTHON = (3, 11)
TRIES = 3
TIMEOUT_S = 120

UV_VERSION = "0.13.9"
UV_WHEELS = {
    "x86_64": (
        f"uv-{UV_VERSION}-py3-none-manylinux_2_17_x86_64.manylinux2014_x86_64.whl",
        "d7f459fe4fd247d830351c75686d3996ace3c6f3f728eb0e85a30b7ada0cef19",
    ),
    "aarch64": (
        f"uv-{UV_VERSION}-py3-none-manylinux_2_17_aarch64"
        ".manylinux2014_aarch64.musllinux_1_1_aarch64.whl",
        "5435c5ce14a56431208ca0996416d310f1598e8c2c8ba707688985a16bb82dbe",
    ),
}
# What each set installs; "dev" holds all of "run".
SETS = {
    "run": ("--no-dev", "--extra", "postgresql"),
    "dev": ("--all-groups", "--extra", "postgresql"),
}


class CannotSetUp(Exception):
    """Setting up can't go on; the text says why and what to do."""


def main(wanted: str) -> None:
    """Bring `.venv` up to date with the lock file for the set `wanted`, if it is not."""
    state = _lock_state()
    if _is_ready(wanted, state):
        return
    uv = _uv()
    print(f"Setting up ({wanted}): installing what uv.lock names into .venv", flush=True)
    environment = {
        **os.environ,
        "UV_PROJECT_ENVIRONMENT": str(ENVIRONMENT),
        "UV_PYTHON_DOWNLOADS": "never",
    }
    # No older set is removed: "run" after "dev" would take the tests' tools away.
    command = [str(uv), "sync", "--locked", "--inexact", "--quiet", "--python", sys.executable]
    done = subprocess.run([*command, *SETS[wanted]], cwd=ROOT, env=environment, check=False)
    if done.returncode:
        raise CannotSetUp(
            "uv could not install the packages; its own words stand above. With no way to "
            "pypi.org, name your index in UV_DEFAULT_INDEX and try again."
        )
    MARK.write_text(f"{wanted} {state}")


def _is_ready(wanted: str, state: str) -> bool:
    if not MARK.exists() or not (ENVIRONMENT / "bin" / "leeward").exists():
        return False
    had, _, old_state = MARK.read_text().partition(" ")
    return old_state == state and had in (wanted, "dev")


def _lock_state() -> str:
    parts = [(ROOT / name).read_bytes() for name in ("uv.lock", "pyproject.toml")]
    return hashlib.sha256(b"\0".join([*parts, sys.version.encode()])).hexdigest()


def _uv() -> Path:
    """Return a uv of the pinned version: the one on PATH, else our own, fetched once."""
    found = shutil.which("uv")
    for uv in (Path(found) if found else None, OWN_UV):
        if uv is not None and uv.exists() and _version(uv) == UV_VERSION:
            return uv
    _fetch_uv()
    return OWN_UV


def _version(uv: Path) -> str:
    said = subprocess.run([str(uv), "--version"], capture_output=True, text=True, check=False)
    return [*said.stdout.split(), "", ""][1]


def _fetch_uv() -> None:
    machine = platform.machine()
    if machine not in UV_WHEELS:
        raise CannotSetUp(
            f"There is no pinned uv for {machine}. Install uv {UV_VERSION} yourself "
            "(https://docs.astral.sh/uv/), have it on PATH, and try again."
        )
    file_name, wanted_hash = UV_WHEELS[machine]
    print(f"Setting up: fetching uv {UV_VERSION}", flush=True)
    wheel = _get(_address_of(file_name))
    if hashlib.sha256(wheel).hexdigest() != wanted_hash:
        raise CannotSetUp(f"{file_name} is not the file we know (wrong hash); nothing was run.")
    with zipfile.ZipFile(io.BytesIO(wheel)) as archive:
        binary = archive.read(f"uv-{UV_VERSION}.data/scripts/uv")
    OWN_UV.parent.mkdir(exist_ok=True)
    half_done = OWN_UV.with_suffix(".half")
    half_done.write_bytes(binary)
    half_done.chmod(0o755)
    half_done.rename(OWN_UV)


def _address_of(file_name: str) -> str:
    """Return where the index says the file is (the simple index, PEP 503)."""
    index = os.environ.get("UV_DEFAULT_INDEX") or os.environ.get("PIP_INDEX_URL")
    page = f"{(index or 'https://pypi.org/simple').rstrip('/')}/uv/"
    links = re.findall(r'href="([^"]+)"', _get(page).decode())
    for link in links:
        if link.partition("#")[0].endswith(f"/{file_name}"):
            address: str = urljoin(page, link)
            return address
    raise CannotSetUp(f"{page} does not offer {file_name}; name another index in PIP_INDEX_URL.")


def _get(address: str) -> bytes:
    request = urllib.request.Request(address, headers={"Accept": "text/html, */*;q=0.1"})
    for tries_left in reversed(range(TRIES)):
        try:
            with urllib.request.urlopen(request, timeout=TIMEOUT_S) as answer:
                body: bytes = answer.read()
                return body
        except (urllib.error.URLError, TimeoutError) as wrong:
            if not tries_left:
                raise CannotSetUp(
                    f"{address} can't be reached ({wrong}). Check the network; if it speaks of "
                    "certificates: sudo apt install ca-certificates"
                ) from None
    raise AssertionError("the last try returns or raises")


def _with_new_enough_python() -> None:
    """Start again under a newer Python when this one is too old (Ubuntu 22.04 has 3.10)."""
    if sys.version_info >= OLDEST_PYTHON:
        return
    for name in ("python3.13", "python3.12", "python3.11"):
        found = shutil.which(name)
        if found:
            os.execv(found, [found, *sys.argv])
    raise CannotSetUp("Leeward needs Python 3.11 or newer: sudo apt install python3.11")


if __name__ == "__main__":
    try:
        _with_new_enough_python()
        if sys.argv[1:] not in (["run"], ["dev"]):
            raise CannotSetUp("Say what to set up: run or dev.")
        main(sys.argv[1])
    except CannotSetUp as wrong:
        sys.exit(f"Leeward can't be set up: {wrong}")
