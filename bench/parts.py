"""The parts of `make bench`: each measures one thing and returns its table."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

from bench import priority
from bench.gazetteer import measure_gazetteer
from bench.importing import SERVICES, measure_importing
from bench.line.killing import measure_killing
from bench.line.measure import measure_line
from bench.report import Bar, Table
from bench.sealing import measure_sealing
from bench.search.engine import measure_search
from bench.search.page import measure_results_page
from bench.serving import contest
from bench.serving.first_answer import first_answers_ms, summary
from bench.serving.load import Load
from bench.sizes import ENCODINGS, PART, WHOLE, Size
from bench.slow_link.measure import measure_slow_link
from bench.starting import REQUESTS, SECOND_STARTS, measure_starting
from bench.way_out import measure_way_out

FIRST_PAGE_BYTES = 14_000
FURTHER_PAGE_BYTES = 10_000


@dataclass(frozen=True)
class Place:
    """A demonstration site's data folder, a scratch folder, and whether to take few rounds."""

    data: Path
    work: Path
    quick: bool = False

    def own(self, name: str) -> Path:
        """Return a new scratch folder."""
        folder = self.work / name
        folder.mkdir()
        return folder


def serving(place: Place) -> Table:
    """Return requests a second and CPU a request, beside nginx and a bare handler."""
    rounds, seconds = (2, 1) if place.quick else (9, 3)
    loads = contest.run_contest(place.data, place.own("serving"), rounds=rounds, seconds=seconds)
    bare = loads[contest.BARE]
    table = Table(["answered by", "requests/s", "CPU a request", "of bare", "of bare, by CPU"])
    for label, load in loads.items():
        ratio, by_cpu = _ratios(load, bare)
        cells = [f"{load.per_second:,.0f}", f"{load.cpu_us:,.1f} µs"]
        table.rows.append([label, *cells, f"{ratio:.2f}", f"{by_cpu:.2f}"])
    table.notes = _serving_bars(loads)
    table.notes.append(
        f"{rounds} rounds of {seconds} s each, in turning order; servers on one core, wrk on "
        f"another, {contest.CONNECTIONS} kept-alive connections (one where nothing is kept)."
    )
    return table


def _serving_bars(loads: dict[str, Load]) -> list[str]:
    notes = []
    for name, other, bar in (
        ("Kept page of the bare handler", contest.BARE, 0.85),
        ("Kept page of nginx", contest.NGINX, 0.28),
    ):
        ratio, by_cpu = _ratios(loads[contest.KEPT], loads[other])
        notes.append(Bar(f"{name}, requests/s", ratio, bar, is_least=True).note())
        notes.append(Bar(f"{name}, by CPU", by_cpu, bar, is_least=True).note())
    return notes


def _ratios(load: Load, other: Load) -> tuple[float, float]:
    return load.per_second / other.per_second, other.cpu_us / load.cpu_us


def publish(place: Place) -> Table:
    """Return how long the first visitor after a publish waits."""
    publishes = 5 if place.quick else 20
    middle, longest = summary(first_answers_ms(place.data, publishes=publishes))
    table = Table(["first whole page after a publish", "median", "longest"])
    table.rows.append([f"{publishes} publishes", f"{middle:.0f} ms", f"{longest:.0f} ms"])
    table.notes.append(Bar("First answer after a publish", middle, 100, " ms").note())
    return table


def starting(place: Place) -> Table:
    """Return what starting costs, and the largest pages."""
    found = measure_starting(place.own("starting") / "data", place.work)
    table = Table(["what", "figure"])
    table.rows = [
        ["first `leeward up`, empty data folder", f"{found.first_s:.1f} s"],
        [f"second `leeward up`, median of {SECOND_STARTS}", f"{found.second_s:.1f} s"],
        [f"memory after {REQUESTS:,} requests", f"{found.resident_mb:.0f} MB"],
        ["pages in the sitemap", str(len({size.path for size in found.pages}))],
        *_size_rows(found.pages),
    ]
    first = max(size.sent_bytes for size in found.pages if size.shape == WHOLE)
    further = max(size.sent_bytes for size in found.pages if size.shape == PART)
    table.notes = [
        Bar("First start", found.first_s, 300, " s").note(),
        Bar("Second start", found.second_s, 5, " s").note(),
        Bar("Memory", found.resident_mb, 300, " MB").note(),
        Bar("Largest page to arrive on, any encoding", first, FIRST_PAGE_BYTES, " bytes").note(),
        Bar("Largest move, any encoding", further, FURTHER_PAGE_BYTES, " bytes").note(),
        "Bytes are whole HTTP/1.1 answers, headers included; HTTP/2 sends fewer.",
        priority.note(),
    ]
    return table


def _size_rows(pages: list[Size]) -> list[list[str]]:
    return [_size_row(pages, shape, each) for shape in (WHOLE, PART) for each in ENCODINGS]


def _size_row(pages: list[Size], shape: str, encoding: str) -> list[str]:
    chosen = [page for page in pages if (page.shape, page.encoding) == (shape, encoding)]
    worst = max(chosen, key=lambda page: page.sent_bytes)
    return [f"largest {shape}, {encoding}: `{worst.path}`", f"{worst.sent_bytes:,} bytes"]


def slow_link(place: Place) -> Table:
    """Return first paints over a slow link, beside the same text on two other frameworks."""
    rounds = 2 if place.quick else 9
    return measure_slow_link(place.data, place.own("slow-link"), rounds=rounds)


def way_out(place: Place) -> Table:
    """Return the time from press to cover."""
    data = shutil.copytree(place.data, place.own("way-out") / "data")
    return measure_way_out(data, place.work, rounds=2 if place.quick else 15)


def gazetteer(place: Place) -> Table:
    """Return how quickly places are found."""
    return measure_gazetteer(place.own("gazetteer"), quick=place.quick)


def importing(place: Place) -> Table:
    """Return how long imports and exports take."""
    found = measure_importing(place.own("importing"))
    table = Table(["what", "seconds"])
    table.rows = [[what, f"{seconds:.1f} s"] for what, seconds in found.seconds.items()]
    imports = [seconds for what, seconds in found.seconds.items() if what.startswith("import")]
    table.notes = [
        Bar(f"Importing {SERVICES:,} services, the slowest form", max(imports), 30, " s").note(),
        Bar("Most memory of an import", found.peak_mb, 300, " MB").note(),
        "Seconds count from the command to its end, Python's own start included.",
    ]
    return table


def search(place: Place) -> Table:
    """Return what the directory's index does at a million services."""
    return measure_search(place.own("search"), quick=place.quick)


def results_page(place: Place) -> Table:
    """Return how long a page of results takes on the server."""
    return measure_results_page(place.data, quick=place.quick)


def sealing(place: Place) -> Table:
    """Return what sealing costs."""
    return measure_sealing(quick=place.quick)


def line(place: Place) -> Table:
    """Return what the support line does under load."""
    own = place.own("line")
    data = shutil.copytree(place.data, own / "data")
    return measure_line(data, own, quick=place.quick)


def line_kills(place: Place) -> Table:
    """Return what the support line loses when parts of it are killed."""
    own = place.own("line-kills")
    data = shutil.copytree(place.data, own / "data")
    return measure_killing(data, own, quick=place.quick)
