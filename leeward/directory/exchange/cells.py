"""One cell made fit for its column: the value to keep, and what was wrong with what stood there."""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from leeward.directory.exchange import moments, texts
from leeward.directory.exchange.tables import Column

Cleaned = tuple[Any, str]  # the value, and a reason when something was wrong

MOST_SMALL, MOST_WHOLE = 32_767, 2_147_483_647
MOST_MONEY = Decimal("9999999999.99")
YES = {"1", "y", "yes", "true", "t", "x", "on", "si", "sí", "✓"}
NO = {"0", "n", "no", "false", "f", "off", "none"}
NO_TEXT = {"null", "NULL", "nan", "NaN", "#N/A"}  # what programs write for an empty cell
NOTHING = {"", "null", "none", "nan", "n/a", "na", "#n/a", "nil", "-", "--", "undefined"}
_URL = re.compile(r"^https?://[^\s<>\"']+\.[^\s<>\"']+$|^https?://localhost\b\S*$", re.IGNORECASE)
_BARE_URL = re.compile(
    r"^(?:www\.)?[a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]{2,}(?:[/?#:]\S*)?$", re.IGNORECASE
)
_EMAIL = re.compile(r"^[^\s@<>\"',;]+@[^\s@<>\"',;]+\.[^\s@<>\"',;]+$")
_COUNTRIES = {
    "usa": "US", "u.s.a.": "US", "u.s.": "US", "united states": "US",
    "united states of america": "US", "canada": "CA", "mexico": "MX", "méxico": "MX",
    "united kingdom": "GB", "uk": "GB", "england": "GB", "spain": "ES", "españa": "ES",
}  # fmt: skip


def clean(column: Column, raw: object) -> Cleaned:
    """Return what to keep of a cell, and why it is not what stood there ("" when it is)."""
    text = as_text(raw)
    word = text.strip()
    is_text = column.kind in {"text", "line"}
    if not word or (word in NO_TEXT if is_text else word.lower() in NOTHING):
        return column.default, ""
    value, reason = _KINDS[column.kind](column, text)
    return (column.default if value is None else value), reason


def as_text(raw: object) -> str:
    """Return a cell as text; None, NaN and nested things are empty."""
    if raw is None or isinstance(raw, (dict, list)):
        return ""
    if isinstance(raw, float) and not math.isfinite(raw):
        return "not a number"
    if isinstance(raw, bool):
        return "yes" if raw else "no"
    if isinstance(raw, float) and raw.is_integer() and abs(raw) < 1e15:  # noqa: PLR2004  -- exact
        return str(int(raw))
    return str(raw)[: texts.MOST_RAW]


def _text(_column: Column, text: str) -> Cleaned:
    return _cut(texts.plain(text), texts.MOST_TEXT)


def _line(column: Column, text: str) -> Cleaned:
    return _cut(texts.one_line(text), column.most)


def _cut(text: str, most: int) -> Cleaned:
    if len(text) <= most:
        return text, ""
    return text[:most].rstrip(), f"longer than {most:,} letters; the rest was left out"


def _url(column: Column, text: str) -> Cleaned:
    address = texts.one_line(text).strip(" <>\"'")
    if _BARE_URL.match(address):
        address = f"http://{address}"
    if not _URL.match(address):
        return None, "not a web address"
    if len(address) > column.most:
        return None, f"a web address over {column.most} letters"
    return address, ""


def _email(column: Column, text: str) -> Cleaned:
    address = texts.one_line(text).removeprefix("mailto:").strip(" <>")
    fits = _EMAIL.match(address) and len(address) <= column.most
    return (address, "") if fits else (None, "not an e-mail address")


def _clock(_column: Column, text: str) -> Cleaned:
    found = moments.clock(texts.one_line(text))
    return found, "" if found else "not a time of day"


def _day(_column: Column, text: str) -> Cleaned:
    found = moments.day(text)
    return found, "" if found else "not a date"


def _moment(_column: Column, text: str) -> Cleaned:
    found = moments.moment(text)
    if found is None and (on := moments.day(text)):
        found = datetime(on.year, on.month, on.day, tzinfo=UTC)
    return found, "" if found else "not a date and time"


def _number(_column: Column, text: str) -> Cleaned:
    try:
        found = float(text.strip().replace(",", ".", 1))
    except ValueError:
        return None, "not a number"
    return (found, "") if math.isfinite(found) else (None, "not a number")


def _money(_column: Column, text: str) -> Cleaned:
    try:
        found = Decimal(re.sub(r"[$€£\s]|,(?=\d{3}\b)", "", text)).quantize(Decimal("0.01"))
    except InvalidOperation:
        return None, "not an amount"
    return (found, "") if abs(found) <= MOST_MONEY else (None, "not an amount")


def _whole(_column: Column, text: str, most: int = MOST_WHOLE) -> Cleaned:
    found = re.match(r"^\s*(\d{1,12})(?:\.0*)?\s*$", text)
    if found is None:
        return None, "not a whole number"
    value = int(found[1])
    return (value, "") if value <= most else (None, "too large a number")


def _small(column: Column, text: str) -> Cleaned:
    return _whole(column, text, MOST_SMALL)


def _yes_no(_column: Column, text: str) -> Cleaned:
    word = text.strip().lower()
    if word in YES or word in NO:
        return word in YES, ""
    return None, "neither yes nor no"


def _choice(column: Column, text: str) -> Cleaned:
    word = texts.one_line(text)
    for choice in column.choices:
        if word.lower().replace("_", " ") == choice.lower():
            return choice, ""
    if column.name == "visibility":  # what we can't read is not shown
        return "staff", "not one of: " + ", ".join(column.choices)
    return None, "not one of: " + ", ".join(column.choices)


def _country(_column: Column, text: str) -> Cleaned:
    word = texts.one_line(text)
    found = _COUNTRIES.get(word.lower(), word.upper())
    return (found, "") if re.fullmatch(r"[A-Z]{2}", found) else (None, "not a two-letter country")


def _upper(column: Column, text: str) -> Cleaned:
    return _cut(texts.one_line(text), column.most)


_KINDS: dict[str, Callable[[Column, str], Cleaned]] = {
    "text": _text,
    "line": _line,
    "url": _url,
    "email": _email,
    "clock": _clock,
    "day": _day,
    "moment": _moment,
    "number": _number,
    "money": _money,
    "whole": _whole,
    "small": _small,
    "yes_no": _yes_no,
    "choice": _choice,
    "country": _country,
    "upper": _upper,
}


def is_nothing(value: object) -> bool:
    """Return whether a cleaned value says nothing."""
    return value is None or value == ""


def plain_value(value: object) -> object:
    """Return a stored value as JSON and CSV hold it."""
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return float(value)
    return value
