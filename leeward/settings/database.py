"""Django's database setting from the operator's: embedded SQLite, or PostgreSQL by address."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

# WAL lets readers go on while one writes; secure_delete overwrites what is removed, so that a
# deleted row is not left in the file; FULL keeps a commit through a power cut.
SQLITE_START = (
    "PRAGMA journal_mode=WAL; PRAGMA secure_delete=ON; PRAGMA synchronous=FULL; "
    "PRAGMA temp_store=MEMORY;"
)
WAIT_FOR_LOCK_S = 5


def database_settings(url: str, data_folder: Path) -> dict[str, dict[str, Any]]:
    """Return DATABASES: `default`, and `wraps` for the keys of the support line.

    An empty `url` means SQLite files in `data_folder`; on PostgreSQL the wraps are a schema.
    """
    wraps = _one(url, data_folder / "wraps.sqlite3")
    if url:
        wraps["OPTIONS"]["options"] = "-c search_path=wraps"
    return {"default": _one(url, data_folder / "leeward.sqlite3"), "wraps": wraps}


def _one(url: str, file: Path) -> dict[str, Any]:
    if not url:
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": file,
            "OPTIONS": {
                "init_command": SQLITE_START,
                "transaction_mode": "IMMEDIATE",
                "timeout": WAIT_FOR_LOCK_S,
            },
        }
    parts = urlsplit(url)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(parts.hostname or ""),
        "PORT": str(parts.port or ""),
        "OPTIONS": {"connect_timeout": WAIT_FOR_LOCK_S},
    }
