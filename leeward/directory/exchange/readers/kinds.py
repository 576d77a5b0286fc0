"""The kinds of input, and which of them a path is."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from leeward.directory.exchange.files import BLANK, Named, read_all
from leeward.directory.exchange.package import FileUnfit, Package, Problem, Problems
from leeward.directory.exchange.readers import (
    facilities,
    hsds_csv,
    hsds_json,
    mapped,
    nyc,
    older,
)
from leeward.directory.exchange.separated import header_of

AUTO = "auto"
KINDS = ("hsds-json", "hsds-csv", "csv", "nyc", "samhsa-mh", "samhsa-su", "hrsa")
Reader = Callable[[list[Named], Problems], Iterator[Package]]
_READERS: dict[str, Reader] = {
    "hsds-json": hsds_json.read,
    "hsds-csv": hsds_csv.read,
    "nyc": nyc.read,
}
# Columns that only one kind of file has.
_SIGNS = {
    "nyc": {"ORGANIZATION_NAME", "BOROUGH", "INTIMATE_PARTNER_VIOLENCE"},
    "samhsa-mh": {"name1", "street1", "intake1"},
    "samhsa-su": {"name1", "street1", "zip4"},
    "hrsa": {"name", "st_abbr", "testing_status"},
}


def read(path: Path, kind: str, mapping: Path | None, problems: Problems) -> Iterator[Package]:
    """Yield the packages of what lies at `path`. Raises FileUnfit.

    kind: one of KINDS, or auto. mapping: for a plain CSV, the file that says which column is what.
    """
    files = read_all(path)
    found = kind_of(files, has_mapping=mapping is not None) if kind == AUTO else kind
    for file in files:
        if not file.content.strip(BLANK):
            problems.add(Problem(file.name, 0, "", "an empty file"))
    yield from _reader(found, mapping)(files, problems)


def _reader(kind: str, mapping: Path | None) -> Reader:
    if kind == "csv":
        if mapping is None:
            raise FileUnfit("A plain CSV needs --mapping FILE: which column is what.")
        return partial(mapped.read, mapped.read_mapping(mapping))
    if kind in facilities.SHAPES:
        return partial(facilities.read, kind)
    if kind not in _READERS:
        raise FileUnfit(f"There is no kind {kind}; choose one of {', '.join(KINDS)}.")
    return _READERS[kind]


def kind_of(files: list[Named], *, has_mapping: bool) -> str:
    """Return which of KINDS files are. Raises FileUnfit when nothing says so."""
    if has_mapping:
        return "csv"
    if any(file.suffix == ".json" and file.stem != "datapackage" for file in files):
        return "hsds-json"
    for file in files:
        header = set(header_of(file))
        for kind, signs in _SIGNS.items():
            if signs <= header:
                return kind
    if any(older.table_of(file.stem) for file in files):
        return "hsds-csv"
    raise FileUnfit(
        "What kind of file this is can't be seen. Say it with --kind, and for a plain CSV with "
        "--mapping FILE."
    )
