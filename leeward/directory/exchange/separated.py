"""Rows of a file of separated values, whatever separates them."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from leeward.directory.exchange.files import Named, decode
from leeward.directory.exchange.package import Problem, Problems

DELIMITERS = ",;\t|"
MOST_CELL = 5_000_000
MOST_COLUMNS = 1_000
HEADER_BYTES = 65_536
csv.field_size_limit(MOST_CELL)


def read_rows(file: Named, problems: Problems) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield (line, cells by column) of each row that is not empty; line 1 is the header.

    Names of columns lose spaces around them. Rows with more cells than the header are named; the
    cells that are over are left out.
    """
    text = file.text()
    reader = csv.reader(io.StringIO(text), delimiter=_delimiter(text))
    header = [name.strip().strip("\ufeff") for name in next(reader, [])][:MOST_COLUMNS]
    line = reader.line_num + 1
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                if len(cells) > len(header):
                    reason = f"{len(cells)} cells under {len(header)} columns"
                    problems.add(Problem(file.name, line, "", reason))
                yield line, dict(zip(header, cells, strict=False))
            line = reader.line_num + 1
    except csv.Error:
        reason = f"a cell over {MOST_CELL:,} letters, or quotes that never end; stopped here"
        problems.add(Problem(file.name, line, "", reason, is_row_lost=True))


def _delimiter(text: str) -> str:
    """Return what separates the header's cells."""
    first = text.lstrip("\r\n").split("\n", 1)[0]
    return max(DELIMITERS, key=first.count)


def header_of(file: Named) -> list[str]:
    """Return the names of a file's columns."""
    text = decode(file.content[:HEADER_BYTES])
    row = next(csv.reader(io.StringIO(text), delimiter=_delimiter(text)), [])
    return [name.strip() for name in row]
