"""A program of its own: imports a file and stops in the middle, for good.

Run by `test_sudden_stop.py`, which kills it there. Prints "half" once services are written inside
the transaction.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

import django

django.setup(set_prefix=False)

from leeward.directory.exchange import writing  # noqa: E402
from leeward.directory.exchange.importing import Wanted, import_file  # noqa: E402
from leeward.directory.models import Phone, Service  # noqa: E402

real = writing.insert


def stops(model, rows):
    """Write, until it is the phones' turn."""
    if model is Phone and Service.objects.exists():
        sys.stdout.write("half\n")
        sys.stdout.flush()
        time.sleep(600)
    real(model, rows)


if __name__ == "__main__":
    writing.insert = stops
    import_file(Path(sys.argv[1]), Wanted(source="nyc"))
