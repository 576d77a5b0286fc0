"""The trail of each write: a revision with the fields before and after, and who is told of it.

`check` stands before a write, `keep` after it; both inside the write's transaction.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from django.core.exceptions import PermissionDenied
from django.utils import timezone

from leeward.directory.models import (
    Accessibility,
    Address,
    Contact,
    CostOption,
    Location,
    Organization,
    Phone,
    RequiredDocument,
    Revision,
    Schedule,
    Service,
    ServiceArea,
    ServiceAtLocation,
)
from leeward.directory.rules import trust
from leeward.directory.services import changes, confidential, owning
from leeward.people.models import Account
from leeward.people.services import record as write_down
from leeward.safety.generation import drop_kept_pages

# By HSDS table.
ENTITIES: dict[str, type[Any]] = {
    "organization": Organization,
    "service": Service,
    "location": Location,
    "service_at_location": ServiceAtLocation,
    "address": Address,
    "phone": Phone,
    "contact": Contact,
    "schedule": Schedule,
    "service_area": ServiceArea,
    "accessibility": Accessibility,
    "cost_option": CostOption,
    "required_document": RequiredDocument,
}
TERMS = "terms"
# What is not told by a revision: it is set by each write, or by its own service.
BESIDE_THE_POINT = {
    "id", "modified_at", "verified_on", "verified_by_id", "verified_how", "due_on",
    "first_approved_by_id", "second_approved_by_id", "approved_until", "renewal_by_id",
}  # fmt: skip


class ChangedMeanwhile(Exception):
    """Somebody changed the record after this person opened it. Nothing was written."""


def entity_of(record: Any) -> str:
    """Return the HSDS table that a record stands in."""
    return next(name for name, model in ENTITIES.items() if type(record) is model)


def version_of(page: Any) -> str:
    """Return the mark of a page's present state: it differs after each write."""
    return str(page.modified_at.isoformat())


def check(by: Account, record: Any, seen: str = "") -> None:
    """Stop whoever may not edit it, and whoever saw an older state of its page."""
    page = owning.page_of(record)
    if not owning.may_edit(by, record):
        raise PermissionDenied
    if seen and page is not None:
        stored = type(page).objects.select_for_update().filter(pk=page.pk).first()
        if stored is not None and version_of(stored) != seen:
            raise ChangedMeanwhile


def hide_if_secret(record: Any) -> None:
    """Hide a place whose address, just written, is a confidential one's: hidden wins."""
    if not isinstance(record, Address):
        return
    lines = (record.address_1, record.address_2)
    if record.location.is_confidential or confidential.recognises(
        lines, record.postal_code, record.city
    ):
        confidential.hide(record.location, None)


def keep(record: Any, revision: Revision, *, by: Account, event: str) -> None:
    """Store what happened to a record that stands; nothing of an address sealed at once."""
    touch(record)
    is_sealed = isinstance(record, Address) and not Address.objects.filter(pk=record.pk).exists()
    if not is_sealed:
        page = owning.page_of(record)
        store(revision, entity_of(record), record.pk, page, by=by, event=event)


def store(
    revision: Revision, entity: str, key: uuid.UUID, page: Any, *, by: Account, event: str
) -> None:
    """Store a revision of the record `key`, and move its page's state on."""
    revision.entity, revision.record_id, revision.by = entity, key, by
    revision.part_of = page.pk if page is not None else None
    revision.at = timezone.now().replace(second=0, microsecond=0)
    is_partner = not by.has_perm(owning.EDIT_ALL)
    revision.is_to_look_at = is_partner
    revision.save()
    if page is not None:
        _move_on(page, by=by, is_partner=is_partner)
    write_down(by, f"directory.record_{event}", entity, key)
    drop_kept_pages()


def _move_on(page: Any, *, by: Account, is_partner: bool) -> None:
    """Give the page a new state. A partner's own word starts its own, shorter, time."""
    values: dict[str, Any] = {"modified_at": timezone.now()}
    if is_partner:
        today = timezone.now().date()
        values |= {"verified_on": today, "verified_by": by, "verified_how": trust.OWN}
        values["due_on"] = trust.next_due(today, trust.OWN)
    type(page).objects.filter(pk=page.pk).update(**values)


def touch(record: Any) -> None:
    """Write down in the change log what a change of `record` may show in."""
    page = owning.page_of(record)
    if isinstance(record, ServiceAtLocation):
        changes.touch([record.number])
    elif isinstance(page, Service):
        changes.touch_service(page.pk)
    elif isinstance(page, Location):
        changes.touch_location(page.pk)
    elif page is not None:
        changes.touch_organization(page.pk)


def told(record: Any) -> dict[str, Any]:
    """Return the fields of a record as JSON can hold them, by stored name."""
    return {
        field.attname: _plain(getattr(record, field.attname))
        for field in record._meta.concrete_fields
        if field.attname not in BESIDE_THE_POINT
    }


def _plain(value: Any) -> Any:
    if isinstance(value, date | datetime | time):
        return value.isoformat()
    return str(value) if isinstance(value, uuid.UUID | Decimal) else value


def only(values: Mapping[str, Any], names: Iterable[str]) -> dict[str, Any]:
    """Return the named ones of some values."""
    return {name: values[name] for name in names}
