"""A whole page of results from a running server with the demonstration directory."""

from __future__ import annotations

import time
from pathlib import Path
from random import Random
from statistics import median, quantiles
from urllib.parse import urlencode

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
    chance, times, sizes, before_s = Random(SEED), list[float](), list[int](), 0.0
    with serving("leeward", command, port=port, core=SERVER_CORE, env=env) as server:
        server.wait_until_ready()
        for at in range(WARMING + (FEW_PAGES if quick else PAGES)):
            if at == WARMING:
                before_s = server.cpu_s()
            body = urlencode(_question(chance), doseq=True).encode()
            began = time.perf_counter()
            answer = ask(server.address + "/", "POST", body)
            took_ms = (time.perf_counter() - began) * 1000
            if at >= WARMING:
                times.append(took_ms)
                sizes.append(len(answer.body))
            time.sleep(PAUSE_S)
        cpu_ms = 1000 * (server.cpu_s() - before_s) / len(times)
    return _table(times, sizes, cpu_ms)


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


def _table(times: list[float], sizes: list[int], cpu_ms: float) -> Table:
    p95 = quantiles(times, n=20)[-1]
    table = Table(["a page of results", "median", "95th percentile", "longest"])
    cells = [f"{figure:.1f} ms" for figure in (median(times), p95, max(times))]
    table.rows = [
        ["question to last byte", *cells],
        ["CPU of the server, a page, mean", f"{cpu_ms:.1f} ms", "", ""],
    ]
    table.notes = [
        Bar("Results page, 95th percentile", p95, 15, " ms").note(),
        f"{len(times)} pages, {median(sizes):,.0f} bytes in the middle (brotli); 39,000 services; "
        "a new connection each; the server on one core.",
    ]
    return table
