"""Argon2id by two at a time: right, bounded in memory, and honest when too many ask."""

from __future__ import annotations

import asyncio
import subprocess
import sys

import pytest

from leeward.sealing.stretching import (
    WAITING_MAX,
    WORKERS,
    StretchingBusy,
    stretch,
    stretch_soon,
)

SALT = bytes(range(16))
MIB_64 = 64 * 1024

# Peak memory in KiB before, and after eight at once.
EIGHT_AT_ONCE = """
import asyncio
from pathlib import Path
from leeward.sealing.stretching import stretch_soon

async def eight():
    await asyncio.gather(*(stretch_soon(b"x", salt=bytes(16), length=32) for _ in range(8)))

def peak():
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM"))

before = peak()
asyncio.run(eight())
print(before, peak())
"""


def test_it_is_argon2id_with_64_mib_three_passes_and_one_lane() -> None:
    from argon2.low_level import Type, hash_secret_raw

    expected = hash_secret_raw(
        b"x", SALT, time_cost=3, memory_cost=65_536, parallelism=1, hash_len=64, type=Type.ID
    )

    assert stretch(b"x", salt=SALT, length=64) == expected


def test_eight_at_once_take_the_memory_of_two() -> None:
    ran = subprocess.run(
        [sys.executable, "-c", EIGHT_AT_ONCE], capture_output=True, check=True, text=True
    )
    before, after = map(int, ran.stdout.split())

    assert MIB_64 < after - before < 3 * MIB_64


async def crowd() -> str:
    turns = [
        asyncio.ensure_future(stretch_soon(b"x", salt=SALT, length=32))
        for _ in range(WORKERS + WAITING_MAX)
    ]
    await asyncio.sleep(0)
    try:
        await stretch_soon(b"x", salt=SALT, length=32)
    except StretchingBusy:
        return "turned away"
    finally:
        for turn in turns:
            turn.cancel()
        await asyncio.gather(*turns, return_exceptions=True)
    return "let in"


def test_one_too_many_is_turned_away() -> None:
    assert asyncio.run(crowd()) == "turned away"


def test_those_who_stop_waiting_make_room() -> None:
    asyncio.run(crowd())

    assert len(stretch(b"x", salt=SALT, length=32)) == 32


@pytest.mark.parametrize("salt", [b"", bytes(7)])
def test_a_salt_too_short_is_refused_and_not_called_busy(salt: bytes) -> None:
    with pytest.raises(ValueError, match="salt"):
        stretch(b"x", salt=salt, length=32)
