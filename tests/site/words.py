"""The words that ship: of pages, of templates and modules, and their Spanish."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import polib
import yaml
from babel.messages.extract import extract_python
from django.utils.translation.template import templatize

import leeward

PACKAGE = Path(leeward.__file__).parent
STOCK = PACKAGE / "stories" / "data"
VISITORS_APPS = ("design", "safety", "stories", "helplines", "directory", "line")
CALLS = {
    "gettext": None,
    "gettext_lazy": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "_": None,
    "_now": None,
}
# What only staff read: it need not be as easy as a visitor's words.
STAFF_MODULES = {
    "blocks", "checks", "finish", "forms", "models", "panels", "signals", "staff_views",
    "staff_urls", "wagtail_hooks", "apps", "cms_urls", "services", "staff", "consents",
}  # fmt: skip
STAFF_TEMPLATE = re.compile(r"(^|/)(staff|wagtailadmin|panels|admin)|_staff|staff_")
# What is a key or a setting, not a word that anybody reads.
NO_WORDS = {"related", "tone", "fact", "reviewed_on"}


def pages() -> list[dict[str, Any]]:
    """Return the demonstration pages, as their files say."""
    return [
        yaml.safe_load(file.read_text(encoding="utf-8")) for file in sorted(STOCK.glob("*.yaml"))
    ]


def facts() -> dict[str, dict[str, Any]]:
    """Return the facts that pages may quote, by id."""
    written = yaml.safe_load((STOCK / "facts" / "link_facts.yaml").read_text(encoding="utf-8"))
    return {fact["id"]: fact for fact in written["facts"]}


def words_in(part: Any) -> Iterator[str]:
    """Return every text in a page, one paragraph each, without marks."""
    if isinstance(part, str):
        yield part.replace("**", "")
    elif isinstance(part, list):
        for item in part:
            yield from words_in(item)
    elif isinstance(part, dict):
        for key, value in part.items():
            if key not in NO_WORDS:
                yield from words_in(value)


def visitors_sources() -> list[Path]:
    """Return the templates and modules whose words visitors read."""
    found: list[Path] = []
    for app in VISITORS_APPS:
        folder = PACKAGE / app
        found += [file for file in folder.rglob("*.html") if not _is_for_staff(file)]
        found += [file for file in folder.rglob("*.py") if not _is_for_staff(file)]
    return sorted(found)


def staff_sources() -> list[Path]:
    """Return the templates and modules whose words staff read."""
    ours = set(visitors_sources())
    found = [file for kind in ("*.html", "*.py") for file in PACKAGE.rglob(kind)]
    return sorted(file for file in found if file not in ours and not _is_aside(file))


def _is_aside(file: Path) -> bool:
    return bool({"tests", "migrations"} & set(file.relative_to(PACKAGE).parts))


def _is_for_staff(file: Path) -> bool:
    parts = file.relative_to(PACKAGE).with_suffix("").parts[1:]
    if file.suffix == ".py":
        is_staff = any(part.startswith("staff_") for part in parts)
        return is_staff or bool(set(parts) & (STAFF_MODULES | {"tests", "migrations"}))
    return bool(STAFF_TEMPLATE.search("/".join(parts))) or "wagtailadmin" in file.read_text()


def messages(source: Path) -> list[str]:
    """Return what a template or module says in English; a call with a name in it says nothing."""
    text = source.read_text(encoding="utf-8")
    if source.suffix == ".html":
        # What is no message becomes signs of a kind: Python must not read their indentation.
        text = re.sub(r"(?m)^[ \t]+", "", templatize(text, origin=str(source)))
    found: Any = extract_python(io.BytesIO(text.encode()), CALLS, [], {"encoding": "utf-8"})
    said: list[str] = []
    for _line, _call, message, _comments in found:
        said += [message] if isinstance(message, str) else [part for part in message or () if part]
    return said


def in_spanish() -> dict[str, str]:
    """Return every Spanish translation that ships, by message id."""
    return dict(each_translation())


def each_translation() -> Iterator[tuple[str, str]]:
    """Yield each message id and its Spanish words; a plural is one of its own."""
    for file in PACKAGE.glob("*/locale/es/LC_MESSAGES/django.po"):
        for entry in polib.pofile(str(file)):
            if not entry.obsolete and "fuzzy" not in entry.flags:
                yield entry.msgid, entry.msgstr or next(iter(entry.msgstr_plural.values()), "")
                if entry.msgid_plural:
                    yield entry.msgid_plural, entry.msgstr_plural.get(1, "")


def plain(message: str) -> str:
    """Return a message without tags and without the names of what is filled in."""
    return " ".join(re.sub(r"<[^>]+>|%\(\w+\)[sd]|[{]\w*[}]", " ", message).split())
