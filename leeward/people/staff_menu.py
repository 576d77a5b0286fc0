"""What stands on the staff's start page and in their menu, filled by the features above.

A feature registers in `AppConfig.ready()`: `adds_to_staff_menu` for its screens, and
`adds_to_attention` for what somebody should look at today.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from leeward.people.models import Account


@dataclass(frozen=True, slots=True)
class StaffEntry:
    """A screen of the staff's. An empty `permission` opens it to every staff member."""

    label: str
    path: str
    order: int
    permission: str = ""
    about: str = ""


@dataclass(frozen=True, slots=True)
class Attention:
    """Something to look at: a sentence without any visitor's content, and where to go."""

    text: str
    path: str


EntrySource = Callable[[], Iterable[StaffEntry]]
AttentionSource = Callable[[Account], Iterable[Attention]]

_entry_sources: list[EntrySource] = []
_attention_sources: list[AttentionSource] = []


def adds_to_staff_menu(source: EntrySource) -> EntrySource:
    """Register a source of menu entries."""
    _entry_sources.append(source)
    return source


def adds_to_attention(source: AttentionSource) -> AttentionSource:
    """Register a source of things to look at; it is called with who is signed in."""
    _attention_sources.append(source)
    return source


def entries_for(account: Account) -> list[StaffEntry]:
    """Return the screens that `account` may open, in order."""
    found = [
        entry
        for source in _entry_sources
        for entry in source()
        if not entry.permission or account.has_perm(entry.permission)
    ]
    return sorted(found, key=lambda entry: (entry.order, entry.label))


def attention_for(account: Account) -> list[Attention]:
    """Return what `account` should look at today."""
    return [item for source in _attention_sources for item in source(account)]
