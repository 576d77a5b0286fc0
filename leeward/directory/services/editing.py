"""Changing records by hand: each write leaves a revision, and the indexes follow.

Every function here is one write: checked against what the person saw, stored with the fields
before and after, told to the change log and to the audit log, all in one transaction.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction

from leeward.directory.models import Location, Revision, ServiceAtLocation
from leeward.directory.services import changes, owning
from leeward.directory.services.confidential import TELLING_TEXTS
from leeward.directory.services.owning import may_edit
from leeward.directory.services.revisions import (
    ChangedMeanwhile,
    check,
    entity_of,
    hide_if_secret,
    keep,
    only,
    store,
    told,
    touch,
    version_of,
)
from leeward.people.models import Account

__all__ = ["ChangedMeanwhile", "add", "change", "may_edit", "remove", "version_of"]

TELLS_THE_PLACE = {*TELLING_TEXTS, "latitude", "longitude"}


@transaction.atomic
def change(record: Any, values: Mapping[str, Any], *, by: Account, seen: str = "") -> bool:
    """Write `values` (fields by name) into a record; return whether anything was different.

    seen: `version_of` the page when the person opened it; "" to write over whatever is there.
    Raises PermissionDenied, ChangedMeanwhile.
    """
    check(by, record, seen)
    stored = type(record).objects.select_for_update().get(pk=record.pk)
    before = told(stored)
    if isinstance(stored, Location) and stored.is_confidential:
        values = {name: values[name] for name in values if name not in TELLS_THE_PLACE}
    for name, value in values.items():
        setattr(stored, name, value)
    after = told(stored)
    changed = [name for name in after if after[name] != before[name]]
    if not changed:
        return False
    stored.save()
    hide_if_secret(stored)
    keep(
        stored,
        Revision(before=only(before, changed), after=only(after, changed)),
        by=by,
        event="changed",
    )
    return True


@transaction.atomic
def add(record: Any, *, by: Account, seen: str = "") -> Any:
    """Store a new record, such as a phone of a service; return it.

    A service at a location gets its number here. Raises PermissionDenied, ChangedMeanwhile.
    """
    check(by, record, seen)
    if isinstance(record, ServiceAtLocation):
        record.number = changes.new_numbers(1)[0]
    record.save(force_insert=True)
    hide_if_secret(record)
    keep(record, Revision(after=told(record)), by=by, event="added")
    return record


@transaction.atomic
def remove(record: Any, *, by: Account, seen: str = "") -> None:
    """Remove a part, such as a phone or a service at a location.

    Organisations, services and locations stay: they are set inactive, or merged. Raises
    PermissionDenied, ChangedMeanwhile.
    """
    check(by, record, seen)
    if isinstance(record, tuple(owning.PAGES.values())):
        raise PermissionDenied
    page = owning.page_of(record)
    revision = Revision(before=told(record))
    touch(record)
    key, entity = record.pk, entity_of(record)
    record.delete()
    store(revision, entity, key, page, by=by, event="removed")
