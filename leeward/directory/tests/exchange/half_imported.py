"""A program of its own: imports New York's list, and is killed on the way.

    python -m leeward.directory.tests.exchange.half_imported FILE INDEX [FUNCTION]

INDEX: the folder of this node's search index. It kills itself (SIGKILL: nothing is tidied up)
where FUNCTION would be called once services are written. Without one it imports to the end, twice.
Run by `test_sudden_stop.py`.
"""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path
from pkgutil import resolve_name
from typing import Any

import django

django.setup(set_prefix=False)

from leeward.directory.exchange.importing import Wanted, import_file  # noqa: E402
from leeward.directory.models import Service  # noqa: E402
from leeward.directory.services import indexing  # noqa: E402

WANTED = Wanted(source="nyc")


def die_at(function: str) -> None:
    """Have this process killed at the first call of a function after services were written."""
    owner_name, _, name = function.rpartition(".")
    owner = resolve_name(owner_name)
    real = getattr(owner, name)

    def killed(*given: Any, **named: Any) -> Any:
        if Service.objects.exists():
            os.kill(os.getpid(), signal.SIGKILL)
        return real(*given, **named)

    setattr(owner, name, killed)


def main() -> None:
    """Import, to the end or as far as told."""
    file, index, *moment = sys.argv[1:]
    replica = indexing.new_replica(Path(index))
    indexing.replica = lambda: replica  # type: ignore[assignment]
    if moment:
        die_at(moment[0])
    for _time in range(2):
        import_file(Path(file), WANTED)


if __name__ == "__main__":
    main()
