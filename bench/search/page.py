"""A whole page of results from a running server with the demonstration directory."""

from __future__ import annotations

import time
from pathlib import Path
from random import Random
from statistics import median, quantiles
from urllib.parse import urlencode

from bench.priority import ahead, note
from bench.processes import LEEWARD, SERVER_CORE, free_port, serving
from bench.report import Bar, Table
from bench.search.documents import NEEDS, PEOPLE, SEED, WORDS
from bench.serving.answer import ask

PAGES, FEW_PAGES = 300, 40
WARMING = 40
PAUSE_S = 0.26  # four a second stay under the flood limit
PLACES = (
    "11201", "Brooklyn", "Queens, NY", "90012", "Houston", "60601", "Miami, FL", "Phoenix",
    "Philadelphia", "Kings County, NY", "30303", "Boston", "Fargo, ND", "Seattle", "Boise", "78501",
)  # fmt: skip


def measure_results_page(data: Path, *, quick: bool) -> Table:
    """Return the time from the question to the last byte."""
    port = free_port()
    command = [LEEWARD, "up", "--port", str(port)]
    env = {"LEEWARD_DATA": str(data)}
    chance, times, cpu, sizes = Random(SEED), list[float](), list[float](), list[int]()
    with (
        ahead(),
        serving("leeward", command, port=port, core=SERVER_CORE, env=env) as server,
    ):
        server.wait_until_ready()
        for at in range(WARMING + (FEW_PAGES if quick else PAGES)):
            body = urlencode(_question(chance), doseq=True).encode()
            before_ns = server.cpu_ns()
            began = time.perf_counter()
            answer = ask(server.address + "/", "POST", body)
            took_ms = (time.perf_counter() - began) * 1000
            time.sleep(PAUSE_S)
            if at >= WARMING:
                times.append(took_ms)
                cpu.append((server.cpu_ns() - before_ns) / 1e6)
                sizes.append(len(answer.body))
    return _table(times, cpu, sizes)


def _question(chance: Random) -> dict[str, object]:
    """Return the fields of a form as somebody may fill it in."""
    return {
        "to": "/en/services/" if chance.random() < 0.7 else "/es/services/",
        "where": chance.choice(PLACES),
        "words": chance.choice(WORDS) if chance.random() < 0.3 else "",
        "need": chance.sample(NEEDS, chance.choice((0, 1, 1))),
        "who": chance.sample(PEOPLE, chance.choice((0, 0, 1, 2))),
        "within": chance.choice((8, 24, 40, 80, 800)),
        "open": "1" if chance.random() < 0.15 else "",
        "order": "fit" if chance.random() < 0.3 else "",
    }


def _table(times: list[float], cpu: list[float], sizes: list[int]) -> Table:
    table = Table(["a page of results", "median", "95th percentile", "longest"])
    table.rows = [
        ["question to last byte", *_cells(times)],
        ["CPU of the server for it", *_cells(cpu)],
    ]
    table.notes = [
        Bar("Results page, 95th percentile", _p95(times), 15, " ms").note(),
        f"{len(times)} pages, {median(sizes):,.0f} bytes in the middle (brotli); 39,000 services; "
        f"a new connection each, {PAUSE_S} s apart; the server on one core. CPU is all that the "
        "server used from one question to the next; waiting for the core is not in it. " + note(),
    ]
    return table


def _cells(figures: list[float]) -> list[str]:
    return [f"{figure:.1f} ms" for figure in (median(figures), _p95(figures), max(figures))]


def _p95(figures: list[float]) -> float:
    return quantiles(figures, n=20)[-1]
