"""What `make test` forgives: scripts/second_run.py with a pytest of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]

PASSES_THE_SECOND_TIME = """
from pathlib import Path

def test_a_mark():
    mark = Path(__file__).with_name("mark")
    seen = mark.exists()
    mark.touch()
    assert seen
"""
NEVER_PASSES = "def test_never():\n    assert False\n"
FOUR_NEVER_PASS = "\n".join(f"def test_{n}():\n    assert False" for n in range(4))
CANNOT_BE_READ = "import nothing_of_this_name\n"


@pytest.mark.parametrize(
    ("tests", "code", "runs"),
    [
        ("def test_all_is_well():\n    assert True\n", 0, 1),
        (PASSES_THE_SECOND_TIME, 0, 2),
        (NEVER_PASSES, 1, 2),
        (FOUR_NEVER_PASS, 1, 1),
        (CANNOT_BE_READ, 1, 1),
    ],
)
def test_only_a_few_that_pass_alone_are_forgiven(tmp_path, tests, code, runs):
    ended, shown = _second_run(tmp_path, tests)

    assert ended == code
    assert ("run once more" in shown) == (runs == 2)


def test_what_was_forgiven_is_the_last_thing_said(tmp_path):
    _, shown = _second_run(tmp_path, PASSES_THE_SECOND_TIME)

    assert shown.splitlines()[-2].startswith("== FAILED ONCE")
    assert shown.splitlines()[-1].endswith("test_small.py::test_a_mark")


def _second_run(folder: Path, tests: str) -> tuple[int, str]:
    (folder / "test_small.py").write_text(tests)
    script = str(ROOT / "scripts" / "second_run.py")
    pytest_alone = [sys.executable, "-m", "pytest", "-c", "/dev/null", "-p", "xdist"]
    ended = subprocess.run(
        [sys.executable, script, *pytest_alone, "-n", "1", "test_small.py"],
        cwd=folder,
        capture_output=True,
        text=True,
        env={**os.environ, "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"},
        check=False,
    )
    return ended.returncode, ended.stdout
