"""What the desk's page asks: JSON in, JSON out, one short answer for everything that is not hers.

Nothing here tells whether a conversation exists: what is unknown, another team's, or not hers to
see answers the same 404.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_POST

from leeward.line.services.spelling import TextUnreadable, from_text
from leeward.people.models import Account
from leeward.safety.access import View, staff_with

RIGHT = "line.answer_line"
COORDINATES = "line.coordinate_line"
BODY_MAX_BYTES = 200_000
LIST_MAX = 200

Told = dict[str, Any]


class Unfit(Exception):
    """The body is not what this address takes."""


class Refused(Exception):
    """An answer of its own: HTTP's status, and a word for the page."""

    def __init__(self, status: int, code: str) -> None:
        super().__init__(code)
        self.status = status
        self.code = code


NOT_HERE = Refused(404, "not_here")


class Asked:
    """The body of one request, read field by field. Each reading raises Unfit."""

    def __init__(self, found: Told) -> None:
        self._found = found

    def number(self, name: str, *, most: int = 2**31, least: int = 0) -> int:
        """Return a whole number."""
        value = self._found.get(name)
        if type(value) is not int or not least <= value <= most:
            raise Unfit
        return value

    def has(self, name: str) -> bool:
        """Return whether the field was sent."""
        return name in self._found

    def flag(self, name: str) -> bool:
        """Return a yes or no."""
        value = self._found.get(name)
        if not isinstance(value, bool):
            raise Unfit
        return value

    def text(self, name: str, *, most: int = 200) -> str:
        """Return a text; longer ones are cut."""
        value = self._found.get(name, "")
        if not isinstance(value, str) or "\0" in value:
            raise Unfit
        return value[:most]

    def uuid(self, name: str = "id") -> UUID:
        """Return an id."""
        try:
            return UUID(self.text(name))
        except ValueError as wrong:
            raise Unfit from wrong

    def wish(self, name: str = "team") -> UUID | None:
        """Return an id that need not be there."""
        return self.uuid(name) if self.has(name) else None

    def sealed(self, name: str) -> bytes:
        """Return bytes, sent as base64url."""
        return bytes_of(self._found.get(name))

    def rows(self, name: str) -> list[Asked]:
        """Return a list of objects."""
        value = self._found.get(name, [])
        if not isinstance(value, list) or len(value) > LIST_MAX:
            raise Unfit
        return [_row(each) for each in value]

    def sealed_by_number(self, name: str) -> dict[int, bytes]:
        """Return bytes by a whole number: {"3": "…"}."""
        return {key: bytes_of(each) for key, each in self._by_number(name).items()}

    def sealed_by_two_numbers(self, name: str) -> dict[int, dict[int, bytes]]:
        """Return bytes by two whole numbers: {"1": {"3": "…"}}."""
        return {
            key: Asked({"inner": each}).sealed_by_number("inner")
            for key, each in self._by_number(name).items()
        }

    def _by_number(self, name: str) -> dict[int, object]:
        value = self._found.get(name)
        if not isinstance(value, Mapping) or len(value) > LIST_MAX:
            raise Unfit
        if not all(key.isascii() and key.isdecimal() for key in value):
            raise Unfit
        return {int(key): each for key, each in value.items()}

    def chosen(self, name: str, allowed: tuple[str, ...]) -> list[str]:
        """Return those of a list of codes that are allowed, each once."""
        value = self._found.get(name, [])
        if not isinstance(value, list):
            raise Unfit
        return [code for code in allowed if code in value]


def bytes_of(value: object) -> bytes:
    """Return what base64url says. Raises Unfit."""
    try:
        return from_text(value) if isinstance(value, str) else _unfit()
    except TextUnreadable as wrong:
        raise Unfit from wrong


def _unfit() -> bytes:
    raise Unfit


def _row(value: object) -> Asked:
    if not isinstance(value, dict):
        raise Unfit
    return Asked(value)


def read(body: bytes) -> Asked:
    """Return what a body asks; an empty one asks nothing more. Raises Unfit."""
    if len(body) > BODY_MAX_BYTES:
        raise Unfit
    try:
        return _row(json.loads(body or b"{}"))
    except ValueError as wrong:
        raise Unfit from wrong


def answers(
    *, when: Mapping[type[Exception], Refused], permission: str = RIGHT
) -> Callable[[Callable[[Account, Asked], Told]], View]:
    """Mark what answers one question of the page: (who asks, what) -> told.

    when: what the line raises, and the answer to it.
    """

    def mark(tell: Callable[[Account, Asked], Told]) -> View:
        @wraps(tell)
        def view(request: HttpRequest) -> HttpResponse:
            try:
                return JsonResponse(tell(person(request), read(request.body)))
            except Refused as wrong:
                return _refusal(wrong)
            except Unfit:
                return _refusal(Refused(422, "unfit"))
            except tuple(when) as wrong:
                return _refusal(_answer_to(wrong, when))

        return staff_with(permission)(require_POST(view))

    return mark


def person(request: HttpRequest) -> Account:
    """Return who is signed in; `staff_with` let nobody else this far."""
    if not isinstance(request.user, Account):
        raise PermissionDenied
    return request.user


def _answer_to(wrong: Exception, when: Mapping[type[Exception], Refused]) -> Refused:
    return next(answer for kind, answer in when.items() if isinstance(wrong, kind))


def _refusal(wrong: Refused) -> JsonResponse:
    return JsonResponse({"code": wrong.code}, status=wrong.status)
