"""Loads demonstration content, once, into a site that has none."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec

# In this order: accounts first, then what they look after.
FEATURES = ("people", "helplines", "stories", "directory", "line")


def load_once() -> None:
    """Load each feature's demonstration rows; each leaves alone what is there already."""
    for feature in FEATURES:
        name = f"leeward.{feature}.demo"
        if find_spec(name) is not None:
            import_module(name).load()
