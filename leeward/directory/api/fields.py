"""Single values as HSDS writes them. What is empty or not of HSDS's format is left out."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from typing import Any

Told = dict[str, Any]

_URI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"{}|\\^`]+\Z")
_HOST = re.compile(r"(?:[A-Za-z0-9-]+\.)+[A-Za-z]{2,}(?:[/?#][^\s<>\"{}|\\^`]*)?\Z")
_EMAIL = re.compile(r"[^\s@<>\"(),:;\[\]\\]+@(?:[A-Za-z0-9-]+\.)+[A-Za-z]{2,}\Z")
_URIS = {"url", "website", "uri", "schedule_link", "term_uri"}
_EMAILS = {"email", "assurer_email"}
_CHOICES = {
    "wkst": ("MO", "TU", "WE", "TH", "FR", "SA", "SU"),
    "freq": ("WEEKLY", "MONTHLY"),
}


def plain(record: Any, names: Iterable[str], *, needs: Iterable[str] = ()) -> Told:
    """Return a record's id and the named fields that say something.

    needs: texts that HSDS demands even when nothing is known; they are then "".
    """
    told: Told = {"id": str(record.pk)}
    for name in names:
        value = value_of(name, getattr(record, name))
        if value is not None:
            told[name] = value
    for name in needs:
        told.setdefault(name, "")
    return told


def rows_of(record: Any, name: str) -> list[Any]:
    """Return the rows below a record that were fetched with it, through `services.public`.

    Raises KeyError for rows that were not: reading them now would pass its rules by.
    """
    return list(record._prefetched_objects_cache[name])  # noqa: SLF001  -- the reason stands above


def value_of(name: str, value: Any) -> Any:
    """Return a field's value as JSON takes it, or None to leave it out."""
    if value is None or value == "":
        return None
    if name in _URIS:
        return uri(value)
    if name in _EMAILS:
        return value if _EMAIL.match(value) else None
    if name in _CHOICES:
        return value if value in _CHOICES[name] else None
    if isinstance(value, (date, datetime)):
        return value.isoformat()
    return float(value) if isinstance(value, Decimal) else value


def uri(text: str) -> str | None:
    """Return `text` as a URI; a bare host, such as www.example.org, gets http:// before it."""
    if _URI.match(text) and text.isascii():
        return text
    return f"http://{text}" if _HOST.match(text) and text.isascii() else None
