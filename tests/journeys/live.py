"""The real product, started as its operator starts it, and a neutral site to leave to."""

from __future__ import annotations

import fcntl
import os
import subprocess
import sys
import threading
import time
import urllib.request
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import urlsplit
from xml.etree import ElementTree as ET

from tests.journeys.databases import PREPARED, new_database
from tests.places import give_places
from tests.ports import free_port

LEEWARD = str(Path(sys.executable).parent / "leeward")
START_WITHIN_S = 300
# All of New York's list and the first of the federal ones: the importers' own tests read more.
DEMO_ROWS = 400
MOST_COUNTRIES = 3
_NEUTRAL_PAGE = b"""<!doctype html><html lang="en"><title>Weather</title>
<link rel=icon href="data:,"><h1>Weather today</h1><p>Sunny spells, light winds.</p>"""


@dataclass
class NeutralSite:
    """What a visitor leaves to, at another host name than the site. Notes what it was told."""

    port: int
    delay_s: float = 0
    answered: int = 0
    referrers: list[str | None] = field(default_factory=list)

    @property
    def origin(self) -> str:
        """Scheme, host and port."""
        return f"http://localhost:{self.port}"

    @property
    def url(self) -> str:
        """The page to leave to."""
        return f"{self.origin}/weather"


@contextmanager
def neutral_site() -> Iterator[NeutralSite]:
    """Serve the neutral site until the end of the block."""
    site = NeutralSite(free_port())

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            if self.path == "/weather":
                site.referrers.append(self.headers.get("Referer"))
                time.sleep(site.delay_s)
                site.answered += 1
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Length", str(len(_NEUTRAL_PAGE)))
            self.end_headers()
            self.wfile.write(_NEUTRAL_PAGE)

        def log_message(self, *_words: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", site.port), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield site
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@dataclass(frozen=True)
class LiveSite:
    """The running product."""

    base: str
    data: Path
    neutral: NeutralSite
    pid: int
    database_url: str = ""

    def paths(self) -> list[str]:
        """Return every canonical path, as the sitemap lists them."""
        with urllib.request.urlopen(f"{self.base}/sitemap.xml") as answer:
            tree = ET.fromstring(answer.read())
        return [urlsplit(node.text or "").path for node in tree.iter() if node.tag.endswith("}loc")]

    def one_of_each(self) -> list[str]:
        """Return the canonical paths, but of the many countries only three in each language."""
        found, countries = [], Counter[str]()
        for path in self.paths():
            start, _, country = path.partition("/lines/")
            countries[start] += bool(country)
            if not country or countries[start] <= MOST_COUNTRIES:
                found.append(path)
        return found

    def one_of_each_kind(self) -> list[str]:
        """Return the paths of sections and single pages, and the first page in each section."""
        found: dict[str, str] = {}
        for path in self.paths():
            parent = path.rstrip("/").rpartition("/")[0]
            found.setdefault(parent if parent.count("/") > 1 else path, path)
        return list(found.values())

    def first_path(self, start: str) -> str:
        """Return the first canonical path below `start`, such as a story below /en/stories/."""
        return next(path for path in self.paths() if path.startswith(start) and path != start)


def prepared_data(folder: Path, *, may_be_postgresql: bool = False) -> Path:
    """Return a data folder with demonstration content, made once for all test processes.

    may_be_postgresql: its rows go to the run's PostgreSQL, if there is one.
    """
    data = folder / "prepared-data"
    with (folder / "prepared.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not data.exists():
            half_done = folder / "half-prepared-data"
            give_places(half_done)
            command = [LEEWARD, "setup", "--demo", "--data", str(half_done)]
            url = new_database(PREPARED) if may_be_postgresql else ""
            subprocess.run(command, env=environment_of(url), check=True, timeout=600)
            half_done.rename(data)
    return data


@contextmanager
def live_site(
    data: Path,
    neutral: NeutralSite,
    *,
    database_url: str = "",
    has_demo: bool = True,
    **settings: str,
) -> Iterator[LiveSite]:
    """Run `leeward up` on a free port with its data in `data`, until the end of the block.

    settings: further ones, as environment variables.
    """
    give_places(data)
    port = free_port()
    demo = "--demo" if has_demo else "--no-demo"
    command = [LEEWARD, "up", demo, "--port", str(port), "--data", str(data)]
    environment = environment_of(database_url) | {"LEEWARD_EXIT_URL": neutral.url} | settings
    with (data.parent / "server.log").open("wb") as log:
        server = subprocess.Popen(command, env=environment, stdout=log, stderr=log)
    site = LiveSite(f"http://127.0.0.1:{port}", data, neutral, server.pid, database_url)
    try:
        _wait_until_ready(site, server)
        yield site
    finally:
        server.terminate()
        server.wait(120)


def environment_of(database_url: str) -> dict[str, str]:
    """Return the environment of a program of the site whose rows lie at `database_url`."""
    own = ("LEEWARD_", "DJANGO_", "DATABASE_URL")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(own)}
    return kept | {
        "LEEWARD_LANGUAGES": "en es ar",
        "LEEWARD_CONFIG": "/nonexistent/leeward.toml",
        "LEEWARD_DATABASE_URL": database_url,
        "LEEWARD_DEMO_ROWS": str(DEMO_ROWS),
    }


def _wait_until_ready(site: LiveSite, server: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + START_WITHIN_S
    while time.monotonic() < end and server.poll() is None:
        try:
            with urllib.request.urlopen(f"{site.base}/healthz", timeout=5) as answer:
                if answer.status == 200:
                    return
        except OSError:
            time.sleep(0.1)
    said = (site.data.parent / "server.log").read_text(errors="replace")[-2000:]
    raise AssertionError(f"the site did not start: {said}")
