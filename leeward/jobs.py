"""What happens by itself: each feature's minutely and daily jobs, run inside the server.

One tired volunteer should not have to set up cron. With several server processes, a lock on a
file lets one of them do the work. `leeward daily` runs the daily jobs by hand.
"""

from __future__ import annotations

import fcntl
import threading
from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime
from importlib import import_module
from pathlib import Path

from django.db import connections

from leeward.safety import log

Job = Callable[[], None]

FEATURES = ("people", "stories", "helplines", "directory", "line")
ROUND_S = 60


def jobs_named(name: str) -> list[tuple[str, Job]]:
    """Return each feature's job called `name` ("every_minute" or "every_day"), with its feature."""
    found = []
    for feature in FEATURES:
        module = import_module(f"leeward.{feature}.jobs")
        job = getattr(module, name, None)
        if job is not None:
            found.append((feature, job))
    return found


def run_all(jobs: Iterable[tuple[str, Job]]) -> None:
    """Run each job; one that fails is logged and does not stop the others."""
    for feature, job in jobs:
        try:
            job()
        except Exception as wrong:  # noqa: BLE001  -- the others must still run
            log.error("jobs.failed", feature=feature, job=job.__name__, kind=type(wrong).__name__)
        finally:
            connections.close_all()


class Clockwork(threading.Thread):
    """Runs the jobs each minute and each day, in a thread that ends with the process."""

    def __init__(self, lock_file: Path) -> None:
        super().__init__(name="clockwork", daemon=True)
        self._lock_file = lock_file
        self._is_over = threading.Event()

    def run(self) -> None:
        """Work until the process ends, if no other process of this site does it already."""
        with self._lock_file.open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)  # waits: takes over when the other process ends
            last_day: date | None = None
            while not self._is_over.is_set():
                last_day = self._round(last_day)
                self._is_over.wait(ROUND_S)

    def _round(self, last_day: date | None) -> date:
        today = datetime.now(UTC).date()
        run_all(jobs_named("every_minute"))
        if today != last_day:
            run_all(jobs_named("every_day"))
        return today
