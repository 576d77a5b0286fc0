"""The load: streams held open over raw sockets, and messages sealed, sent, and heard.

    python -m bench.line.load KIND PORTS FIRST COUNT SECONDS PER_SECOND PID…

Prints one JSON object. KIND is "listen" or "grow"; FIRST the number of the first conversation.
"""

from __future__ import annotations

import asyncio
import json
import os
import random
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from bench.line.asking import listening, message, request
from bench.line.known import Known

OPENED_AT_ONCE = 16
SENDERS = 32
SETTLES_S = 5.0
ADDRESSES = 250
PAGE_BYTES = os.sysconf("SC_PAGE_SIZE")
TICKS_PER_S = os.sysconf("SC_CLK_TCK")


@dataclass
class Load:
    """What is sent and what is heard."""

    ports: Sequence[int]
    first: int
    sent_at: dict[bytes, float] = field(default_factory=dict)
    took_s: list[float] = field(default_factory=list)
    acked_s: list[float] = field(default_factory=list)
    numbers: dict[int, int] = field(default_factory=dict)
    lost_streams: int = 0
    refused: int = 0


class Listener(asyncio.Protocol):
    """One open stream: notes when each message's mark comes by."""

    def __init__(self, load: Load, request: bytes, opened: asyncio.Future[None]) -> None:
        self._load = load
        self._request = request
        self._opened = opened
        self._is_ending = False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Ask."""
        self._transport = transport
        transport.write(self._request)  # type: ignore[attr-defined]

    def data_received(self, data: bytes) -> None:
        """Note what came."""
        now = time.perf_counter()
        if not self._opened.done():
            self._opened.set_result(None)
            self._load.refused += b" 200 " not in data[:20]
        for mark in _marks(data):
            began = self._load.sent_at.pop(mark, None)
            if began is not None:
                self._load.took_s.append(now - began)

    def connection_lost(self, _wrong: Exception | None) -> None:
        """Count a stream that the server ended."""
        self._load.lost_streams += not self._is_ending
        if not self._opened.done():
            self._opened.set_result(None)

    def end(self) -> None:
        """Go."""
        self._is_ending = True
        self._transport.close()


def _marks(data: bytes) -> list[bytes]:
    """Return the first letters of each box in `data`, or each mark in a frame."""
    found = [part[:32] for part in data.split(b'"box":"')[1:]]
    return found + [b"m" + part.partition(b".")[0] for part in data.split(b"mark-")[1:]]


async def hold(load: Load, kind: str, count: int) -> list[Listener]:
    """Open so many streams."""
    gate = asyncio.Semaphore(OPENED_AT_ONCE)

    async def open_one(number: int) -> Listener:
        async with gate:
            opened: asyncio.Future[None] = asyncio.get_running_loop().create_future()
            asked = request(listening(kind, Known(load.first + number)))
            _transport, made = await asyncio.get_running_loop().create_connection(
                lambda: Listener(load, asked, opened),
                "127.0.0.1",
                load.ports[number % len(load.ports)],
                local_addr=(f"127.0.1.{1 + number % ADDRESSES}", 0),
            )
            await opened
            return made

    return list(await asyncio.gather(*(open_one(number) for number in range(count))))


async def talk(load: Load, kind: str, count: int, *, seconds: float, per_second: float) -> None:
    """Send messages of conversations chosen by chance, at an even pace."""
    waiting: asyncio.Queue[int] = asyncio.Queue()
    senders = [asyncio.create_task(send(load, kind, waiting, each)) for each in range(SENDERS)]
    began, chance = time.perf_counter(), random.Random(4)
    for turn in range(int(seconds * per_second)):
        await asyncio.sleep(max(0.0, began + turn / per_second - time.perf_counter()))
        waiting.put_nowait(chance.randrange(count))
    await asyncio.wait_for(waiting.join(), 60)
    await asyncio.sleep(SETTLES_S)
    for sender in senders:
        sender.cancel()


async def send(load: Load, kind: str, waiting: asyncio.Queue[int], each: int) -> None:
    """Send what waits over one kept-alive connection. The other server than the listener's."""
    port = load.ports[(each + 1) % len(load.ports)]
    reader, writer = await asyncio.open_connection(
        "127.0.0.1", port, local_addr=(f"127.0.2.{1 + each}", 0)
    )
    while True:
        number = await waiting.get()
        began = time.perf_counter()
        mark, fields = next_message(load, kind, Known(load.first + number))
        load.sent_at[mark] = began
        writer.write(request(fields))
        head = await reader.readuntil(b"\r\n\r\n")
        length = int(head.lower().partition(b"content-length: ")[2].partition(b"\r\n")[0])
        await reader.readexactly(length)
        load.refused += b" 200 " not in head[:20]
        load.acked_s.append(time.perf_counter() - began)
        waiting.task_done()


def next_message(load: Load, kind: str, known: Known) -> tuple[bytes, dict[str, str]]:
    """Return a message's mark and the fields that send it."""
    number = load.numbers[known.number] = load.numbers.get(known.number, 0) + 1
    mark = f"{known.number}-{number}"
    fields = message(known, number, text=f"mark-{mark}. " + "x" * 120)
    return (fields["box"][:32].encode() if kind == "listen" else b"m" + mark.encode()), fields


def resident_bytes(pids: Sequence[int]) -> int:
    """Return the memory that the servers hold."""
    return sum(int(Path(f"/proc/{pid}/statm").read_text().split()[1]) for pid in pids) * PAGE_BYTES


def cpu_s(pids: Sequence[int]) -> float:
    """Return the CPU time, user and system, that the servers have used (proc(5), stat)."""
    stats = (Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split() for pid in pids)
    return sum(int(stat[11]) + int(stat[12]) for stat in stats) / TICKS_PER_S


async def measure(argv: Sequence[str]) -> dict[str, object]:
    """Hold the streams, talk, and return the figures."""
    kind, ports, first, count, seconds, per_second, *pids = argv
    load = Load([int(port) for port in ports.split(",")], int(first))
    servers = [int(pid) for pid in pids]
    warm = await hold(load, kind, 20)
    for listener in warm:
        listener.end()
    await asyncio.sleep(1)
    before = resident_bytes(servers)
    held = await hold(load, kind, int(count))
    await asyncio.sleep(SETTLES_S)
    after = resident_bytes(servers)
    began, cpu_before_s = time.perf_counter(), cpu_s(servers)
    await talk(load, kind, int(count), seconds=float(seconds), per_second=float(per_second))
    took_s = time.perf_counter() - began - SETTLES_S
    lost = load.lost_streams
    for listener in held:
        listener.end()
    return {
        "bytes_each": (after - before) / int(count),
        "cpu_ms": 1000 * (cpu_s(servers) - cpu_before_s) / len(load.acked_s),
        "took_ms": sorted(1000 * each for each in load.took_s),
        "acked_ms": sorted(1000 * each for each in load.acked_s),
        "not_heard": len(load.sent_at),
        "lost_streams": lost,
        "refused": load.refused,
        "per_second": len(load.acked_s) / took_s,
    }


if __name__ == "__main__":
    print(json.dumps(asyncio.run(measure(sys.argv[1:]))))
