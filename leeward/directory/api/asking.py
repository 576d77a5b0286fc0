"""What is asked: parameters from the address or the body, checked, and nothing else let through.

A name that is not known is refused: a filter that silently does nothing shows the wrong help.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any
from urllib.parse import parse_qsl

from django.http import HttpRequest

from leeward.directory.api import values
from leeward.directory.api.problems import Problem

MOST_BODY_BYTES = 64 * 1024
MOST_FIELDS = 50
USUAL_PER_PAGE = 20
MOST_FULL = 20
MINIMAL_PER_PAGE = 5000
USUAL_RADIUS_KM = 40.0
METRES_IN_KM = 1000

_JSON = "application/json"
_FORM = "application/x-www-form-urlencoded"

KINDS = {
    "search": values.words(500),
    "page": values.whole(1, 10_000),
    "per_page": values.whole(1, 100),
    "format": values.one_of("json", "ndjson"),
    "taxonomy_term_id": values.IDENTIFIER,
    "taxonomy_id": values.IDENTIFIER,
    "organization_id": values.IDENTIFIER,
    "parent_id": values.IDENTIFIER,
    "modified_after": values.MOMENT,
    "minimal": values.YES_NO,
    "full": values.YES_NO,
    "full_service": values.YES_NO,
    "top_only": values.YES_NO,
    "open_now": values.YES_NO,
    "capacity": values.YES_NO,
    "postcode": values.words(20),
    "proximity": values.METRES,
    "latitude": values.number(-90, 90),
    "longitude": values.number(-180, 180),
    "radius": values.number(0.1, 800),
}
PAGES = ("search", "page", "per_page", "format")
WHERE = ("latitude", "longitude", "radius", "postcode", "proximity", "open_now", "capacity")
TERMS = ("taxonomy_term_id", "taxonomy_id")


@dataclass(frozen=True, slots=True)
class Asked:
    """A checked question: values by the parameter's name; what was not asked for is not there."""

    given: dict[str, Any] = field(default_factory=dict)

    def get(self, name: str, usual: Any = None) -> Any:
        """Return the value of a parameter, or `usual`."""
        return self.given.get(name, usual)

    @property
    def page(self) -> int:
        """The number of the page, from 1."""
        return int(self.get("page", 1))

    @property
    def per_page(self) -> int:
        """How many records stand on a page; fewer when they are whole."""
        usual = MINIMAL_PER_PAGE if self.get("minimal") else USUAL_PER_PAGE
        wanted = int(self.get("per_page", usual))
        return min(wanted, MOST_FULL) if self.is_full else wanted

    @property
    def is_full(self) -> bool:
        """Whether whole records are wanted."""
        return bool(self.get("full") or self.get("full_service"))

    @property
    def radius_km(self) -> float:
        """How far around the place, in kilometres."""
        if self.get("proximity") is not None:
            return max(float(self.get("proximity")) / METRES_IN_KM, 0.1)
        return float(self.get("radius", USUAL_RADIUS_KM))


def read(request: HttpRequest, names: tuple[str, ...]) -> Asked:
    """Return what a request asks. Raises Problem for what can't be read or is not one of `names`.

    names: the endpoint's parameters. What stands in the body wins over the address.
    """
    given = _checked(_once(_address(request)), names)
    if request.method == "POST":
        given |= _checked(_body(request), names)
    _check_place(given)
    return Asked({name: value for name, value in given.items() if value != ""})


def _address(request: HttpRequest) -> list[tuple[str, str]]:
    return _pairs(request.META.get("QUERY_STRING", ""))


def _pairs(text: str) -> list[tuple[str, str]]:
    try:
        return parse_qsl(text, keep_blank_values=True, max_num_fields=MOST_FIELDS)
    except ValueError:
        raise Problem(HTTPStatus.BAD_REQUEST, "That are too many parameters.") from None


def _once(pairs: list[tuple[str, str]]) -> dict[str, str]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise Problem(HTTPStatus.BAD_REQUEST, "A parameter stands there twice.")
    return found


def _checked(sent: dict[str, Any], names: tuple[str, ...]) -> dict[str, Any]:
    for name in sent:
        if name not in names:
            listed = ", ".join(names) or "none"
            detail = f"A parameter is not known here. Known ones: {listed}."
            raise Problem(HTTPStatus.BAD_REQUEST, detail)
    return {name: _value(name, value) for name, value in sent.items()}


def _value(name: str, value: Any) -> Any:
    kind = KINDS[name]
    try:
        return kind.read(value)
    except (ValueError, TypeError, OverflowError):
        detail = f"{name} must be {kind.must_be}."
        raise Problem(HTTPStatus.BAD_REQUEST, detail, parameter=name) from None


def _body(request: HttpRequest) -> dict[str, Any]:
    if request.META.get("HTTP_TRANSFER_ENCODING"):
        # The length is not told, so the body would be read as empty and the question be lost.
        raise Problem(HTTPStatus.LENGTH_REQUIRED, "Send a Content-Length with the body.")
    length = request.META.get("CONTENT_LENGTH") or "0"
    if not length.isdecimal() or int(length) > MOST_BODY_BYTES:
        detail = f"A question has {MOST_BODY_BYTES} bytes at most."
        raise Problem(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, detail)
    body = request.body
    if not body:
        return {}
    try:
        text = body.decode()
    except UnicodeDecodeError:
        raise Problem(HTTPStatus.BAD_REQUEST, "The body must be UTF-8.") from None
    if request.content_type == _FORM:
        return _once(_pairs(text))
    if request.content_type == _JSON:
        return _object(text)
    raise Problem(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, f"Send {_JSON} or {_FORM}.")


def _object(text: str) -> dict[str, Any]:
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        raise Problem(HTTPStatus.BAD_REQUEST, "The body is not JSON.") from None
    if not isinstance(found, dict):
        raise Problem(HTTPStatus.BAD_REQUEST, "The body must be one JSON object.")
    for name, value in found.items():
        if isinstance(value, str) and name in KINDS and KINDS[name].is_bare:
            detail = f"{name} must be {KINDS[name].must_be}, without quotation marks."
            raise Problem(HTTPStatus.BAD_REQUEST, detail, parameter=name)
    return found


def _check_place(given: dict[str, Any]) -> None:
    """Refuse half a place, two places, and a distance from nowhere."""
    has_point = "latitude" in given
    wrong = {
        "latitude and longitude come together.": has_point != ("longitude" in given),
        "Name a point or a postcode, not both.": has_point and "postcode" in given,
        "radius needs latitude and longitude.": "radius" in given and not has_point,
        "proximity needs a postcode.": "proximity" in given and not given.get("postcode"),
    }
    for detail, is_wrong in wrong.items():
        if is_wrong:
            raise Problem(HTTPStatus.BAD_REQUEST, detail)
