"""The commands `leeward directory …`: import, export, rebuild the index."""

from __future__ import annotations

import os
from pathlib import Path

import click


@click.group()
def directory() -> None:
    """Import, export and look after services."""


def start_django(data: Path | None) -> None:
    """Make the records reachable; each command calls it first, with its own `--data`."""
    import django

    if data is not None:
        os.environ["LEEWARD_DATA"] = str(data)
    django.setup(set_prefix=False)
