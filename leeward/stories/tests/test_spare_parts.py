"""What is loaded at start, asked of a fresh Python."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from leeward.stories.spare_parts import UNUSED

STARTED = "import sys, django; django.setup(set_prefix=False); import leeward.urls; "


def run(code: str, data: Path) -> str:
    """Return what a Python that has loaded the whole site prints, on SQLite."""
    environment = {name: value for name, value in os.environ.items() if "DATABASE_URL" not in name}
    own = {"DJANGO_SETTINGS_MODULE": "leeward.settings.base", "LEEWARD_DATA": str(data)}
    done = subprocess.run(
        [sys.executable, "-c", STARTED + code],
        env=environment | own,
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.strip()


def test_a_started_site_has_not_loaded_what_it_never_uses(tmp_path: Path) -> None:
    loaded = run(f"print([name for name in {UNUSED} if name in sys.modules])", tmp_path)

    assert loaded == "[]"


def test_what_was_left_out_is_there_for_who_asks_for_it_later(tmp_path: Path) -> None:
    said = run("import requests; print(requests.__name__)", tmp_path)

    assert said == "requests"
