"""Places for tests, and a small gazetteer of them."""

from __future__ import annotations

from pathlib import Path

from leeward.gazetteer.build import build
from leeward.gazetteer.entry import Entry


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
