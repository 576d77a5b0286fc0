"""What a message may hold once it is opened: a text, a card, a step, a page, a consent.

`read` bounds and cleans what a form brought; `show` does the same, forgivingly, for what came
sealed from a browser that somebody may have changed.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

from leeward.line.rules.texts import TEXT_MAX, read_text, show_text

LINES_MAX = 200
FIELDS_MAX = 30
FIELD_MAX = 600
DATA_MAX_BYTES = 32_764  # leeward.sealing.padding: the largest size class, less its length

Data = dict[str, Any]


class DataUnfit(ValueError):
    """A message of no kind that we know, or with fields that it should not have."""


def write(data: Mapping[str, Any]) -> bytes:
    """Return `data`, checked, as the JSON that is sealed.

    Raises DataUnfit, TextEmpty, TextTooLong.
    """
    found = json.dumps(_checked(data, read_text), ensure_ascii=False, separators=(",", ":"))
    spelled = found.encode()
    if len(spelled) > DATA_MAX_BYTES:
        raise DataUnfit
    return spelled


def show(spelled: bytes) -> Data:
    """Return what a message says, safe to show. Raises DataUnfit."""
    try:
        data = json.loads(spelled)
    except (ValueError, RecursionError) as wrong:
        raise DataUnfit from wrong
    return _checked(data, show_text)


Clean = Callable[[str], str]


def _checked(data: object, clean: Clean) -> Data:
    if not isinstance(data, Mapping):
        raise DataUnfit
    kind = data.get("kind")
    make = _KINDS.get(kind) if isinstance(kind, str) else None
    if make is None:
        raise DataUnfit
    return {"kind": kind, **make(data, clean)}


def _text(data: Mapping[str, Any], clean: Clean) -> Data:
    return {"text": clean(_word(data, "text", most=2 * TEXT_MAX + 1))}


def _card(data: Mapping[str, Any], clean: Clean) -> Data:
    service = data.get("service")
    if not isinstance(service, Mapping) or not 1 <= len(service) <= FIELDS_MAX:
        raise DataUnfit
    return {
        "service": {show_text(str(name))[:40]: _field(value) for name, value in service.items()}
    }


def _page(data: Mapping[str, Any], clean: Clean) -> Data:
    lines = data.get("lines")
    if not isinstance(lines, list) or not 1 <= len(lines) <= LINES_MAX:
        raise DataUnfit
    return {
        "title": show_text(_word(data, "title", most=200)),
        "lines": [_field(line) for line in lines],
    }


def _ask_consent(data: Mapping[str, Any], clean: Clean) -> Data:
    names = ("consent", "what", "to", "why", "until")
    return {name: show_text(_word(data, name, most=1000)) for name in names}


def _consent(data: Mapping[str, Any], clean: Clean) -> Data:
    answer = _word(data, "answer", most=10)
    if answer not in ("given", "refused", "revoked"):
        raise DataUnfit
    return {"consent": show_text(_word(data, "consent", most=40)), "answer": answer}


def _word(data: Mapping[str, Any], name: str, *, most: int) -> str:
    value = data.get(name)
    if not isinstance(value, str) or (len(value) > most and name != "text"):
        raise DataUnfit
    return value


def _field(value: object) -> Any:
    """Return one field of a card or line of a page: a text, or texts in a list."""
    if isinstance(value, str):
        return show_text(value)[:FIELD_MAX]
    if isinstance(value, list | tuple):
        return [_field(part) for part in value[:FIELDS_MAX] if isinstance(part, str)]
    raise DataUnfit


_KINDS: dict[str, Callable[[Mapping[str, Any], Clean], Data]] = {
    "text": _text,
    "step": _text,
    "notice": _text,
    "card": _card,
    "page": _page,
    "ask_consent": _ask_consent,
    "consent": _consent,
}
