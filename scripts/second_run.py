"""Runs pytest; a few tests that failed run once more, with nothing beside them.

    python3 scripts/second_run.py .venv/bin/pytest -n 2 tests

A test that fails twice fails the run. One that passes alone is named at the end, to be mended. Why
that is allowed, and how far: docs/decisions/0028-a-second-run.md.
"""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import tempfile
from pathlib import Path
from types import FrameType

FORGIVEN_AT_MOST = 3  # more than that is no accident
TESTS_FAILED = 1  # pytest's exit code; every other but 0 says that it could not run


def run(command: list[str]) -> int:
    """Run pytest once or twice; return its exit code, the second run's where there was one."""
    with tempfile.TemporaryDirectory(prefix="leeward-tests-") as notes:
        remembering = [*command, "-o", f"cache_dir={notes}"]
        code = _wait_for(remembering)
        failed = _failed(Path(notes))
        if code != TESTS_FAILED or not _are_few_tests(failed):
            return code
        _say("Failed, and run once more with nothing beside them:", failed)
        code = _wait_for([*remembering, "--last-failed", "-n", "0"])
    if code == 0:
        _say("FAILED ONCE, passed alone. Find out why before you go on:", failed)
    return code


def _failed(notes: Path) -> list[str]:
    file = notes / "v" / "cache" / "lastfailed"
    return sorted(json.loads(file.read_text())) if file.exists() else []


def _are_few_tests(failed: list[str]) -> bool:
    """Return whether these are tests, and few; a whole file stands there if it can't be read."""
    return 1 <= len(failed) <= FORGIVEN_AT_MOST and all("::" in name for name in failed)


def _say(what: str, tests: list[str]) -> None:
    print(f"== {what}", *tests, sep="\n", flush=True)


def _wait_for(command: list[str]) -> int:
    """Run a command to its end and return its exit code; whoever asks us to stop asks it too."""
    with subprocess.Popen(command) as process:

        def pass_on(number: int, _frame: FrameType | None) -> None:
            process.send_signal(number)

        before = signal.signal(signal.SIGTERM, pass_on)
        try:
            return process.wait()
        finally:
            signal.signal(signal.SIGTERM, before)


if __name__ == "__main__":
    sys.exit(run(sys.argv[1:]))
