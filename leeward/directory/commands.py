"""The commands `leeward directory …`: import, export, rebuild the index."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

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


@directory.command()
@click.option("--data", type=click.Path(path_type=Path), help="folder that holds what is stored")
def rebuild(data: Path | None) -> None:
    """Make this machine's search index anew. The old one serves until the new one is whole."""
    start_django(data)
    from leeward.directory.services import indexing

    with index_bar() as progress:
        indexing.rebuild(progress)


@contextmanager
def index_bar() -> Iterator[Callable[[int, int], None]]:
    """Show how far the index is, on one line that is there from the first step on."""
    bars: list[Any] = []

    def show(done: int, total: int) -> None:
        if not bars:
            bars.append(click.progressbar(length=total, label="Search index", show_pos=True))
            bars[0].render_progress()
        bars[0].length = total
        bars[0].update(done - bars[0].pos)

    yield show
    if bars:
        bars[0].render_finish()
