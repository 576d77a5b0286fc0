"""First paints over the slow link, each site in turn, each visit with a fresh profile."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from bench import nginx
from bench.processes import LEEWARD, ROOT, NotReady, serving
from bench.report import Table
from bench.slow_link import front, rivals
from bench.slow_link.link import BITS_PER_S, ONE_WAY_S, Link, inside, slow_link
from bench.slow_link.text import Block, blocks_of

PORT = 8000  # inside a namespace of its own
OWN = "leeward.test"
OTHERS: dict[str, Callable[[Path, list[Block]], None]] = {
    "empty.test": rivals.make_empty,
    "govuk.test": rivals.make_govuk,
    "bootstrap.test": rivals.make_bootstrap,
}
LABELS = {
    "empty.test": "an empty page (the floor)",
    OWN: "Leeward's first page",
    "govuk.test": f"the same text, GOV.UK Frontend {rivals.GOVUK.version}",
    "bootstrap.test": f"the same text, Bootstrap {rivals.BOOTSTRAP.version}",
}


class WrongProtocol(Exception):
    """A page did not come by HTTP/2."""


@dataclass(frozen=True)
class Visit:
    """What one visit measured. wire_bytes: IP packets to the visitor, handshakes included."""

    paint_ms: float
    load_ms: float
    requests: int
    body_bytes: int
    wire_bytes: int


@dataclass(frozen=True)
class Served:
    """The hash of the key that the sites are served with, and how many words each page holds."""

    key: str
    words: int


def measure_slow_link(data: Path, work: Path, *, rounds: int) -> Table:
    """Return the medians of `rounds` visits to each site. data: a site's folder, set up."""
    visits: dict[str, list[Visit]] = {name: [] for name in LABELS}
    with slow_link() as link, _sites(link, data, work) as served:
        for _ in range(rounds):
            for name, seen in visits.items():
                seen.append(_visit(link, name, served.key))
    columns = ["page", "first paint", "loaded", "requests", "body bytes", "bytes on the wire"]
    table = Table(columns, [_row(LABELS[name], seen) for name, seen in visits.items()])
    table.notes = [
        f"{rounds} visits each, alternating; the text has {served.words} words.",
        f"{ONE_WAY_S * 2000:.0f} ms round trip, {BITS_PER_S / 1000:.0f} kbit/s each way, by our "
        "own delayer of IP packets between two namespaces (`bench/slow_link/link.py`), not "
        "`tc netem`, which many kernels lack. Name look-up costs nothing here.",
        f"TCP congestion control: {_congestion_control()}.",
    ]
    return table


def _row(label: str, seen: list[Visit]) -> list[str]:
    return [
        label,
        f"{median(visit.paint_ms for visit in seen):,.0f} ms",
        f"{median(visit.load_ms for visit in seen):,.0f} ms",
        f"{median(visit.requests for visit in seen):.0f}",
        f"{median(visit.body_bytes for visit in seen):,.0f}",
        f"{median(visit.wire_bytes for visit in seen):,.0f}",
    ]


def _visit(link: Link, name: str, key: str) -> Visit:
    before = link.down.sent_bytes
    command = [sys.executable, "-m", "bench.slow_link.visit", f"https://{name}/", key]
    ran = subprocess.run(  # noqa: S603
        inside(link.visitor, command), cwd=ROOT, check=True, stdout=subprocess.PIPE, timeout=180
    )
    figures = json.loads(ran.stdout)
    if figures.pop("protocol") != "h2":
        raise WrongProtocol(name)
    time.sleep(0.5)  # the last packets of a closing connection
    return Visit(**figures, wire_bytes=link.down.sent_bytes - before)


@contextmanager
def _sites(link: Link, data: Path, work: Path) -> Iterator[Served]:
    """Serve every site at the link's far end."""
    leeward = inside(link.site, [LEEWARD, "up", "--port", str(PORT)])
    env = {"LEEWARD_DATA": str(data), "LEEWARD_HOSTS": f"{OWN},127.0.0.1"}
    with ExitStack() as stack:
        stack.enter_context(serving("leeward", leeward, port=PORT, env=env, log=work / "out"))
        text = blocks_of(_first_page(link))
        servers = front.passing_on(work, OWN, PORT)
        for name, make in OTHERS.items():
            files = work / name
            files.mkdir()
            make(files, text)
            front.pack(files)
            servers += front.sending_files(work, name, files)
        key = front.write_certificate(work, [OWN, *OTHERS])
        command = inside(link.site, nginx.command(work / "nginx", servers))
        stack.enter_context(serving("nginx", command, port=443, log=work / "out"))
        time.sleep(1)
        yield Served(key, sum(len(block.text.split()) for block in text))


def _first_page(link: Link, *, limit_s: float = 300) -> str:
    """Return Leeward's first page as soon as it is served. Raises NotReady."""
    ask = (
        f"import urllib.request as u; print(u.urlopen('http://127.0.0.1:{PORT}/').read().decode())"
    )
    until = time.monotonic() + limit_s
    while time.monotonic() < until:
        command = inside(link.site, [sys.executable, "-c", ask])
        ran = subprocess.run(  # noqa: S603
            command, check=False, capture_output=True, text=True, timeout=60
        )
        if ran.returncode == 0:
            return ran.stdout
        time.sleep(0.2)
    raise NotReady("leeward did not answer at the link's far end")


def _congestion_control() -> str:
    return Path("/proc/sys/net/ipv4/tcp_congestion_control").read_text().strip()
