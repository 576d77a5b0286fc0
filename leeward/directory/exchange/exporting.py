"""The directory given out: HSDS 3.1 JSON, or a tabular data package."""

from __future__ import annotations

import csv
import json
import os
import shutil
import tempfile
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import IO, Any

from leeward.directory.exchange import describing
from leeward.directory.exchange.gathering import Gatherer, Rows, nothing_told, told_ids
from leeward.directory.exchange.nested import Nest
from leeward.directory.exchange.tables import ORDER, table
from leeward.directory.models import Source

JSON, CSV = "json", "csv"
Progress = Callable[[int], None]  # told how many services were done more


def export(
    path: Path, form: str, *, has_all: bool = False, progress: Progress | None = None
) -> int:
    """Write the directory to `path` and return how many services there are in it.

    form: json (one file) or csv (a folder, or a zip when `path` ends so). What stands at `path` is
    replaced once the new one is whole. has_all: also what visitors may not see; addresses of
    confidential places never leave. Raises OSError.
    """
    gatherer = Gatherer(has_all=has_all)
    with tempfile.TemporaryDirectory(dir=path.absolute().parent, prefix=".export-") as folder:
        made = Path(folder) / "made"
        if form == JSON:
            _write_json(made, gatherer, progress)
        else:
            _write_tables(made, gatherer, progress)
            if path.suffix.lower() == ".zip":
                made = _zipped(made)
        _put(made, path)
    return len(gatherer.services)


def _write_json(path: Path, gatherer: Gatherer, progress: Progress | None) -> None:
    """Write {"services": [full objects], and, with everything, tables of what is left}."""
    told = nothing_told()
    with path.open("w", encoding="utf-8") as out:
        out.write('{"services": [')
        mark = "\n"
        for services, rows in gatherer.by_services():
            told_ids(told, rows)
            for each in Nest(rows).services(services):
                out.write(mark + json.dumps(each, ensure_ascii=False))
                mark = ",\n"
            if progress is not None:
                progress(len(services))
        out.write("\n]")
        for name, found in gatherer.rest(told).items():
            out.write(f",\n{json.dumps(name)}: {json.dumps(found, ensure_ascii=False)}")
        out.write("}\n")


def _write_tables(folder: Path, gatherer: Gatherer, progress: Progress | None) -> None:
    folder.mkdir()
    told = nothing_told()
    files: dict[str, IO[str]] = {}
    try:
        for services, rows in gatherer.by_services():
            _append(folder, files, told, rows)
            if progress is not None:
                progress(len(services))
        _append(folder, files, told, gatherer.rest(told))
    finally:
        for file in files.values():
            file.close()
    names = [name for name in ORDER if name in files]
    package = describing.data_package(names, list(Source.objects.all()))
    text = json.dumps(package, ensure_ascii=False, indent=2)
    (folder / "datapackage.json").write_text(text, encoding="utf-8")


def _append(folder: Path, files: dict[str, IO[str]], told: dict[str, set[str]], rows: Rows) -> None:
    """Write the rows that were not written yet, each table into its own file."""
    for name, found in rows.items():
        columns = ["id", *table(name).columns]
        if name not in files:
            files[name] = (folder / f"{name}.csv").open("w", encoding="utf-8", newline="")
            csv.writer(files[name]).writerow(columns)
        writer = csv.writer(files[name])
        for row in found:
            if row["id"] not in told[name]:
                told[name].add(row["id"])
                writer.writerow([_cell(row.get(column)) for column in columns])


def _cell(value: Any) -> Any:
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None else value


def _zipped(folder: Path) -> Path:
    made = folder.with_suffix(".zip")
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as packed:
        for file in sorted(folder.iterdir()):
            packed.write(file, file.name)
    return made


def _put(made: Path, path: Path) -> None:
    """Move what was made to its place; a folder there must be an export, or empty."""
    if made.is_dir() and path.is_dir():
        others = [each for each in path.iterdir() if each.suffix not in {".csv", ".json"}]
        if others:
            raise OSError(17, "the folder holds something else")
        shutil.rmtree(path)
    os.replace(made, path)  # noqa: PTH105  -- a file goes over a file at one stroke
