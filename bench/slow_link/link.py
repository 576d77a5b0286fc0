"""A slow link between two network namespaces, made of packets and time.

Each namespace has one TUN device; this program carries every IP packet from one to the other,
delayed and at a bounded rate. The TCP and TLS of both ends are the kernel's and the programs'
own. It does what `tc netem delay 200ms rate 400kbit limit 1000` does on each side, and works on
kernels that were built without netem too, so figures from different machines compare.
"""

from __future__ import annotations

import fcntl
import os
import struct
import subprocess
import threading
import time
from collections import deque
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from select import select

ONE_WAY_S = 0.2
BITS_PER_S = 400_000
MOST_QUEUED = 1_000  # packets, as netem's default
_FRAME_BYTES = 14  # an Ethernet header, which netem counts too

SITE_END, VISITOR_END = "10.77.0.2", "10.77.0.1"
_SET_INTERFACE = 0x400454CA  # TUNSETIFF, linux/if_tun.h
_TUN_WITHOUT_HEADER = 0x0001 | 0x1000  # IFF_TUN | IFF_NO_PI


class NotAllowed(Exception):
    """Namespaces and TUN devices need root."""


@dataclass
class Way:
    """One direction: packets wait here until they would have arrived."""

    source: int
    target: int
    sent_bytes: int = 0
    _free_at: float = 0.0
    _waiting: deque[tuple[float, bytes]] = field(default_factory=deque)

    def take(self, now: float) -> None:
        """Take one packet in; drop it when the queue is full."""
        packet = os.read(self.source, 65_536)
        if len(self._waiting) >= MOST_QUEUED:
            return
        self._free_at = max(now, self._free_at) + (len(packet) + _FRAME_BYTES) * 8 / BITS_PER_S
        self._waiting.append((self._free_at + ONE_WAY_S, packet))

    def deliver(self, now: float) -> None:
        """Hand over every packet whose time has come."""
        while self._waiting and self._waiting[0][0] <= now:
            packet = self._waiting.popleft()[1]
            os.write(self.target, packet)
            self.sent_bytes += len(packet)

    def next_s(self, now: float) -> float:
        """Return the time until the next packet is due, at most a tenth of a second."""
        return max(0.0, min(0.1, self._waiting[0][0] - now)) if self._waiting else 0.1


@dataclass(frozen=True)
class Link:
    """The link, and the names of the namespaces at its ends."""

    site: str
    visitor: str
    down: Way
    up: Way

    def carry(self, is_over: threading.Event) -> None:
        """Carry packets until `is_over`."""
        ways = {self.down.source: self.down, self.up.source: self.up}
        while not is_over.is_set():
            now = time.monotonic()
            wait_s = min(way.next_s(now) for way in ways.values())
            for source in select(list(ways), [], [], wait_s)[0]:
                ways[source].take(time.monotonic())
            for way in ways.values():
                way.deliver(time.monotonic())


@contextmanager
def slow_link() -> Iterator[Link]:
    """Make two namespaces with the link between them; both are gone at the end.

    Raises NotAllowed when this is not root.
    """
    if os.geteuid() != 0:
        raise NotAllowed("the slow link needs root: sudo .venv/bin/python -m bench slow-link")
    own = os.getpid()
    with ExitStack() as stack:
        site = stack.enter_context(_namespace(f"bench-site-{own}"))
        visitor = stack.enter_context(_namespace(f"bench-visitor-{own}"))
        site_end = stack.enter_context(_device(f"site{own}", site, SITE_END, VISITOR_END))
        visitor_end = stack.enter_context(_device(f"vis{own}", visitor, VISITOR_END, SITE_END))
        link = Link(site, visitor, Way(site_end, visitor_end), Way(visitor_end, site_end))
        is_over = threading.Event()
        carrier = threading.Thread(target=link.carry, args=(is_over,), daemon=True)
        carrier.start()
        try:
            yield link
        finally:
            is_over.set()
            carrier.join()


@contextmanager
def _namespace(name: str) -> Iterator[str]:
    _ip("netns", "add", name)
    try:
        _ip("-n", name, "link", "set", "lo", "up")
        yield name
    finally:
        _ip("netns", "delete", name)


@contextmanager
def _device(name: str, namespace: str, address: str, peer: str) -> Iterator[int]:
    """Make a TUN device in `namespace`; hand out the file that its packets come through."""
    file = os.open("/dev/net/tun", os.O_RDWR)
    try:
        fcntl.ioctl(file, _SET_INTERFACE, struct.pack("16sH", name.encode(), _TUN_WITHOUT_HEADER))
        _ip("link", "set", name, "netns", namespace)
        _ip("-n", namespace, "address", "add", address, "peer", peer, "dev", name)
        _ip("-n", namespace, "link", "set", name, "mtu", "1500", "up")
        yield file
    finally:
        os.close(file)


def inside(namespace: str, command: list[str]) -> list[str]:
    """Return `command` made to run inside `namespace`."""
    return ["ip", "netns", "exec", namespace, *command]


def _ip(*words: str) -> None:
    subprocess.run(["ip", *words], check=True, capture_output=True)  # noqa: S603, S607
