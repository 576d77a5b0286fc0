"""One alternating run of Leeward's kept pages beside nginx and a bare handler, on one core.

All servers stand ready at once and idle; each round presses each in turn, each round in another
order, so that a slow minute of the machine falls on all of them alike. Medians over the rounds.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from bench import nginx
from bench.processes import LEEWARD, SERVER_CORE, Server, free_port, serving
from bench.serving.answer import SentAnswer, WrongAnswer, ask, ask_settled
from bench.serving.load import Load, press

CONNECTIONS = 32
MOVE_BODY = b"to=%2Fen%2F"

NGINX = "nginx, the same bytes from disk"
BARE = "bare ASGI handler, the same bytes"
KEPT = "Leeward, kept page (GET /)"
BARE_MOVE = "bare ASGI handler, answering a POST"
KEPT_MOVE = "Leeward, kept page by a move (POST /)"
DJANGO = "the same pages in Django's memory cache"
UNKEPT = "Leeward, nothing kept"


@dataclass(frozen=True)
class Runner:
    """One way of answering that takes part."""

    label: str
    server: Server
    connections: int = CONNECTIONS
    path: str = "/"
    is_move: bool = False

    def run(self, seconds: int) -> Load:
        """Press it for `seconds`."""
        return press(
            self.server,
            seconds=seconds,
            connections=self.connections,
            path=self.path,
            is_move=self.is_move,
        )


def run_contest(data: Path, work: Path, *, rounds: int, seconds: int) -> dict[str, Load]:
    """Return each runner's medians. data: a site's folder, set up; work: a scratch folder."""
    with runners(data, work) as field:
        for runner in field:
            runner.run(1)  # warm
        results: dict[str, list[Load]] = {runner.label: [] for runner in field}
        for turn in range(rounds):
            shift = turn % len(field)
            for runner in field[shift:] + field[:shift]:
                results[runner.label].append(runner.run(seconds))
    return {label: _median(loads) for label, loads in results.items()}


@contextmanager
def runners(data: Path, work: Path) -> Iterator[list[Runner]]:
    """Start every server and hand them out once all are seen to send the same bytes."""
    env = {"LEEWARD_DATA": str(data)}
    with ExitStack() as stack:

        def start(name: str, command: list[str], port: int, **more: str) -> Server:
            server = stack.enter_context(
                serving(
                    name, command, port=port, core=SERVER_CORE, env=env | more, log=work / "out"
                )
            )
            server.wait_until_ready()
            return server

        def app(name: str, **more: str) -> Server:
            port = free_port()
            command = [sys.executable, "-m", "bench.serving.apps", name, str(port)]
            return start(name, command, port, **more)

        port = free_port()
        leeward = start("leeward", [LEEWARD, "up", "--port", str(port)], port)
        answer = ask_settled(leeward.address + "/")
        answer.save(work / "answer.json")
        port = free_port()
        files = nginx.command(work / "nginx", nginx.sending_file(work, answer, port=port))
        disk = start("nginx", files, port)
        bare = app("bare", BENCH_ANSWER=str(work / "answer.json"))
        _must_match(answer, disk, bare, leeward)
        yield [
            Runner(NGINX, disk),
            Runner(BARE, bare),
            Runner(KEPT, leeward),
            Runner(BARE_MOVE, bare, is_move=True),
            Runner(KEPT_MOVE, leeward, is_move=True),
            Runner(DJANGO, app("django"), path="/en/"),  # only the door knows the one address
            # One at a time: those who ask at the same moment would share one rendering.
            Runner(UNKEPT, app("unkept"), connections=1),
        ]


def _must_match(answer: SentAnswer, *servers: Server) -> None:
    """Raise WrongAnswer unless each server sends the same headers and the same bytes."""
    for server in servers:
        sent = ask(server.address + "/")
        if sent.body != answer.body or sorted(sent.headers) != sorted(answer.headers):
            raise WrongAnswer(f"{server.name} sends something else: {sent.headers}")


def _median(loads: list[Load]) -> Load:
    return Load(median(one.per_second for one in loads), median(one.cpu_us for one in loads))
