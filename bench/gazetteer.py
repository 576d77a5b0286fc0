"""How quickly places are found, and what making their file costs. In a process of its own."""

from __future__ import annotations

import random
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterable
from pathlib import Path

from bench.processes import ROOT
from bench.report import Bar, Table
from leeward.gazetteer import Gazetteer, Place

LOOKUPS = 10_000
LOOKUP_BAR_MS, PREFIX_BAR_MS, NEAREST_BAR_MS = 0.1, 1.0, 0.3
SEED = 5
_SHARES = {"a ZIP": 0.4, "a town and its state or country": 0.4, "a town's name alone": 0.2}


def measure_gazetteer(work: Path, *, quick: bool) -> Table:
    """Return medians and 95th percentiles of finding places, by what was typed."""
    path = work / "places.sqlite3"
    start = time.perf_counter()
    command = [sys.executable, "-m", "leeward.gazetteer.build", str(path)]
    subprocess.run(command, cwd=ROOT, check=True)  # noqa: S603
    build_s = time.perf_counter() - start
    before_mb = _resident_mb()
    places = Gazetteer(path)
    asked = _questions(places, 500 if quick else LOOKUPS)
    times = {name: _times_ms(look, texts) for name, (look, texts) in asked.items()}
    table = Table(["what was asked", "median", "95th percentile"])
    for name, found in times.items():
        table.rows.append([name, f"{statistics.median(found):.3f} ms", f"{_p95(found):.3f} ms"])
    table.rows.append(["making the file, once", f"{build_s:.1f} s", ""])
    table.rows.append(["its size", f"{path.stat().st_size / 1e6:.0f} MB", ""])
    table.rows.append(
        [
            "memory that looking up and these questions add",
            f"{_resident_mb() - before_mb:.0f} MB",
            "",
        ]
    )
    mixed = [each for name, share in _SHARES.items() for each in _part(times[name], share)]
    prefix = statistics.median(times["four letters of a name"])
    nearest = statistics.median(times["the town nearest to a point"])
    table.notes = [
        Bar("Place lookup, median", statistics.median(mixed), LOOKUP_BAR_MS, " ms").note(),
        Bar("Four-letter prefix, median", prefix, PREFIX_BAR_MS, " ms").note(),
        Bar("Nearest town, median", nearest, NEAREST_BAR_MS, " ms").note(),
        f"{len(asked['a ZIP'][1]):,} lookups a row over all places, bigger towns as likelier as "
        "they are bigger; a lookup is 40 % ZIPs, 40 % towns with their state, 20 % names alone.",
    ]
    return table


Question = tuple[Callable[[object], object], list[object]]


def _questions(places: Gazetteer, many: int) -> dict[str, Question]:
    """Return what to ask, by name. The same on every machine."""
    dice = random.Random(SEED)
    zips, towns = _drawn(places, dice, many)
    names = [town.name for town in towns]
    points = [(t.latitude + dice.gauss(0, 0.1), t.longitude + dice.gauss(0, 0.1)) for t in towns]

    def find(text: object) -> object:
        return places.find(str(text))

    def begin(text: object) -> object:
        return places.prefix(str(text))

    def near(point: object) -> object:
        return places.nearest(*point)  # type: ignore[misc]

    return {
        "a ZIP": (find, list(zips)),
        "a town and its state or country": (find, [town.label for town in towns]),
        "a town's name alone": (find, list(names)),
        "a name with two letters swapped": (find, [_swapped(dice, name) for name in names]),
        "four letters of a name": (begin, [name[:4] for name in names]),
        "the town nearest to a point": (near, list(points)),
    }


def _drawn(places: Gazetteer, dice: random.Random, many: int) -> tuple[list[str], list[Place]]:
    """Return random ZIPs and towns: towns as likely as they are big, half of them of the USA."""
    shelf = places._shelf  # noqa: SLF001  -- the bench reads the tables to know what to ask
    with shelf.read() as connection:
        zips = [row[0] for row in connection.execute("SELECT name FROM place WHERE kind = 0")]
        rows = connection.execute(
            "SELECT id, population + 1, country = 'US' FROM place WHERE kind = 1"
        ).fetchall()
    own = [row for row in rows if row[2]]
    numbers = [
        row[0]
        for group in (own, rows)
        for row in dice.choices(group, weights=[row[1] for row in group], k=many // 2)
    ]
    return dice.choices(zips, k=many), shelf.places(numbers)


def _swapped(dice: random.Random, name: str) -> str:
    place = dice.randrange(1, max(2, len(name) - 1))
    return name[:place] + name[place : place + 2][::-1] + name[place + 2 :]


def _times_ms(look: Callable[[object], object], asked: Iterable[object]) -> list[float]:
    found = []
    for each in asked:
        start = time.perf_counter()
        look(each)
        found.append((time.perf_counter() - start) * 1000)
    return found


def _part(times: list[float], share: float) -> list[float]:
    return times[: int(len(times) * share)]


def _p95(times: list[float]) -> float:
    return statistics.quantiles(times, n=20)[-1]


def _resident_mb() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
