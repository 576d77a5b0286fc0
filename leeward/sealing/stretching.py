"""Argon2id (RFC 9106): 64 MiB and three passes, by two at a time however many ask.

Ten visitors at once would otherwise take 640 MiB. More than WAITING_MAX waiting are turned away.
Never call it inside a database transaction: it takes a fifth of a second or more.
"""

from __future__ import annotations

import asyncio
import os
from concurrent.futures import Future, ThreadPoolExecutor
from functools import cache
from threading import BoundedSemaphore

from argon2.exceptions import HashingError
from argon2.low_level import ARGON2_VERSION, Type, hash_secret_raw

WORKERS = 2
WAITING_MAX = 30
MEMORY_KIB = 64 * 1024
PASSES = 3
LANES = 1
SALT_BYTES = 16


class StretchingBusy(Exception):
    """Too many are waiting, or memory is short. Say so calmly; a minute later it will work."""


def stretch(password: bytes, *, salt: bytes, length: int) -> bytes:
    """Return `length` bytes of Argon2id, when its turn has come. Raises StretchingBusy.

    salt: 16 bytes. Blocks its thread; in asynchronous code use `stretch_soon`.
    """
    return _enqueue(password, salt, length).result()


async def stretch_soon(password: bytes, *, salt: bytes, length: int) -> bytes:
    """Return what `stretch` returns, without blocking the loop. Raises StretchingBusy."""
    return await asyncio.wrap_future(_enqueue(password, salt, length))


def _enqueue(password: bytes, salt: bytes, length: int) -> Future[bytes]:
    if len(salt) != SALT_BYTES:
        raise ValueError("a salt has 16 bytes")
    pool, room = _pool_of(os.getpid())
    if not room.acquire(blocking=False):
        raise StretchingBusy
    turn = pool.submit(_argon2id, password, salt, length)
    turn.add_done_callback(lambda _: room.release())
    return turn


@cache
def _pool_of(process: int) -> tuple[ThreadPoolExecutor, BoundedSemaphore]:
    # By process: threads do not survive a fork, and a pool without threads never answers.
    pool = ThreadPoolExecutor(WORKERS, thread_name_prefix="stretching")
    return pool, BoundedSemaphore(WORKERS + WAITING_MAX)


def _argon2id(password: bytes, salt: bytes, length: int) -> bytes:
    try:
        return hash_secret_raw(
            password, salt, PASSES, MEMORY_KIB, LANES, length, Type.ID, ARGON2_VERSION
        )
    except HashingError as wrong:
        raise StretchingBusy from wrong
