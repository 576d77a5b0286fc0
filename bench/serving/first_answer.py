"""How long the first visitor after a publish waits for her page."""

from __future__ import annotations

import time
from pathlib import Path
from statistics import median

from bench.processes import LEEWARD, SERVER_CORE, free_port, serving
from bench.serving.answer import ask
from leeward.safety.generation import Generation


def first_answers_ms(data: Path, *, publishes: int) -> list[float]:
    """Return, for each publish, the time from the drop to the first whole page, in ms.

    The drop comes from this process, as from an editor's request in another server process.
    The time holds a new connection, the rendering, the compressing and the sending.
    """
    port = free_port()
    waits = []
    command = [LEEWARD, "up", "--port", str(port)]
    env = {"LEEWARD_DATA": str(data)}
    with serving("leeward", command, port=port, core=SERVER_CORE, env=env) as server:
        server.wait_until_ready()
        generation = Generation(data / "generation")
        ask(server.address + "/")  # the first rendering of all also loads the templates
        for _ in range(publishes):
            generation.move_on()
            began = time.perf_counter()
            ask(server.address + "/")
            waits.append((time.perf_counter() - began) * 1000)
            time.sleep(0.3)  # stay under the flood limit
    return waits


def summary(waits_ms: list[float]) -> tuple[float, float]:
    """Return median and longest."""
    return median(waits_ms), max(waits_ms)
