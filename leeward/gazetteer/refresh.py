"""Shorten GeoNames' table of places to what is looked up here.

    python -m leeward.gazetteer.refresh geonames_cities500.tsv.gz us_zip.csv.gz

Writes both files into `data/`. Left out are GeoNames' ids and the other names that no person types:
machine transliterations in plain small letters, and spellings that fold to a name already there.
Other names stand folded, as they are looked up; they are never shown.
"""

from __future__ import annotations

import gzip
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

from leeward.gazetteer.fold import fold

DATA = Path(__file__).parent / "data"
PLACES, ZIPS = DATA / "places.tsv.gz", DATA / "us_zip.csv.gz"


def refresh(places: Path, zips: Path) -> None:
    """Write the shortened places, and the ZIPs as they are, into `data/`."""
    with (
        gzip.open(places, "rt", encoding="utf-8") as source,
        gzip.GzipFile(PLACES, "wb", compresslevel=9, mtime=0) as out,
    ):
        next(source)
        for line in source:
            out.write(_shortened(line).encode())
    shutil.copyfile(zips, ZIPS)


def _shortened(line: str) -> str:
    _id, name, *columns, others = line.rstrip("\n").split("\t")
    folded = sorted({fold(other) for other in _typed(others)} - {fold(name), ""})
    return "\t".join([name, *columns, "|".join(folded)]) + "\n"


def _typed(others: str) -> Iterator[str]:
    for other in others.split("|"):
        is_machine = other.isascii() and other == other.lower()
        if other and not is_machine:
            yield other


if __name__ == "__main__":
    refresh(Path(sys.argv[1]), Path(sys.argv[2]))
