"""The embedded engine at a million services: questions, writes, memory, and the usual way."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from statistics import median, quantiles
from typing import Any

from bench.processes import ROOT
from bench.report import Bar, Table

SERVICES, FEW_SERVICES = 1_000_000, 50_000


def measure_search(work: Path, *, quick: bool) -> Table:
    """Return the figures of the engine beside "words first, then distance" on the same file."""
    count, path = (FEW_SERVICES if quick else SERVICES), work / "index"
    built = _measured("build", path, count)
    asked = _measured("ask", path, count)
    writes = _measured("write", path, count)
    times, plain = asked["times_ms"], asked["plain_ms"]
    table = Table([f"{count:,} services", "median", "95th percentile", "longest"])
    table.rows = [
        ["one mixed question", *_cells(times)],
        ["one with words, the usual way: all that match, then the nearest", *_cells(plain)],
        ["one record written anew", *_cells(writes)],
    ]
    per_second = 1000 * len(times) / sum(times)
    table.notes = [
        Bar("Question, median", median(times), 1, " ms").note(),
        Bar("Question, 95th percentile", _p95(times), 4, " ms").note(),
        Bar("Questions/s of one process", per_second, 600, is_least=True).note(),
        Bar("One record written anew, median", median(writes), 1, " ms").note(),
        Bar("Memory of the process that answers", asked["resident_mb"], 300, " MB").note(),
        f"Built at {count / built['build_s']:,.0f} rows/s, {built['size_mb']:,.0f} MB with the "
        "cards; making the rows for it is not counted.",
        f"{len(times):,} answers to 600 questions after one round to warm up: 8 to 800 km, words "
        "in English and Spanish, slips, needs, who may come, languages, open now, free beds.",
        "A write in a few hundred waits longer, while FTS5 merges.",
    ]
    return table


def _measured(what: str, path: Path, count: int) -> Any:
    command = [sys.executable, "-m", "bench.search.measure", what, str(path), str(count)]
    ran = subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.PIPE)  # noqa: S603
    return json.loads(ran.stdout)


def _cells(times: list[float]) -> list[str]:
    return [f"{figure:,.2f} ms" for figure in (median(times), _p95(times), max(times))]


def _p95(times: list[float]) -> float:
    return quantiles(times, n=20)[-1]
