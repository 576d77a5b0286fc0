"""How long the content stays to be seen after the X is pressed, with a slow neutral site.

A listener of our own notes the press by the browser's own time stamp, then looks at each frame
whether the page's text is gone; the first frame without it, painted, ends the time. The neutral
site waits two seconds before it answers: the cover must not wait for it.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

from bench.report import Bar, Table
from tests.browsers import Browser, Chromium, Firefox, Tab
from tests.journeys.live import LiveSite, live_site, neutral_site

NEUTRAL_DELAY_S = 2.0
BAR_MS = 50
WAIT_S = 10.0

_WATCH = """(() => {
  addEventListener('pointerdown', (press) => {
    const look = () => requestAnimationFrame(() => {
      if (document.body && document.body.textContent.trim()) return look();
      setTimeout(() => console.error('covered ' + (performance.now() - press.timeStamp)), 0);
    });
    look();
  }, true);
  return true;
})()"""
_MIDDLE = """(() => {
  const box = document.getElementById('leave').getBoundingClientRect();
  return [Math.round(box.x + box.width / 2), Math.round(box.y + box.height / 2)];
})()"""


class NotCovered(Exception):
    """The content was still there when we stopped looking."""


def measure_way_out(data: Path, work: Path, *, rounds: int) -> Table:
    """Return each browser's times from press to cover. data: a site's folder, set up."""
    table = Table(["browser", "median", "longest", "presses"])
    kinds: dict[str, Callable[[Path], Browser]] = {
        "Chromium": lambda folder: Chromium(folder, scripts=True),
        "Firefox": lambda folder: Firefox(folder, scripts=True),
    }
    with neutral_site() as neutral:
        neutral.delay_s = NEUTRAL_DELAY_S
        with live_site(data, neutral) as site:
            for name, start in kinds.items():
                folder = work / f"way-out-{name}"
                folder.mkdir()
                times = _times_ms(start(folder), site, rounds)
                cells = [f"{median(times):.0f} ms", f"{max(times):.0f} ms", str(rounds)]
                table.rows.append([name, *cells])
                table.notes.append(Bar(f"{name}, median", median(times), BAR_MS, " ms").note())
    table.notes.append(f"The neutral site answered after {NEUTRAL_DELAY_S:.0f} s.")
    return table


def _times_ms(browser: Browser, site: LiveSite, rounds: int) -> list[float]:
    try:
        return [_press(browser.new_tab(), site) for _ in range(rounds)]
    finally:
        browser.close()


def _press(tab: Tab, site: LiveSite) -> float:
    """Press the X once; return the time to the first painted frame without content, in ms."""
    tab.go(site.base + "/")
    tab.evaluate(_WATCH)
    x, y = tab.evaluate(_MIDDLE)
    tab.mouse("move", x, y)
    time.sleep(0.3)  # a page at rest, as when somebody reads
    tab.mouse("down", x, y)
    covered_ms = _when_covered(tab)
    tab.mouse("up", x, y)
    time.sleep(NEUTRAL_DELAY_S)
    tab.close()
    return covered_ms


def _when_covered(tab: Tab) -> float:
    until = time.monotonic() + WAIT_S
    while time.monotonic() < until:
        for line in tab.said():  # a page that is leaving answers no questions, but it can speak
            found = re.search(r"covered ([\d.]+)", line)
            if found:
                return float(found[1])
        time.sleep(0.05)
    raise NotCovered
