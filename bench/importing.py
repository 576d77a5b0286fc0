"""Importing: 4,000 services in each form, the same again, out again; the whole demonstration."""

from __future__ import annotations

import gzip
import resource
import shutil
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path

from bench.processes import LEEWARD, ROOT

SERVICES = 4_000
FACILITIES = ROOT / "leeward" / "directory" / "data" / "samhsa_mental_health.csv.gz"
LONGEST_S = 1_200


@dataclass(frozen=True)
class Importing:
    """Seconds by what was done, each a command from its start to its end; the children's memory."""

    seconds: dict[str, float]
    peak_mb: float


def measure_importing(work: Path) -> Importing:
    """Import, repeat and export SERVICES real services; then load the demonstration."""
    empty = work / "empty"
    _run("setup", "--no-demo", data=empty)
    first = shutil.copytree(empty, work / "first")
    seconds = {f"import {SERVICES:,}, as SAMHSA's list": _import(_some_facilities(work), first)}
    for form, name in (("json", "services.json"), ("csv", "package.zip")):
        file = work / name
        words = ("directory", "export", str(file), "--as", form, "--all")
        seconds[f"export them, HSDS {form}"] = _run(*words, data=first)
        own = shutil.copytree(empty, work / form)
        seconds[f"import them, HSDS {form}"] = _import(file, own)
        seconds[f"the same again, HSDS {form}"] = _import(file, own)
    peak_mb = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    seconds["the whole demonstration, index and all"] = _run("setup", "--demo", data=empty)
    return Importing(seconds, peak_mb)


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


def _import(path: Path, data: Path) -> float:
    return _run("directory", "import", str(path), "--source", "bench", data=data)


def _run(*words: str, data: Path) -> float:
    """Run the program on a data folder and return its seconds. Raises CalledProcessError."""
    started = time.perf_counter()
    subprocess.run(  # noqa: S603
        [LEEWARD, *words, "--data", str(data)],
        cwd=ROOT,
        check=True,
        timeout=LONGEST_S,
        stdout=subprocess.DEVNULL,
    )
    return time.perf_counter() - started
