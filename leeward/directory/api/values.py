"""How one parameter's value is read: from an address or a form as text, from JSON as it is."""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from django.utils.dateparse import parse_date, parse_datetime

_WHOLE = re.compile(r"-?[0-9]{1,12}\Z")
_NUMBER = re.compile(r"-?[0-9]{1,9}(\.[0-9]{1,20})?([eE][+-]?[0-9]{1,3})?\Z")
_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\Z", re.IGNORECASE)
_METRES = re.compile(r"[0-9]{1,6}\Z", re.ASCII)


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of value. `read` raises ValueError; `must_be` completes "… must be".

    is_bare: JSON writes it without quotation marks.
    """

    read: Callable[[Any], Any]
    must_be: str
    is_bare: bool = False


def words(most: int) -> Kind:
    """Return the kind of free text of at most `most` characters; control characters are spaces."""

    def read(value: Any) -> str:
        if not isinstance(value, str) or len(value) > most:
            raise ValueError
        return "".join(each if each.isprintable() else " " for each in value).strip()

    return Kind(read, f"text of at most {most} characters")


def whole(least: int, most: int) -> Kind:
    """Return the kind of whole numbers from `least` to `most`."""

    def read(value: Any) -> int:
        number = _number(value, _WHOLE)
        if number != int(number) or not least <= number <= most:
            raise ValueError
        return int(number)

    return Kind(read, f"a whole number from {least} to {most}", is_bare=True)


def number(least: float, most: float) -> Kind:
    """Return the kind of numbers from `least` to `most`."""

    def read(value: Any) -> float:
        found = _number(value, _NUMBER)
        if not least <= found <= most:
            raise ValueError
        return float(found)

    return Kind(read, f"a number from {least:g} to {most:g}", is_bare=True)


def one_of(*allowed: str) -> Kind:
    """Return the kind of a few given words."""

    def read(value: Any) -> str:
        if value not in allowed:
            raise ValueError
        return str(value)

    return Kind(read, " or ".join(allowed))


def _number(value: Any, pattern: re.Pattern[str]) -> float:
    if isinstance(value, str) and pattern.match(value):
        return float(value)
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not math.isfinite(value):
        raise ValueError
    return value


def _yes_no(value: Any) -> bool:
    if value in ("true", "false"):
        return bool(value == "true")
    if not isinstance(value, bool):
        raise ValueError  # noqa: TRY004  -- one error for all that can't be read
    return value


def _uuid(value: Any) -> UUID:
    if not isinstance(value, str) or not _UUID.match(value):
        raise ValueError
    return UUID(value)


def _moment(value: Any) -> datetime:
    if not isinstance(value, str):
        raise ValueError  # noqa: TRY004
    moment = parse_datetime(value)
    if moment is None and (day := parse_date(value)):
        moment = datetime(day.year, day.month, day.day, tzinfo=UTC)
    if moment is None:
        raise ValueError
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _metres(value: Any) -> int:
    if not isinstance(value, str) or not _METRES.match(value):
        raise ValueError
    return int(value)


YES_NO = Kind(_yes_no, "true or false", is_bare=True)
IDENTIFIER = Kind(_uuid, "a UUID")
MOMENT = Kind(_moment, "a date and time such as 2026-01-31T12:00:00Z")
METRES = Kind(_metres, "whole metres, at most 999999, as text")
