"""The demonstration directory: New York's victim services and the federal health facilities."""

from __future__ import annotations


def load() -> None:
    """Load the demonstration rows unless they are there."""
