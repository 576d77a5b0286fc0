"""What a site has written, searched for what must not be there: as it lies, and decompressed."""

from __future__ import annotations

import base64
import gzip
import sqlite3
import subprocess
from collections.abc import Iterable, Iterator
from contextlib import closing
from pathlib import Path

from tests.browsers.remains import traces_of
from tests.journeys.live import LiveSite

BACKUPS = "backups"
# 80 MB of public places, written before anybody came and only read since.
NEVER_WRITTEN = ("gazetteer.sqlite3",)


def everything_on_disk(site: LiveSite, texts: Iterable[str]) -> dict[str, list[str]]:
    """Return each text that stands anywhere in what the site wrote, with the files that hold it.

    Searched are the data folder (databases, write-ahead logs, keys, indexes, log), what the
    program printed, its folder for temporary files, and a fresh backup of each database, plain and
    compressed. Each text is looked for as it is, in UTF-16, in base64 and in hexadecimal.
    """
    _back_up(site, site.data.parent / BACKUPS)
    spelled = {spelling: text for text in texts for spelling in _spellings(text)}
    found: dict[str, list[str]] = {}
    for spelling, files in traces_of(site.data.parent, spelled, but=NEVER_WRITTEN).items():
        found.setdefault(spelled[spelling], []).extend(files)
    return found


def _spellings(text: str) -> Iterator[str]:
    """Yield how a program may have written a text down."""
    yield text
    yield text.encode().hex()
    for before in range(3):  # base64 depends on where in its groups of three the text begins
        whole = base64.b64encode(b"\0" * before + text.encode()).decode()
        yield whole[4 if before else 0 : len(whole) // 4 * 4 - 4]


def _back_up(site: LiveSite, folder: Path) -> None:
    """Make the backups that docs/operate.md asks for, each compressed as well."""
    folder.mkdir(exist_ok=True)
    if site.database_url:
        dump = folder / "leeward.sql"
        subprocess.run(["pg_dump", "-f", str(dump), site.database_url], check=True, timeout=600)
    for name in ("leeward.sqlite3", "wraps.sqlite3"):
        if (site.data / name).exists():
            with (
                closing(sqlite3.connect(site.data / name, timeout=60)) as source,
                closing(sqlite3.connect(folder / name)) as copy,
            ):
                source.backup(copy)
    for file in [file for file in folder.iterdir() if file.suffix != ".gz"]:
        file.with_suffix(f"{file.suffix}.gz").write_bytes(gzip.compress(file.read_bytes()))
