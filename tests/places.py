"""The file of all places, made once for each state of the code and copied into data folders.

Making it takes many seconds and depends on nothing but the package `leeward/gazetteer`; its
checksum is the file's name, so that a change of one byte there makes a new one.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

from leeward import gazetteer

PACKAGE = Path(gazetteer.__file__).parent
CACHE = PACKAGE.parent.parent / ".cache" / "gazetteer"
KEPT = 3
FILE = "gazetteer.sqlite3"


def all_places() -> Path:
    """Return the file of all places, made the first time that this code and data are seen."""
    path = CACHE / f"{_checksum()}.sqlite3"
    CACHE.mkdir(parents=True, exist_ok=True)
    with (CACHE / "making.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not gazetteer.is_fit(path):
            # As set-up makes it: in a program of its own, for its memory.
            command = [sys.executable, "-m", "leeward.gazetteer.build", str(path)]
            subprocess.run(command, check=True, timeout=600)
        path.touch()
        newest_first = sorted(CACHE.glob("*.sqlite3"), key=os.path.getmtime, reverse=True)
        for old in newest_first[KEPT:]:
            old.unlink()
    return path


def give_places(data: Path) -> None:
    """Put a copy of that file into a data folder, made if it is missing, unless one is there."""
    data.mkdir(mode=0o700, parents=True, exist_ok=True)
    if not (data / FILE).exists():
        shutil.copyfile(all_places(), data / FILE)


def _checksum() -> str:
    digest = hashlib.sha256()
    for file in sorted([*PACKAGE.glob("*.py"), *PACKAGE.glob("data/*.gz")]):
        digest.update(file.name.encode())
        digest.update(file.read_bytes())
    return digest.hexdigest()[:16]
