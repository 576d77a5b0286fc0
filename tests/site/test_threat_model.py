"""The threat model names, for each promise, tests that are there."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
PAGE = ROOT / "docs" / "threat-model.md"
HEADING = ["promised", "how", "shown by"]
PROMISE, _HOW, SHOWN_BY = range(3)
# Figures stand there; "as above" and "the same" point at the row before.
ALSO_TELLS = ("docs/benchmarks.md", "the same")


def promises() -> list[list[str]]:
    """Return the rows of the tables of promises: promise, how, shown by."""
    found, is_inside = [], False
    for line in PAGE.read_text().splitlines():
        cells = [cell.strip() for cell in line.strip("|").split(" | ")]
        if cells == HEADING:
            is_inside = True
        elif not line.startswith("|"):
            is_inside = False
        elif is_inside and not set(line) <= set("| -"):
            found.append(cells)
    return found


def paths(text: str) -> list[str]:
    """Return the paths that a text names."""
    return [path for path in re.findall(r"`([^` ]+)`", text) if "/" in path or path.endswith(".py")]


def has_tests(path: Path) -> bool:
    """Return whether a file holds tests."""
    return path.is_file() and bool(
        re.search(r"^ *(?:async )?def test_", path.read_text(), re.MULTILINE)
    )


def test_every_path_that_the_threat_model_names_is_there() -> None:
    named = paths(PAGE.read_text())

    missing = [path for path in named if path != "/" and not (ROOT / path).exists()]

    assert len(named) > len(promises())
    assert missing == []


def test_no_promise_names_a_whole_folder_of_tests() -> None:
    """Whoever doubts a promise is to find the test, not to search for it."""
    named = [path for row in promises() for path in paths(row[SHOWN_BY])]

    assert [path for path in named if (ROOT / path).is_dir()] == []


def test_every_promise_is_shown_by_tests() -> None:
    unshown = [
        row[PROMISE]
        for row in promises()
        if not any(has_tests(ROOT / path) for path in paths(row[SHOWN_BY]) if "test" in path)
        and not row[SHOWN_BY].startswith(ALSO_TELLS)
    ]

    assert len(promises()) > len(PAGE.read_text().split(" | ".join(HEADING))) > 1
    assert unshown == []
