"""Loads demonstration content, once, into a site that has none."""

from __future__ import annotations


def load_once() -> None:
    """Load each feature's demonstration rows unless they are there."""
