"""Turns demonstration content, as people write it in `data/`, into blocks of pages."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import cache
from html import escape
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_URL, uuid5

import yaml

from leeward.stories.blocks import PLACES

Stock = dict[str, Any]
PageIds = Mapping[str, int]
DATA = Path(__file__).parent / "data"
_BOLD = re.compile(r"\*\*(.+?)\*\*")


def read_stock() -> list[Stock]:
    """Return all demonstration pages, a parent always before what stands in it."""
    files = sorted(DATA.glob("*.yaml"))
    found = [yaml.safe_load(file.read_text()) for file in files]
    pages = {page["key"]: page for page in found if isinstance(page, dict) and "kind" in page}
    return sorted(pages.values(), key=lambda page: (_depth(page, pages), page["order"]))


def _depth(page: Stock, pages: Mapping[str, Stock]) -> int:
    if page["kind"] == "home":
        return 0
    parent = pages.get(page.get("parent", ""))
    return 1 + (_depth(parent, pages) if parent else 0)


def prose(text: str) -> str:
    """Return plain text with **bold** as rich text, a paragraph for each blank line."""
    parts = [part for part in re.split(r"\n\s*\n", text.strip()) if part.strip()]
    return "".join(f"<p>{line(part)}</p>" for part in parts)


def line(text: str) -> str:
    """Return one line of plain text with **bold** as rich text."""
    return _BOLD.sub(r"<b>\1</b>", escape(" ".join(text.split()), quote=False))


def moves(keys: list[str], ids: PageIds) -> list[Stock]:
    """Return related pages as blocks; keys that are not loaded are left out."""
    found: list[Stock] = []
    for key in keys:
        if key in ids:
            found.append(_block("page", ids[key], f"{key}"))
        elif key in PLACES:
            found.append(_block("place", key, key))
    return found


def body(items: list[Stock], ids: PageIds) -> list[Stock]:
    """Return what stands in a page, as the stored form of its blocks."""
    blocks = []
    for number, item in enumerate(items):
        for kind, value in item.items():
            made = _MAKERS[kind](value, ids)
            if made:
                blocks.append(_block(kind, made, f"{number}-{kind}"))
    return blocks


def _block(kind: str, value: Any, mark: str) -> Stock:
    return {"type": kind, "value": value, "id": str(uuid5(NAMESPACE_URL, mark))}


def _item(value: Any, mark: str) -> Stock:
    return _block("item", value, mark)


@cache
def _facts() -> dict[str, Stock]:
    file = DATA / "facts" / "link_facts.yaml"
    if not file.exists():
        return {}
    return {fact["id"]: fact for fact in yaml.safe_load(file.read_text())["facts"]}


def _source(value: Stock, _ids: PageIds) -> Stock:
    fact = _facts().get(value.get("fact", ""), {}) | {k: v for k, v in value.items() if k != "fact"}
    if not fact.get("source"):
        return {}
    return {
        "text": fact["source"],
        "year": str(fact.get("year") or ""),
        "address": fact.get("url") or "",
        "caveat": fact.get("caveat") or "",
    }


def _titled(value: Stock, _ids: PageIds) -> Stock:
    return value | {"text": prose(value["text"])}


def _list(value: list[str], _ids: PageIds) -> list[Stock]:
    return [_item(line(point), f"point-{n}") for n, point in enumerate(value)]


def _steps(value: list[Stock], _ids: PageIds) -> list[Stock]:
    made = [{"title": step["title"], "text": prose(step.get("text", ""))} for step in value]
    return [_item(step, f"step-{n}") for n, step in enumerate(made)]


_MAKERS: dict[str, Callable[[Any, PageIds], Any]] = {
    "heading": lambda value, _ids: value,
    "paragraph": lambda value, _ids: prose(value),
    "list": _list,
    "steps": _steps,
    "quote": lambda value, _ids: value,
    "callout": _titled,
    "details": _titled,
    "related": moves,
    "source": _source,
}
