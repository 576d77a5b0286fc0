"""Places: towns, ZIPs and counties of the world, looked up in one small file on this machine.

Plain Python. Nobody is asked and nothing is kept of what was looked up.
"""

from __future__ import annotations

from leeward.gazetteer.fitness import is_fit
from leeward.gazetteer.lookup import Gazetteer, around, find, nearest, prefix, use
from leeward.gazetteer.place import GazetteerUnfit, Kind, Place

__all__ = [
    "Gazetteer",
    "GazetteerUnfit",
    "Kind",
    "Place",
    "around",
    "find",
    "is_fit",
    "nearest",
    "prefix",
    "use",
]
