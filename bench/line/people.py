"""Visitors who come again: they write and listen on, whatever is killed, as their pages do.

    python -m bench.line.people PORTS FIRST COUNT SECONDS PER_SECOND

Writes "ready" once all listen; then sends for so long, waits until all is heard, reads every
conversation anew from its beginning, and prints one JSON object. A lost stream is asked for again
after the time that the server named, three times; then the time doubles, up to 6 s
(leeward/line/browser/listen.js). Where one server is gone, another is asked.
"""

from __future__ import annotations

import asyncio
import json
import sys
import time
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from bench.line.asking import listening, message, request
from bench.line.known import Known

WRITERS = 32
OPENED_AT_ONCE = 32
AGAIN_S = 0.25
SILENT_S = 45.0
FIRST_WAIT_S = 2.0
LONGEST_WAIT_S = 6.0
STEADY_TRIES = 3
HEARD_WITHIN_S = 60.0
OK, LATER = 200, 503
Stream = tuple[asyncio.StreamReader, asyncio.StreamWriter]


@dataclass
class Person:
    """One visitor: what she was told is stored, and what her page heard."""

    known: Known
    told: dict[int, int] = field(default_factory=dict)
    heard: list[tuple[int, int]] = field(default_factory=list)
    is_there: bool = False
    lost_at: float | None = None
    back_after_s: list[float] = field(default_factory=list)


@dataclass
class People:
    """All of them, and what they met."""

    ports: Sequence[int]
    everybody: Sequence[Person]
    ack_s: list[float] = field(default_factory=list)
    answers: dict[int, int] = field(default_factory=dict)

    async def ask(self, fields: dict[str, str], *, host: int) -> Stream:
        """Send a form to a server that takes it, as a proxy before them would."""
        for turn in range(len(self.ports)):
            port = self.ports[(host + turn) % len(self.ports)]
            try:
                reader, writer = await asyncio.open_connection(
                    "127.0.0.1", port, local_addr=(f"127.0.1.{1 + host % 250}", 0)
                )
            except OSError:
                continue
            writer.write(request(fields))
            return reader, writer
        raise ConnectionRefusedError


async def listen(people: People, person: Person, gate: asyncio.Semaphore) -> None:
    """Listen, and come again after each loss from the last place heard."""
    base_s, tries = FIRST_WAIT_S, 0
    while True:
        try:
            async with gate:
                after = person.heard[-1][0] if person.heard else 0
                stream = await people.ask(
                    listening("listen", person.known, after=after), host=person.known.number
                )
            async for name, value in lines(stream):
                if name == "retry":
                    base_s, tries = int(value) / 1000, 0
                elif name == "data":
                    _hear(person, json.loads(value))
        except (OSError, asyncio.IncompleteReadError, TimeoutError):
            pass
        if person.is_there:
            person.is_there, person.lost_at = False, time.perf_counter()
        tries += 1
        await asyncio.sleep(min(base_s * 2 ** max(0, tries - STEADY_TRIES), LONGEST_WAIT_S))


async def lines(stream: Stream) -> AsyncIterator[tuple[str, str]]:
    """Yield each line of an open stream, as name and value, until it ends."""
    reader, writer = stream
    try:
        head = await asyncio.wait_for(reader.readuntil(b"\r\n\r\n"), SILENT_S)
        while b" 200 " in head[:20]:
            line = await asyncio.wait_for(reader.readline(), SILENT_S)
            if not line:
                return
            name, _, value = line.decode().strip().partition(": ")
            yield name, value
    finally:
        writer.close()


def _hear(person: Person, event: dict[str, Any]) -> None:
    if not person.is_there:
        person.is_there = True
        if person.lost_at is not None:
            person.back_after_s.append(time.perf_counter() - person.lost_at)
    if event["e"] == "message":
        person.heard.append((event["place"], event["number"]))


async def write(people: People, mine: Sequence[Person], *, every_s: float, end: float) -> None:
    """Write for one person after the other, each message again until it is stored."""
    turn = 0
    while time.perf_counter() < end and mine:
        person = mine[turn % len(mine)]
        turn += 1
        number = len(person.told) + 1
        began = time.perf_counter()
        fields = message(person.known, number, text="x" * 120)
        person.told[number] = await _until_stored(people, fields, host=person.known.number)
        people.ack_s.append(time.perf_counter() - began)
        await asyncio.sleep(max(0.0, began + every_s - time.perf_counter()))


async def _until_stored(people: People, fields: dict[str, str], *, host: int) -> int:
    """Return the place of a message once it is stored."""
    while True:
        try:
            status, body = await asyncio.wait_for(_answer(people, fields, host), 10)
        except (OSError, asyncio.IncompleteReadError, TimeoutError):
            status, body = 0, b""
        people.answers[status] = people.answers.get(status, 0) + 1
        if status == OK:
            return int(json.loads(body)["place"])
        await asyncio.sleep(AGAIN_S)


async def _answer(people: People, fields: dict[str, str], host: int) -> tuple[int, bytes]:
    reader, writer = await people.ask(fields, host=host)
    try:
        head = await reader.readuntil(b"\r\n\r\n")
        length = int(head.lower().partition(b"content-length: ")[2].partition(b"\r\n")[0])
        return int(head[9:12]), await reader.readexactly(length)
    finally:
        writer.close()


async def read_anew(people: People, person: Person, gate: asyncio.Semaphore) -> dict[int, int]:
    """Return what is stored, place by number, read from the beginning."""
    found: dict[int, int] = {}
    most = max(person.told.values(), default=0)
    async with gate:
        stream = await people.ask(listening("listen", person.known), host=person.known.number)
        events = lines(stream)
        async for name, value in events:
            event: dict[str, Any] = json.loads(value) if name == "data" else {}
            if event.get("e") == "message":
                found[event["number"]] = event["place"]
            if event and max(found.values(), default=0) >= most:
                break
        await events.aclose()  # type: ignore[attr-defined]
    return found


async def measure(argv: Sequence[str]) -> dict[str, object]:
    """Have everybody write and listen; return what they met."""
    ports, first, count, seconds, per_second = argv
    everybody = [Person(Known(int(first) + number)) for number in range(int(count))]
    people = People([int(port) for port in ports.split(",")], everybody)
    gate = asyncio.Semaphore(OPENED_AT_ONCE)
    ears = [asyncio.create_task(listen(people, person, gate)) for person in everybody]
    await _until(lambda: all(person.is_there for person in everybody), within_s=300)
    print("ready", flush=True)
    end = time.perf_counter() + float(seconds)
    shares = [everybody[each::WRITERS] for each in range(WRITERS)]
    every_s = WRITERS / float(per_second)
    await asyncio.gather(*(write(people, mine, every_s=every_s, end=end) for mine in shares))
    await _until(lambda: all(map(_has_heard_all, everybody)), within_s=HEARD_WITHIN_S)
    await _until(lambda: all(person.is_there for person in everybody), within_s=HEARD_WITHIN_S)
    stored = await asyncio.gather(*(read_anew(people, person, gate) for person in everybody))
    for ear in ears:
        ear.cancel()
    return _summary(people, stored)


def _summary(people: People, stored: Sequence[dict[int, int]]) -> dict[str, object]:
    pairs = list(zip(people.everybody, stored, strict=True))
    outages = [max(person.back_after_s, default=0.0) for person in people.everybody]
    return {
        "acknowledged": sum(len(person.told) for person in people.everybody),
        "lost": sum(found.get(n) != at for person, found in pairs for n, at in person.told.items()),
        "doubled": sum(len(set(found.values())) != len(person.told) for person, found in pairs),
        "heard_wrongly": sum(not _has_heard_all(person) for person in people.everybody),
        "streams_lost": sum(outage > 0 for outage in outages),
        "not_back": sum(not person.is_there for person in people.everybody),
        "back_s": sorted(outage for outage in outages if outage),
        "longest_ack_s": max(people.ack_s),
        "answers": people.answers,
    }


def _has_heard_all(person: Person) -> bool:
    """Return whether she heard each of her messages once, in the order of the places."""
    return [number for _place, number in person.heard] == sorted(person.told) and [
        place for place, _number in person.heard
    ] == list(range(1, len(person.told) + 1))


async def _until(is_so: Callable[[], bool], within_s: float) -> None:
    end = time.perf_counter() + within_s
    while not is_so() and time.perf_counter() < end:  # noqa: ASYNC110 -- asked now and then
        await asyncio.sleep(0.1)


if __name__ == "__main__":
    print(json.dumps(asyncio.run(measure(sys.argv[1:]))))
