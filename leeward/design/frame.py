"""What stands around every page, filled by the features below no page of their own.

The base template can't import features (they stand above it), so each feature registers what it
adds when it starts: entries of the menu, and the numbers in the safety notice.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.db import DatabaseError


@dataclass(frozen=True, slots=True)
class MenuEntry:
    """One entry of the menu. `path` is canonical, with its language; low `order` comes first."""

    label: str
    path: str
    order: int


@dataclass(frozen=True, slots=True)
class NoticeLine:
    """A number in the safety notice. `number` is shown; `dial` is what a phone link calls.

    Both are empty where no number is sure: then the label alone stands there.
    """

    label: str
    number: str
    dial: str


MenuSource = Callable[[str], Iterable[MenuEntry]]
NoticeSource = Callable[[str], Iterable[NoticeLine]]

_menu_sources: list[MenuSource] = []
_notice_sources: list[NoticeSource] = []


def adds_to_menu(source: MenuSource) -> MenuSource:
    """Register a source of menu entries; it is called with a language code."""
    _menu_sources.append(source)
    return source


def adds_to_notice(source: NoticeSource) -> NoticeSource:
    """Register a source of notice lines; it is called with a language code, must never raise."""
    _notice_sources.append(source)
    return source


def menu(language: str) -> list[MenuEntry]:
    """Return the menu in `language`, in order."""
    entries = [entry for source in _menu_sources for entry in _entries_of(source, language)]
    return sorted(entries, key=lambda entry: (entry.order, entry.label))


def _entries_of(source: MenuSource, language: str) -> list[MenuEntry]:
    """Return a source's entries; none while the database is away, so that error pages come."""
    try:
        return list(source(language))
    except DatabaseError:
        return []


def notice_lines(language: str) -> list[NoticeLine]:
    """Return the numbers that the safety notice names, most urgent first."""
    return [line for source in _notice_sources for line in source(language)]
