"""A small gazetteer for tests, and the real one, made once for each state of the code."""

from __future__ import annotations

import hashlib
from pathlib import Path

from leeward.gazetteer.build import build
from leeward.gazetteer.entry import Entry
from leeward.gazetteer.fitness import is_fit

PACKAGE = Path(__file__).parent.parent
CACHE = PACKAGE.parent.parent / ".cache" / "gazetteer"


def entry(name: str, **other) -> Entry:
    """Return a town in Kings County, New York, or what `other` says of it."""
    facts = {
        "kind": "town",
        "country": "US",
        "admin1": "NY",
        "latitude": 40.65,
        "longitude": -73.95,
        "population": 1000,
        "time_zone": "America/New_York",
        "county": "Kings County",
    }
    return Entry(name=name, **(facts | other))


def small(path: Path, *entries: Entry) -> Path:
    """Return a file at `path` that holds these places, in their order."""
    build(path, list(entries))
    return path


def whole() -> Path:
    """Return the file of all places, made the first time this state of code and data is seen."""
    digest = hashlib.sha256()
    for file in sorted([*PACKAGE.glob("*.py"), *PACKAGE.glob("data/*.gz")]):
        digest.update(file.read_bytes())
    path = CACHE / f"{digest.hexdigest()[:16]}.sqlite3"
    if not is_fit(path):
        CACHE.mkdir(parents=True, exist_ok=True)
        for old in CACHE.glob("*.sqlite3"):
            old.unlink()
        build(path)
    return path
