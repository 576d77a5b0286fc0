"""Finding places by what people type, and the town nearest to a point."""

from __future__ import annotations

from pathlib import Path

from leeward.gazetteer.place import GazetteerUnfit, Place

MOST = 50


class Gazetteer:
    """The file at `path`, opened read-only, once a thread. Every method may raise GazetteerUnfit."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def find(self, text: str, *, country: str = "US", limit: int = 8) -> list[Place]:
        """Return places that `text` may mean, likeliest first; [] when nothing is like it.

        Any text is safe. country: whose places come first. Whole names come first; without one,
        names that begin so; without those, names a few letters away.
        """
        raise GazetteerUnfit

    def prefix(self, text: str, limit: int = 8, *, country: str = "US") -> list[Place]:
        """Return places whose name begins with `text`, the biggest first, `country`'s before others."""
        raise GazetteerUnfit

    def nearest(self, latitude: float, longitude: float) -> Place | None:
        """Return the nearest town within 500 km, for labels and time zones."""
        raise GazetteerUnfit


_used: list[Gazetteer] = []


def use(path: Path) -> None:
    """Say which file `find`, `prefix` and `nearest` read from now on, in every thread."""
    _used[:] = [Gazetteer(path)]


def _current() -> Gazetteer:
    if not _used:
        raise GazetteerUnfit("No gazetteer was named; call gazetteer.use(path) first.")
    return _used[0]


def find(text: str, *, country: str = "US", limit: int = 8) -> list[Place]:
    """See Gazetteer.find."""
    return _current().find(text, country=country, limit=limit)


def prefix(text: str, limit: int = 8, *, country: str = "US") -> list[Place]:
    """See Gazetteer.prefix."""
    return _current().prefix(text, limit, country=country)


def nearest(latitude: float, longitude: float) -> Place | None:
    """See Gazetteer.nearest."""
    return _current().nearest(latitude, longitude)
