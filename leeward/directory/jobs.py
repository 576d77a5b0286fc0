"""What happens by itself: indexes catch up, timers run out, old rows go."""

from __future__ import annotations


def every_minute() -> None:
    """Let the index catch up with the change log, and end bed requests whose time is over."""


def every_day() -> None:
    """Trim the change log and delete what is over its date."""
