"""The HSDS 3.1 tables and their columns, read off the models, and what of our profile comes along.

`ORDER` puts parents before what hangs on them.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from django.db import models as django_models

from leeward.directory import models

MODELS: dict[str, type[models.Record]] = {
    "taxonomy": models.Taxonomy,
    "taxonomy_term": models.TaxonomyTerm,
    "unit": models.Unit,
    "organization": models.Organization,
    "program": models.Program,
    "organization_identifier": models.OrganizationIdentifier,
    "location": models.Location,
    "address": models.Address,
    "accessibility": models.Accessibility,
    "service": models.Service,
    "service_at_location": models.ServiceAtLocation,
    "contact": models.Contact,
    "phone": models.Phone,
    "language": models.Language,
    "schedule": models.Schedule,
    "service_area": models.ServiceArea,
    "cost_option": models.CostOption,
    "required_document": models.RequiredDocument,
    "funding": models.Funding,
    "url": models.Url,
    "service_capacity": models.ServiceCapacity,
    "attribute": models.Attribute,
    "metadata": models.Metadata,
    "meta_table_description": models.MetaTableDescription,
}
ORDER = tuple(MODELS)
TABLE_OF = {model: table for table, model in MODELS.items()}

# What staff decide or the site keeps for itself; no file may set it.
OWN_FIELDS = {
    "id", "source", "outside_id", "verified_on", "verified_by", "verified_how", "due_on",
    "modified_at", "first_approved_by", "second_approved_by", "approved_until",
    "is_member_shelter",
}  # fmt: skip
SHORT_KEY = ("service_at_location", "number")  # given by `services.changes`
# HSDS's column name where ours differs.
HSDS_NAME = {
    ("funding", "funding_source"): "source",
    ("taxonomy_term", "taxonomy_detail_id"): "taxonomy_id",
}
# Columns that are ours, not HSDS's: the documented profile.
PROFILE = {
    ("location", "is_confidential"), ("location", "time_zone"), ("phone", "safe_to_call"),
    ("service", "before_you_go"), ("service_area", "area_code"),
    ("service_capacity", "restricted_available"), ("service_capacity", "restriction"),
}  # fmt: skip
VISIBILITY = "visibility"
KINDS = {
    "url": "url", "uri": "url", "website": "url", "logo": "url", "schedule_link": "url",
    "term_uri": "url", "email": "email", "assurer_email": "email", "opens_at": "clock",
    "closes_at": "clock", "country": "country", "currency": "upper",
}  # fmt: skip
REQUIRED = {
    "organization": ("name",), "program": ("name",), "service": ("name",), "taxonomy": ("name",),
    "taxonomy_term": ("name",), "unit": ("name",), "url": ("url",), "phone": ("number",),
    "organization_identifier": ("identifier",), "metadata": ("field_name",),
}  # fmt: skip
# Rows that say nothing unless they hang on at least one of these.
NEEDS_A_PARENT = {"contact", "phone", "language", "schedule", "service_area", "funding", "url",
                  "required_document"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Column:
    """One column. field: the model's attribute. parent: the table that it points at, if any."""

    name: str
    field: str
    kind: str
    most: int = 0
    parent: str = ""
    is_required: bool = False
    choices: tuple[str, ...] = ()
    default: object = ""


@dataclass(frozen=True, slots=True)
class Table:
    """One table. columns: by HSDS name, no `id`. is_trusted: it keeps source and outside id.

    parents: the columns that point at other records.
    """

    name: str
    model: type[models.Record]
    columns: dict[str, Column]
    is_trusted: bool
    parents: tuple[Column, ...]


@cache
def table(name: str) -> Table:
    """Return the table of that HSDS name. Raises KeyError."""
    model = MODELS[name]
    columns = [
        _column(name, field) for field in model._meta.concrete_fields if _may_be_told(name, field)
    ]
    return Table(
        name,
        model,
        {column.name: column for column in columns},
        issubclass(model, models.TrustedRecord),
        tuple(column for column in columns if column.parent),
    )


def _column(table_name: str, field: django_models.Field) -> Column:  # type: ignore[type-arg]
    attribute = field.attname
    name = HSDS_NAME.get((table_name, attribute), attribute)
    parent = TABLE_OF[field.related_model] if field.is_relation else ""  # type: ignore[index]
    return Column(
        name=name,
        field=attribute,
        kind=_kind(name, field),
        most=getattr(field, "max_length", None) or 0,
        parent=parent,
        is_required=(bool(parent) and not field.null) or name in REQUIRED.get(table_name, ()),
        choices=tuple(str(value) for value, _label in field.choices or ()),
        default=None if field.null else field.get_default(),
    )


_BY_TYPE: dict[type[object], str] = {
    django_models.UUIDField: "id",
    django_models.DateTimeField: "moment",
    django_models.DateField: "day",
    django_models.FloatField: "number",
    django_models.DecimalField: "money",
    django_models.BooleanField: "yes_no",
    django_models.PositiveSmallIntegerField: "small",
    django_models.PositiveIntegerField: "whole",
    django_models.TextField: "text",
}


def _kind(name: str, field: django_models.Field) -> str:  # type: ignore[type-arg]
    if field.is_relation:
        return "id"
    if field.choices:
        return "choice"
    if name in KINDS:
        return KINDS[name]
    found = (kind for type_, kind in _BY_TYPE.items() if type(field) is type_)
    return next(found, "line")


def _may_be_told(table_name: str, field: django_models.Field) -> bool:  # type: ignore[type-arg]
    is_ours = field.name in OWN_FIELDS or (table_name, field.name) == SHORT_KEY
    return not is_ours and (not field.is_relation or field.related_model in TABLE_OF)
