"""One visit with a fresh profile: `python -m bench.slow_link.visit ADDRESS KEY` prints its figures.

It runs inside the visitor's namespace, where there is nothing but the slow link.
"""

from __future__ import annotations

import json
import sys

from playwright.sync_api import sync_playwright

from bench.slow_link.link import SITE_END
from tests.browsers.process import find_program

LIMIT_MS = 60_000
_FIGURES = """async () => {
  const painted = () => performance.getEntriesByName('first-contentful-paint')[0];
  while (!painted()) await new Promise((done) => setTimeout(done, 50));
  const page = performance.getEntriesByType('navigation')[0];
  const files = performance.getEntriesByType('resource');
  return {
    paint_ms: painted().startTime,
    load_ms: page.loadEventEnd,
    protocol: page.nextHopProtocol,
    requests: 1 + files.length,
    body_bytes: [page, ...files].reduce((sum, file) => sum + file.encodedBodySize, 0),
  };
}"""


def visit(address: str, key: str) -> dict[str, float | str]:
    """Open `address` in a new Chromium that trusts `key`; return what it measured."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=find_program("chromium", "chromium-browser", package="chromium"),
            args=[
                "--no-sandbox",
                "--disable-background-networking",
                f"--ignore-certificate-errors-spki-list={key}",
                f"--host-resolver-rules=MAP *.test {SITE_END}, MAP * ~NOTFOUND",
            ],
        )
        page = browser.new_page()
        page.set_default_timeout(LIMIT_MS)
        page.goto(address, wait_until="load")
        page.wait_for_timeout(500)  # lets what the page asks for afterwards be counted
        figures: dict[str, float | str] = page.evaluate(_FIGURES)
        browser.close()
    return figures


if __name__ == "__main__":
    print(json.dumps(visit(sys.argv[1], sys.argv[2])))
