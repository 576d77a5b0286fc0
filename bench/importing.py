"""Importing: 4,000 services in each form, the same again, out again; the whole demonstration."""

from __future__ import annotations

import gzip
import os
import shutil
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path

from bench.processes import LEEWARD, ROOT

SERVICES = 4_000
FACILITIES = ROOT / "leeward" / "directory" / "data" / "samhsa_mental_health.csv.gz"


@dataclass(frozen=True)
class Importing:
    """Seconds by what was done, each a command from start to end; the most memory of an import."""

    seconds: dict[str, float]
    peak_mb: float


def measure_importing(work: Path) -> Importing:
    """Import, repeat and export SERVICES real services; then load the demonstration."""
    empty = work / "empty"
    _run("setup", "--no-demo", data=empty)
    first = shutil.copytree(empty, work / "first")
    seconds, peaks = {}, []

    def bring(what: str, path: Path, data: Path) -> None:
        words = ("directory", "import", str(path), "--source", "bench")
        seconds[what], peak_mb = _run(*words, data=data)
        peaks.append(peak_mb)

    bring(f"import {SERVICES:,}, as SAMHSA's list", _some_facilities(work), first)
    for form, name in (("json", "services.json"), ("csv", "package.zip")):
        file = work / name
        words = ("directory", "export", str(file), "--as", form, "--all")
        seconds[f"export them, HSDS {form}"], _peak = _run(*words, data=first)
        own = shutil.copytree(empty, work / form)
        bring(f"import them, HSDS {form}", file, own)
        bring(f"the same again, HSDS {form}", file, own)
    whole, _peak = _run("setup", "--demo", data=empty)
    seconds["the whole demonstration, index and all"] = whole
    return Importing(seconds, max(peaks))


def _some_facilities(work: Path) -> Path:
    """Write the first rows that name SERVICES different facilities."""
    path = work / "facilities.csv"
    with gzip.open(FACILITIES, "rt", encoding="utf-8") as file:
        header, *rows = file.readlines()
    path.write_text(header + "".join(dict.fromkeys(rows[: SERVICES + _repeats(rows)])))
    return path


def _repeats(rows: list[str]) -> int:
    """Return how many of the first rows repeat another, their running number aside."""
    first = [row.split(",", 1)[1] for row in rows[:SERVICES]]
    return SERVICES - len(set(first))


def _run(*words: str, data: Path) -> tuple[float, float]:
    """Run the program on a data folder; return its seconds and its most memory in MB.

    Raises CalledProcessError.
    """
    command = [LEEWARD, *words, "--data", str(data)]
    started = time.perf_counter()
    running = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL)  # noqa: S603
    _pid, status, used = os.wait4(running.pid, 0)
    running.returncode = os.waitstatus_to_exitcode(status)
    if running.returncode:
        raise subprocess.CalledProcessError(running.returncode, command)
    return time.perf_counter() - started, used.ru_maxrss / 1024
