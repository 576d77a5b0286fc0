"""Checks answers against HSDS 3.1's bundled OpenAPI document with our profile merged in.

The bundle holds HSDS's *compiled* schemas: each table written out wherever it is nested, so a
patch is laid over every place that has the table's name.
"""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Iterator
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator, FormatChecker

from leeward.directory.api.openapi import merge, patches

HSDS = Path(__file__).parent.parent / "hsds"
FORMATS = FormatChecker(["uuid"])
_URI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:\S+\Z")


@FORMATS.checks("uri")
def _is_uri(value: object) -> bool:
    return not isinstance(value, str) or bool(_URI.match(value))


@FORMATS.checks("email")
def _is_email(value: object) -> bool:
    return not isinstance(value, str) or bool(re.fullmatch(r"[^@\s]+@[^@\s]+\.[^@\s]+", value))


@FORMATS.checks("date", raises=ValueError)
def _is_date(value: object) -> bool:
    return not isinstance(value, str) or bool(date.fromisoformat(value))


@FORMATS.checks("date-time", raises=ValueError)
def _is_moment(value: object) -> bool:
    return not isinstance(value, str) or datetime.fromisoformat(value).tzinfo is not None


def read(name: str) -> Any:
    """Return what one of the files of `tests/hsds` holds."""
    file = HSDS / name
    raw = file.read_bytes()
    return json.loads(gzip.decompress(raw) if file.suffix == ".gz" else raw)


@cache
def bundle(*, has_profile: bool = True) -> dict[str, Any]:
    """Return HSDS's bundled document; with the profile over it, or as published."""
    document = read("openapi_bundled.json.gz")
    schemas = document["components"]["schemas"]
    schemas["service_at_location_c"] = read("service_at_location.json.gz")
    if not has_profile:
        return document
    patched = {name: _patched(schema) for name, schema in schemas.items()}
    document["components"]["schemas"] = patched
    return merge(document, patches()["openapi"])


def _patched(schema: Any) -> Any:
    """Return a compiled schema with the profile at every place where a patched table stands."""
    if isinstance(schema, list):
        return [_patched(each) for each in schema]
    if not isinstance(schema, dict):
        return schema
    found = {name: _patched(value) for name, value in schema.items()}
    is_table = found.get("type") == "object" and "path" in found
    return merge(found, patches()[found["name"]]) if is_table and _has_patch(found) else found


def _has_patch(schema: dict[str, Any]) -> bool:
    return schema.get("name") in patches()


@cache
def _validator(where: str, *, has_profile: bool) -> Draft202012Validator:
    document = bundle(has_profile=has_profile)
    schema = {"$ref": f"#{where}", "components": document["components"], "paths": document["paths"]}
    return Draft202012Validator(schema, format_checker=FORMATS)


def component(name: str) -> str:
    """Return where a schema stands in the document."""
    return f"/components/schemas/{name}"


def answer_of(path: str, method: str = "get") -> str:
    """Return where the schema of an endpoint's answer stands in the document."""
    escaped = path.replace("/", "~1")
    return f"/paths/{escaped}/{method}/responses/200/content/application~1json/schema"


def faults(told: Any, where: str, *, has_profile: bool = True) -> list[str]:
    """Return what is wrong with an answer, each with the place where; [] for nothing."""
    found = _validator(where, has_profile=has_profile).iter_errors(told)
    return [f"{error.json_path}: {error.message[:200]}" for error in found]


def envelope_faults(told: dict[str, Any], per_page: int | None = None) -> Iterator[str]:
    """Yield what does not add up in a page's envelope. per_page: as asked for, if it was."""
    size, contents = told["size"], told["contents"]
    pages, number = told["total_pages"], told["page_number"]
    if size != len(contents):
        yield "size is not how many there are"
    if told["empty"] != (not contents):
        yield "empty is not true of contents"
    if told["first_page"] != (number == 1):
        yield "first_page is not true of page_number"
    if told["last_page"] != (number >= pages):
        yield "last_page is not true of page_number"
    if per_page and pages != -(-told["total_items"] // per_page):
        yield "total_pages does not follow from total_items"
    if number < pages and size and told["total_items"] < number * size:
        yield "total_items is too small"
