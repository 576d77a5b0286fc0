"""How an answer goes out: JSON or one record a line, with an ETag made from its content.

`Cache-Control: no-store` comes from the site and stays: no proxy and no browser may keep what was
asked. A program that keeps the ETag itself sends it as If-None-Match and is told 304.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from hashlib import blake2b
from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.core.exceptions import SuspiciousOperation
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.http import parse_etags

from leeward.directory.api import problems
from leeward.directory.api.asking import Asked
from leeward.directory.api.problems import Problem
from leeward.safety.access import View, open_to_all

RETRY_S = 120


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a list. total: how many records fit the question."""

    contents: list[dict[str, Any]]
    total: int


def endpoint(*methods: str) -> Callable[[Callable[..., HttpResponseBase]], View]:
    """Mark a view of the interface: open to all, these methods, problems as JSON."""

    def mark(view: Callable[..., HttpResponseBase]) -> View:
        @wraps(view)
        def answering(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if request.method not in methods:
                refused = problems.answer(_refused(methods))
                refused.headers["Allow"] = ", ".join(methods)
                return refused
            try:
                return view(request, *args, **kwargs)
            except Problem as problem:
                said = problems.answer(problem)
                if problem.status == HTTPStatus.SERVICE_UNAVAILABLE:
                    said.headers["Retry-After"] = str(RETRY_S)
                return said
            except SuspiciousOperation:
                return problems.answer(Problem(HTTPStatus.BAD_REQUEST, "That can't be read."))

        return open_to_all(answering)

    return mark


def page(request: HttpRequest, asked: Asked, found: Page) -> HttpResponse:
    """Return one page of a list, as it was asked for."""
    if asked.get("format") == "ndjson":
        lines = "".join(f"{_dumped(row)}\n" for row in found.contents)
        return tagged(request, lines.encode(), "application/x-ndjson")
    return one(request, envelope(asked, found))


def envelope(asked: Asked, found: Page) -> dict[str, Any]:
    """Return HSDS's envelope around a page; no page at all makes total_pages 0."""
    pages = -(-found.total // asked.per_page)
    return {
        "total_items": found.total,
        "total_pages": pages,
        "page_number": asked.page,
        "size": len(found.contents),
        "first_page": asked.page == 1,
        "last_page": asked.page >= pages,
        "empty": not found.contents,
        "contents": found.contents,
    }


def one(request: HttpRequest, record: dict[str, Any]) -> HttpResponse:
    """Return one record."""
    return tagged(request, _dumped(record).encode(), "application/json")


def tagged(request: HttpRequest, body: bytes, kind: str) -> HttpResponse:
    """Return `body` with its strong ETag; 304 when the asker has it already."""
    tag = f'"{blake2b(body, digest_size=16).hexdigest()}"'
    known = parse_etags(request.headers.get("If-None-Match", ""))
    if tag in known or f"W/{tag}" in known or "*" in known:
        return HttpResponse(
            status=HTTPStatus.NOT_MODIFIED, content_type=kind, headers={"ETag": tag}
        )
    return HttpResponse(body, content_type=kind, headers={"ETag": tag})


def identifier(text: str) -> UUID:
    """Return the id that stands in an address. Raises Problem 404."""
    try:
        return UUID(text)
    except ValueError:
        raise missing() from None


def missing() -> Problem:
    """Return what is said of a record that is not there, or is not for everybody."""
    return Problem(HTTPStatus.NOT_FOUND, "There is no such record.")


def _refused(methods: tuple[str, ...]) -> Problem:
    return Problem(HTTPStatus.METHOD_NOT_ALLOWED, f"Ask with {', '.join(methods)}.")


def _dumped(record: dict[str, Any]) -> str:
    return json.dumps(record, ensure_ascii=False, separators=(",", ":"))
