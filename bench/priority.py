"""Runs what is measured ahead of the machine's other work, as on a machine of its own.

A message wakes several processes and threads one after the other; on a busy machine each waits
behind other work, and that would be measured.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager

AHEAD_NOTE = "What is measured runs as real-time processes (SCHED_FIFO), ahead of other work."
PLAIN_NOTE = (
    "What is measured runs at the usual priority, since real-time processes are not allowed "
    "here; other work of the machine is in the figures."
)


@contextmanager
def ahead() -> Iterator[None]:
    """Start every process of the block as a real-time one, if that is allowed; else as usual."""
    usual = os.sched_getscheduler(0), os.sched_getparam(0)
    if not _go(os.SCHED_FIFO, os.sched_param(1)):
        yield
        return
    try:
        yield
    finally:
        _go(*usual)


def note() -> str:
    """Return a sentence that says which it is."""
    usual = os.sched_getscheduler(0), os.sched_getparam(0)
    is_allowed = _go(os.SCHED_FIFO, os.sched_param(1))
    _go(*usual)
    return AHEAD_NOTE if is_allowed else PLAIN_NOTE


def _go(policy: int, level: os.sched_param) -> bool:
    try:
        os.sched_setscheduler(0, policy, level)
    except OSError:
        return False
    return True
