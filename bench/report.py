"""Tables of figures: printed, and written into docs/benchmarks.md between each part's marks."""

from __future__ import annotations

import os
import platform
import re
import subprocess
from dataclasses import dataclass, field
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from bench.processes import ROOT

DOCUMENT = ROOT / "docs" / "benchmarks.md"
_LIBRARIES = ("uvicorn", "uvloop", "httptools", "django", "wagtail", "playwright")
_PROGRAMS = (("nginx", "-v"), ("wrk", "-v"), ("chromium", "--version"))


@dataclass
class Table:
    """One table, and lines of plain text under it."""

    columns: list[str]
    rows: list[list[str]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def markdown(self) -> str:
        """Return the table in Markdown; figures to the right."""
        lines = [_line(self.columns), _line([":--", *["--:"] * (len(self.columns) - 1)])]
        lines += [_line(row) for row in self.rows]
        return "\n".join([*lines, "", *(f"- {note}" for note in self.notes)]).rstrip()


@dataclass(frozen=True)
class Bar:
    """A promise in figures: what was measured beside what was promised."""

    name: str
    measured: float
    bar: float
    unit: str = ""
    is_least: bool = False

    def note(self) -> str:
        """Return the figure, its bar and whether it holds, in one line."""
        holds = self.measured >= self.bar if self.is_least else self.measured <= self.bar
        side = "at least" if self.is_least else "at most"
        figures = f"{_short(self.measured)}{self.unit} (bar: {side} {_short(self.bar)}{self.unit})"
        return f"{self.name}: **{figures}: {'holds' if holds else 'MISSED'}**"


def publish(part: str, table: Table, *, command: str, is_kept: bool) -> None:
    """Print the table; if it `is_kept`, put it between the marks of `part` in the document.

    Raises ValueError when the document has no such marks.
    """
    made = f"Made by `{command}` on {datetime.now(UTC):%Y-%m-%d %H:%M} UTC."
    text = f"{table.markdown()}\n\n{made}\n{_machine()}"
    print(f"\n## {part}\n\n{text}\n", flush=True)
    if is_kept:
        _write(part, text)


def _write(part: str, text: str) -> None:
    start, end = f"<!-- {part}: made by bench -->", f"<!-- end of {part} -->"
    document = DOCUMENT.read_text(encoding="utf-8")
    if start not in document or end not in document:
        raise ValueError(f"{DOCUMENT} has no place for {part}: add the lines {start} and {end}")
    before, _, rest = document.partition(start)
    _, _, after = rest.partition(end)
    DOCUMENT.write_text(f"{before}{start}\n\n{text}\n\n{end}{after}", encoding="utf-8")


def _machine() -> str:
    model = re.search(r"model name\s*: (.*)", Path("/proc/cpuinfo").read_text())
    programs = ", ".join(filter(None, (_version_of(*program) for program in _PROGRAMS)))
    libraries = ", ".join(f"{name} {version(name)}" for name in _LIBRARIES)
    return (
        f"{model[1] if model else platform.machine()}, {os.cpu_count()} cores, "
        f"Linux {platform.release()}, load {os.getloadavg()[0]:.1f} at the end; "
        f"Python {platform.python_version()}, {libraries}, {programs}; commit {_commit()}."
    )


def _version_of(program: str, option: str) -> str:
    try:
        ran = subprocess.run(  # noqa: S603
            [program, option], check=False, capture_output=True, text=True, timeout=30
        )
    except (OSError, subprocess.TimeoutExpired):
        return ""
    found = re.search(r"\d+(\.\d+)+", ran.stdout + ran.stderr)
    return f"{program} {found[0]}" if found else ""


def _commit() -> str:
    command = ["git", "-C", str(ROOT), "rev-parse", "--short", "HEAD"]
    ran = subprocess.run(command, check=False, capture_output=True, text=True)  # noqa: S603
    return ran.stdout.strip() or "unknown"


def _line(cells: list[str]) -> str:
    return "| " + " | ".join(cells) + " |"


def _short(number: float) -> str:
    return f"{number:,.0f}" if number >= 100 else f"{number:.3g}"
