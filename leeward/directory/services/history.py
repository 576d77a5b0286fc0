"""What was changed on a record's page, by whom, and what partners did that nobody looked at."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet

from leeward.directory.models import Revision
from leeward.directory.services.owning import EDIT_ALL, PAGES
from leeward.people.models import Account
from leeward.people.services import record

SHOWN = 50


@dataclass(frozen=True, slots=True)
class Line:
    """One revision as a page shows it. changes: (field, before, after), values in words."""

    revision: Revision
    what: str
    changes: tuple[tuple[str, str, str], ...]
    may_undo: bool


def of_page(page: Any) -> list[Line]:
    """Return the latest revisions of all that stands on a record's page, the newest first."""
    return lines(Revision.objects.filter(part_of=page.pk)[:SHOWN])


def lines(revisions: QuerySet[Revision]) -> list[Line]:
    """Return revisions as pages show them. One query."""
    return [_line(row) for row in revisions.select_related("by", "undoes")]


def to_look_at() -> QuerySet[Revision]:
    """Return what partners changed and no staff member has looked at, the oldest first."""
    return Revision.objects.filter(is_to_look_at=True).order_by("id")


@transaction.atomic
def look_at(revisions: Iterable[int], *, by: Account) -> None:
    """Write down that `by` looked at these revisions of partners. Raises PermissionDenied."""
    if not by.has_perm(EDIT_ALL):
        raise PermissionDenied
    for revision in Revision.objects.filter(pk__in=list(revisions), is_to_look_at=True):
        Revision.objects.filter(pk=revision.pk).update(is_to_look_at=False)
        record(by, "directory.revision_looked_at", "revision", revision.pk)


def page_named(key: object) -> Any:
    """Return the organisation, service or location with that id; None when there is none."""
    for model in PAGES.values():
        found = model.objects.filter(pk=key).first()
        if found is not None:
            return found
    return None


def _line(row: Revision) -> Line:
    names = [name for name in (row.after or row.before) if not name.endswith("_id")]
    told = [
        (_words(name), _said(row.before.get(name)), _said(row.after.get(name))) for name in names
    ]
    is_page = row.entity in PAGES and not row.before
    shown = tuple(one for one in told if one[1] != one[2])
    return Line(row, _words(row.entity), shown, may_undo=not is_page)


def _words(name: str) -> str:
    return name.replace("_", " ").replace("/", ": ")


def _said(value: Any) -> str:
    return "" if value is None else str(value)
