"""Asks for known holes in what uv.lock installs, by pip-audit.

A hole that a newer version closes is a failure. Where the source can't be reached, or knows
none of our packages, one line says so: then nothing was looked up, and nobody should think so.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

BIN = Path(sys.executable).parent
LONGEST_S = 180
OWN_NAME = "leeward"


def main() -> int:
    """Return 0 when nothing is to be done, 1 when a newer version closes a known hole."""
    packages = _look_up()
    known = [package for package in packages if "vulns" in package]
    if not known:
        print("pip-audit: its source can't be reached from here; nothing was looked up.")
        return 0
    holes = [(package, hole) for package in known for hole in package["vulns"]]
    for package, hole in holes:
        closed_in = ", ".join(hole["fix_versions"]) or "no version yet"
        print(f"{package['name']} {package['version']}: {hole['id']}, closed in {closed_in}")
    print(f"pip-audit: {len(known)} packages looked up, {len(holes)} known holes.")
    return int(any(hole["fix_versions"] for _package, hole in holes))


def _look_up() -> list[dict[str, Any]]:
    command = [str(BIN / "pip-audit"), "--format=json", "--progress-spinner=off", "--timeout=15"]
    try:
        said = subprocess.run(
            command, capture_output=True, text=True, check=False, timeout=LONGEST_S
        )
        packages: list[dict[str, Any]] = json.loads(said.stdout)["dependencies"]
    except (subprocess.TimeoutExpired, json.JSONDecodeError):
        return []
    return [package for package in packages if package["name"] != OWN_NAME]


if __name__ == "__main__":
    sys.exit(main())
