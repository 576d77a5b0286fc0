"""The commands `leeward directory …`: import, export, rebuild the index."""

from __future__ import annotations

import itertools
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click

# As in exchange.readers.kinds, which wants Django before it can be read.
KINDS = ("hsds-json", "hsds-csv", "csv", "nyc", "samhsa-mh", "samhsa-su", "hrsa")


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


@directory.command(name="import")
@click.argument("path", type=click.Path(path_type=Path))
@click.option("--source", required=True, help="key of the source, such as county-list")
@click.option("--kind", default="auto", show_default=True, help=f"auto, {', '.join(KINDS)}")
@click.option("--mapping", type=click.Path(path_type=Path), help="which column is what (YAML)")
@click.option("--dry-run", is_flag=True, help="only say what would change")
@click.option("--strict", is_flag=True, help="write nothing when anything is wrong")
@click.option("--data", type=click.Path(path_type=Path), help="folder that holds what is stored")
def import_(path: Path, data: Path | None, **options: Any) -> None:
    """Import services from PATH: HSDS JSON, an HSDS package (folder or zip), CSV, known lists.

    Safe to repeat. New sources are shown to visitors once two people have approved them.
    """
    start_django(data)
    from leeward.directory.exchange.importing import NotWritten, Wanted, import_file
    from leeward.directory.exchange.package import FileUnfit
    from leeward.directory.services.site_key import KeyUnfit

    wanted = Wanted(**options)
    with row_bar("Rows", is_shown=sys.stderr.isatty()) as progress:
        try:
            report = import_file(path, wanted, progress=progress)
        except (FileUnfit, KeyUnfit) as wrong:
            raise click.ClickException(str(wrong)) from None
        except NotWritten as wrong:
            click.echo(wrong.report.text())
            sys.exit(1)
    click.echo(report.text())


@directory.command()
@click.argument("path", type=click.Path(path_type=Path))
@click.option("--as", "form", type=click.Choice(["json", "csv"]), default="json", show_default=True)
@click.option("--all", "has_all", is_flag=True, help="also what visitors may not see")
@click.option("--data", type=click.Path(path_type=Path), help="folder that holds what is stored")
def export(path: Path, form: str, data: Path | None, *, has_all: bool) -> None:
    """Write the directory to PATH: HSDS 3.1 JSON, or a tabular package (a folder, or a .zip).

    Only what everybody may see, unless --all; addresses of confidential places never.
    """
    start_django(data)
    from leeward.directory.exchange import exporting

    with row_bar("Services", is_shown=sys.stderr.isatty()) as progress:
        try:
            count = exporting.export(path, form, has_all=has_all, progress=progress)
        except OSError as wrong:
            raise click.ClickException(f"{path} can't be written ({wrong.strerror}).") from None
    click.echo(f"{count:,} services written to {path}")


@contextmanager
def row_bar(label: str, *, is_shown: bool) -> Iterator[Callable[[int], None] | None]:
    """Show a growing count on the terminal's error side; nothing where nobody looks."""
    if not is_shown:
        yield None
        return
    with click.progressbar(itertools.count(), label=label, show_pos=True, file=sys.stderr) as bar:
        yield bar.update


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
