"""Undoing: what a revision changed is put back, as a new revision."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.db import models, transaction

from leeward.directory.models import Address, Location, Revision, Service
from leeward.directory.services import owning, terms
from leeward.directory.services.revisions import (
    ENTITIES,
    TERMS,
    check,
    entity_of,
    hide_if_secret,
    keep,
    only,
    store,
    told,
    touch,
)
from leeward.people.models import Account


class NotUndoable(Exception):
    """The record was changed again since, or is gone, or must not say that any more."""


@transaction.atomic
def undo(revision: Revision, *, by: Account) -> None:
    """Put back what a revision changed, as a new revision. Raises PermissionDenied, NotUndoable."""
    revision = Revision.objects.select_for_update().get(pk=revision.pk)
    if revision.entity == TERMS:
        _undo_terms(revision, by=by)
        return
    model = ENTITIES[revision.entity]
    stored = model.objects.select_for_update().filter(pk=revision.record_id).first()
    made = Revision(before=revision.after, after=revision.before, undoes=revision)
    if not revision.after:
        _put_back(model, revision, made, by=by)
    elif stored is None or only(told(stored), revision.after) != revision.after:
        raise NotUndoable
    elif not revision.before:
        _take_back(stored, made, by=by)
    else:
        check(by, stored)
        _set(stored, revision.before)
        _save_or_refuse(stored, stored.save)
        keep(stored, made, by=by, event="undone")


def _put_back(model: type[Any], revision: Revision, made: Revision, *, by: Account) -> None:
    """Store again what was removed."""
    again = model(pk=revision.record_id)
    _set(again, revision.before)
    if model.objects.filter(pk=again.pk).exists() or not _parents_stand(again):
        raise NotUndoable
    check(by, again)
    _save_or_refuse(again, lambda: again.save(force_insert=True))
    keep(again, made, by=by, event="undone")


def _take_back(stored: Any, made: Revision, *, by: Account) -> None:
    """Remove what was added; a record with a page of its own stays."""
    if isinstance(stored, tuple(owning.PAGES.values())):
        raise NotUndoable
    check(by, stored)
    page, key, entity = owning.page_of(stored), stored.pk, entity_of(stored)
    touch(stored)
    stored.delete()
    store(made, entity, key, page, by=by, event="undone")


def _parents_stand(record: Any) -> bool:
    """Return whether what the record points to is still there, and in the open."""
    for field in record._meta.concrete_fields:
        if isinstance(field, models.ForeignKey):
            key = getattr(record, field.attname)
            model: Any = field.related_model
            if key and not model.objects.filter(pk=key).exists():
                return False
    location = getattr(record, "location", None)
    return not (isinstance(record, Address) and location and location.is_confidential)


def _save_or_refuse(record: Any, save: Callable[[], None]) -> None:
    if isinstance(record, Location) and record.is_confidential:
        raise NotUndoable
    save()
    hide_if_secret(record)


def _set(record: Any, values: Mapping[str, Any]) -> None:
    for field in record._meta.concrete_fields:
        if field.attname in values:
            value = values[field.attname]
            setattr(record, field.attname, value if value is None else field.to_python(value))


def _undo_terms(revision: Revision, *, by: Account) -> None:
    service = Service.objects.filter(pk=revision.record_id).first()
    if service is None:
        raise NotUndoable
    check(by, service)
    now = terms.terms_of(service)
    if any(now.get(key, "") != value for key, value in revision.after.items()):
        raise NotUndoable
    terms.write(service, now | revision.before, Revision(undoes=revision), by=by, event="undone")
