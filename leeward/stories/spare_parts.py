"""Loads the editor without what its parts would load along, and nothing here uses.

The editor's own interface (shut here) takes Django REST framework in, whose `compat` loads each of
these when it is installed: for generated clients, for coloured code, for PostgreSQL's own columns.
Without them every start is half a second shorter.
"""

from __future__ import annotations

import sys
from importlib import import_module

UNUSED = ("requests", "pygments", "django.contrib.postgres.fields")


def leave_out() -> None:
    """Load `compat` as if they were not installed; who asks for them later gets them."""
    hidden = [name for name in UNUSED if name not in sys.modules]
    sys.modules.update(dict.fromkeys(hidden))  # type: ignore[arg-type]  # None: "not there"
    try:
        import_module("rest_framework.compat")
    finally:
        for name in hidden:
            del sys.modules[name]
