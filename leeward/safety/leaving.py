"""Leaving: where to, and what is ended on the server when somebody goes.

A feature that keeps something open for a visitor registers an ending with `ends_on_leaving`.
Leaving never waits for an ending and never fails because of one.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from urllib.parse import unquote, urlsplit

from django.conf import settings

from leeward.safety import log

Ending = Callable[[dict[str, str]], None]

_endings: list[Ending] = []


def exit_address() -> str:
    """Return a neutral site to leave to, one of the operator's list."""
    return secrets.choice(list(settings.CONFIG.exit_url))


def is_leaving(*, referrer: str, host: str, path: str) -> bool:
    """Return whether a GET is the X pressed without scripts.

    Our pages send no Referer; only the X does, and it points at the page it stands on. So a
    Referer that names the very address asked for means: leave.
    """
    if not referrer:
        return False
    parts = urlsplit(referrer)
    return parts.netloc == host and unquote(parts.path or "/") == path


def ends_on_leaving(ending: Ending) -> Ending:
    """Register `ending`: called with what the page said was open, as names and values."""
    _endings.append(ending)
    return ending


def end_all(opened: dict[str, str]) -> None:
    """End everything that was open for somebody who left. Errors are logged, never raised."""
    for ending in _endings:
        try:
            ending(opened)
        except Exception as wrong:  # noqa: BLE001  -- leaving must never fail
            log.error("leaving.ending_failed", kind=type(wrong).__name__)
