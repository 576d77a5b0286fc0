"""The commands `leeward directory …`: import, export, rebuild the index."""

from __future__ import annotations

import os
from pathlib import Path

import click


@click.group()
@click.option("--data", type=click.Path(path_type=Path), help="folder that holds what is stored")
def directory(data: Path | None) -> None:
    """Import, export and look after services."""
    if data is not None:
        os.environ["LEEWARD_DATA"] = str(data)


def start_django() -> None:
    """Make the records reachable; each command calls it before it imports them."""
    import django

    django.setup(set_prefix=False)
