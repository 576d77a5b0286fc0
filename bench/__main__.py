"""Run the measurements: all, or those named. `make bench` calls this.

    python -m bench [PART ...] [--quick] [--site DATA]

Each prints its table and writes it into docs/benchmarks.md. --quick takes few rounds, to see that
everything works; its figures are printed only.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

import click

from bench import parts
from bench.processes import LEEWARD, ROOT
from bench.report import Table, publish

SET_UP_WITHIN_S = 1800
PARTS: dict[str, Callable[[parts.Place], Table]] = {
    "starting": parts.starting,
    "serving": parts.serving,
    "publish": parts.publish,
    "slow-link": parts.slow_link,
    "way-out": parts.way_out,
    "gazetteer": parts.gazetteer,
    "importing": parts.importing,
    "search": parts.search,
    "results-page": parts.results_page,
    "sealing": parts.sealing,
    "line": parts.line,
    "line-kills": parts.line_kills,
}


@click.command()
@click.argument("names", nargs=-1, type=click.Choice(list(PARTS)))
@click.option("--quick", is_flag=True, help="few rounds, figures printed only")
@click.option("--site", type=click.Path(path_type=Path), help="a data folder, set up already")
def main(names: tuple[str, ...], *, quick: bool, site: Path | None) -> None:
    """Measure Leeward; each part prints its table and writes it into docs/benchmarks.md."""
    failed = []
    with tempfile.TemporaryDirectory(prefix="leeward-bench-") as folder:
        place = parts.Place(Path(folder) / "site", Path(folder), quick=quick)
        _prepare(place.data, site)
        for name in names or PARTS:
            try:
                table = PARTS[name](place)
            except Exception as wrong:  # noqa: BLE001  -- the other parts must still run
                click.echo(f"\n{name} could not be measured: {wrong!r}", err=True)
                failed.append(name)
            else:
                publish(name, table, command=_command(name), is_kept=not quick)
    sys.exit(1 if failed else 0)


def _command(name: str) -> str:
    return f".venv/bin/python -m bench {name}"


def _prepare(data: Path, site: Path | None) -> None:
    """Make the demonstration site that the parts share, or copy the one at `site`."""
    if site is not None:
        shutil.copytree(site, data)
        return
    command = [LEEWARD, "setup", "--demo", "--data", str(data)]
    subprocess.run(command, cwd=ROOT, check=True, timeout=SET_UP_WITHIN_S)  # noqa: S603


if __name__ == "__main__":
    main()
