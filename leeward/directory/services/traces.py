"""Takes what tells where a confidential site is out of every open record, text and history."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db import connection, models
from django.db.models import Q

from leeward.directory.models import (
    Accessibility,
    Attribute,
    Contact,
    CostOption,
    DuplicatePair,
    ImportRun,
    Language,
    Location,
    Metadata,
    Organization,
    Phone,
    Program,
    Report,
    RequiredDocument,
    Revision,
    Schedule,
    Service,
    ServiceArea,
    ServiceAtLocation,
    Url,
)
from leeward.directory.rules import street
from leeward.directory.vocabulary import GROUPS, taxonomy_name

HIDDEN = "…"
LINKS = ("organization", "service", "service_at_location", "location")
# Records that stand beside a place and may name its street in one of their texts.
BESIDE = (
    Accessibility, Contact, CostOption, Language, Phone, Program, RequiredDocument, Schedule,
    ServiceArea, Url,
)  # fmt: skip
DECIMALS = 3  # a coordinate written to more than a hundred metres or so gives the house away


def remove(
    location: Location, lines: Iterable[str], latitude: float | None, longitude: float | None
) -> None:
    """Remove what tells where `location` is from all that stands open about it.

    lines: address lines. Texts that name the street lose it; older revisions, the source's own
    change notes, and import problems that could hold it go.
    """
    near = _near(location)
    telling = _telling(lines, latitude, longitude)
    own = [location.pk, *location.addresses.values_list("pk", flat=True)]
    own += list(location.accessibility.values_list("pk", flat=True))
    Revision.objects.filter(record_id__in=own).delete()
    Metadata.objects.filter(resource_id__in=own).delete()
    of_our_vocabulary = Q(taxonomy_term__taxonomy__in=[taxonomy_name(group) for group in GROUPS])
    Attribute.objects.filter(link_id__in=own).exclude(of_our_vocabulary).delete()
    if telling is not None:
        _remove_from_texts(near, telling)
        _remove_from_histories(near, telling)
        _remove_from_imports(telling)
    _remove_from_reports(near["service_at_location"], telling)


def empty_write_ahead_log() -> None:
    """Have SQLite write its log back and cut it to nothing: it may hold what was hidden.

    While somebody else reads or writes, SQLite leaves it for later; the daily job comes by again.
    """
    if connection.vendor == "sqlite" and not connection.in_atomic_block:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _near(location: Location) -> dict[str, set[UUID]]:
    """Return the ids of what belongs to the location, by kind of link."""
    at = ServiceAtLocation.objects.filter(location=location)
    rows = at.values_list("pk", "service_id", "service__organization_id")
    ids = {
        "service_at_location": {row[0] for row in rows},
        "service": {row[1] for row in rows},
        "organization": {row[2] for row in rows},
        "location": {location.pk},
    }
    if location.organization_id:
        ids["organization"].add(location.organization_id)
    return ids


def _telling(
    lines: Iterable[str], latitude: float | None, longitude: float | None
) -> re.Pattern[str] | None:
    """Return what finds any of the streets or the coordinates in a text; None for nothing."""
    found = [street.pattern([line]) for line in lines]
    parts = {pattern.pattern for pattern in found if pattern is not None}
    for degrees in (latitude, longitude):
        if degrees is not None:
            whole, _dot, part = f"{abs(degrees):.7f}".partition(".")
            parts.add(rf"\b{whole}\.{part[:DECIMALS]}\d*")
    return re.compile("|".join(sorted(parts)), re.IGNORECASE) if parts else None


def _remove_from_texts(near: dict[str, set[UUID]], telling: re.Pattern[str]) -> None:
    for rows in _rows_beside(near):
        names = _text_fields(rows.model)
        for row in rows:
            changed = {
                name: telling.sub(HIDDEN, getattr(row, name))
                for name in names
                if telling.search(getattr(row, name))
            }
            if changed:
                rows.model._default_manager.filter(pk=row.pk).update(**changed)


def _rows_beside(near: dict[str, set[UUID]]) -> Iterable[models.QuerySet[Any]]:
    yield Organization.objects.filter(pk__in=near["organization"])
    yield Service.objects.filter(pk__in=near["service"])
    yield ServiceAtLocation.objects.filter(pk__in=near["service_at_location"])
    ids = set().union(*near.values())
    yield Attribute.objects.filter(link_id__in=ids)
    for model in BESIDE:
        names = {field.name for field in model._meta.get_fields()}
        which = Q()
        for link in LINKS:
            if link in names:
                which |= Q(**{f"{link}__in": near[link]})
        yield model._default_manager.filter(which)


def _text_fields(model: type[models.Model]) -> list[str]:
    return [
        field.name
        for field in model._meta.concrete_fields
        if isinstance(field, models.CharField | models.TextField) and not field.choices
    ]


def _remove_from_histories(near: dict[str, set[UUID]], telling: re.Pattern[str]) -> None:
    """Delete revisions and sources' change notes near the place that name the street."""
    ids = set().union(*near.values())
    for rows in _rows_beside(near):
        ids |= set(rows.values_list("pk", flat=True))
    for row in Revision.objects.filter(record_id__in=ids):
        if telling.search(json.dumps([row.before, row.after], ensure_ascii=False)):
            row.delete()
    for note in Metadata.objects.filter(resource_id__in=ids):
        if telling.search(f"{note.previous_value}\n{note.replacement_value}"):
            note.delete()
    for pair in DuplicatePair.objects.filter(Q(first_id__in=ids) | Q(second_id__in=ids)):
        _empty_if_telling(pair, telling)


def _empty_if_telling(pair: DuplicatePair, telling: re.Pattern[str]) -> None:
    if telling.search(pair.reason):
        DuplicatePair.objects.filter(pk=pair.pk).update(reason=HIDDEN)


def _remove_from_imports(telling: re.Pattern[str]) -> None:
    for run in ImportRun.objects.exclude(problems=[]):
        kept = [
            problem
            for problem in run.problems
            if not telling.search(json.dumps(problem, ensure_ascii=False))
        ]
        if len(kept) < len(run.problems):
            run.problems = kept
            run.save(update_fields=["problems"])


def _remove_from_reports(ids: set[UUID], telling: re.Pattern[str] | None) -> None:
    """Empty reports that speak of the address, or name the street."""
    for report in Report.objects.filter(service_at_location__in=ids).exclude(text=""):
        is_telling = telling is not None and telling.search(report.text)
        if report.kind == Report.Kind.ADDRESS or is_telling:
            Report.objects.filter(pk=report.pk).update(text="")
