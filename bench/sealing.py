"""What sealing costs, in CPU time: boxes, envelopes, six words. In this process, one thread."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from uuid import UUID

from bench.report import Bar, Table
from leeward.sealing import epochs, keys, unlocking, visits, words
from leeward.sealing.contexts import MessagePlace
from leeward.sealing.messages import open_message, seal_message
from leeward.sealing.visits import Ticket

ROUNDS = 20
MESSAGE_BYTES = 1_000
MESSAGE_BAR_US, WRAP_BAR_US = 50, 500

_PLACE = MessagePlace(UUID(int=1), epoch=1, seat=0, number=1)


def measure_sealing(*, quick: bool) -> Table:
    """Return the CPU time of each, medians of rounds."""
    costs = {what: _cost_us(do, times, quick=quick) for what, (do, times) in _works().items()}
    table = Table(["what", "CPU time"])
    table.rows = [[what, f"{cost:,.0f} µs"] for what, cost in costs.items()]
    bars = {
        "sealing a message of 1 KB": MESSAGE_BAR_US,
        "opening it": MESSAGE_BAR_US,
        "opening an epoch key": WRAP_BAR_US,
    }
    table.notes = [
        Bar(what[0].upper() + what[1:], costs[what], bar, " µs").note()
        for what, bar in bars.items()
    ]
    table.notes.append(
        "Medians of rounds; CPU time of the whole process, whatever the wall clock says."
    )
    return table


def _works() -> dict[str, tuple[Callable[[], object], int]]:
    """Return what to do, and how often in a round, by name."""
    secret, key, data = visits.new_secret(), epochs.new_epoch_key(), bytes(MESSAGE_BYTES)
    private, public = visits.visit_private_key(secret), visits.visit_public_key(secret)
    box = seal_message(data, key=key, place=_PLACE)
    wrap = _wrap(key, public)
    ticket = visits.write_ticket(Ticket(_PLACE.conversation, secret))
    salt, typed = bytes(16), words.draw_words()
    return {
        "sealing a message of 1 KB": (lambda: seal_message(data, key=key, place=_PLACE), 500),
        "opening it": (lambda: open_message(box, key=key, place=_PLACE), 500),
        "sealing an epoch key to one reader": (
            lambda: _wrap(key, public),
            50,
        ),
        "opening an epoch key": (lambda: _unwrap(wrap, private), 50),
        "a key pair": (lambda: keys.public_key(keys.new_private_key()), 50),
        "from a ticket to the private key": (
            lambda: visits.visit_private_key(visits.read_ticket(ticket).secret),
            200,
        ),
        "finding the slips in six typed words": (lambda: words.find_slips(typed + "x"), 5),
        "stretching six words": (lambda: unlocking.stretch_words(typed, site_salt=salt), 1),
    }


def _wrap(key: bytes, public: bytes) -> bytes:
    return epochs.seal_epoch_key(key, to=public, conversation=_PLACE.conversation, epoch=1)


def _unwrap(wrap: bytes, private: bytes) -> bytes:
    return epochs.open_epoch_key(wrap, private=private, conversation=_PLACE.conversation, epoch=1)


def _cost_us(do: Callable[[], object], times: int, *, quick: bool) -> float:
    do()
    return statistics.median(_round_us(do, times) for _ in range(3 if quick else ROUNDS))


def _round_us(do: Callable[[], object], times: int) -> float:
    start = time.process_time()
    for _ in range(times):
        do()
    return (time.process_time() - start) / times * 1e6
