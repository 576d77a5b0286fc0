"""Schemathesis asks what the merged document allows and what it forbids, and checks each answer.

In this process, by WSGI, with a fixed seed; nothing goes over a network.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import hypothesis
import pytest
import schemathesis
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from schemathesis.checks import not_a_server_error
from schemathesis.config import SchemathesisConfig
from schemathesis.core.failures import FailureGroup
from schemathesis.specs.openapi.checks import (
    allow_header_conformance,
    content_type_conformance,
    negative_data_rejection,
    positive_data_acceptance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from leeward.directory.api import records
from leeward.directory.tests.api.checker import bundle

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    allow_header_conformance,
    negative_data_rejection,
    positive_data_acceptance,
]
EXAMPLES = 15


def _ask_django(environ: Any, start_response: Any) -> Any:
    return WSGIHandler()(environ, start_response)


def _makes_sense(case: Any) -> bool:
    """Return whether a question keeps to the rules on places that OpenAPI can't express."""
    body = case.body if isinstance(case.body, dict) else {}
    asked = {**(case.query or {}), **body}
    has_point = "latitude" in asked
    return (
        has_point == ("longitude" in asked)
        and not (has_point and "postcode" in asked)
        and (has_point or "radius" not in asked)
        and (bool(asked.get("postcode")) or "proximity" not in asked)
    )


SCHEMA = schemathesis.openapi.from_dict(
    bundle(), config=SchemathesisConfig.from_dict({"generation": {"deterministic": True}})
)
SCHEMA.app = _ask_django
SCHEMA.hook("filter_case")(lambda _context, case: _makes_sense(case))


@pytest.fixture
def _kept_connection() -> Iterator[None]:
    """Keep the test's connection open between requests, as Django's own test client does."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.mark.usefixtures("offer", "engine", "_kept_connection")
@SCHEMA.parametrize()
@hypothesis.settings(
    max_examples=EXAMPLES,
    derandomize=True,
    database=None,
    deadline=None,
    suppress_health_check=list(hypothesis.HealthCheck),
)
def test_every_answer_keeps_to_the_merged_document(case: Any) -> None:
    case.call_and_validate(checks=CHECKS)


@pytest.mark.usefixtures("offer", "engine", "_kept_connection")
def test_a_wrong_answer_would_be_found(monkeypatch: Any) -> None:
    monkeypatch.setattr(records, "service_line", lambda _row: {"id": 7})
    case = SCHEMA["/services"]["GET"].Case(query={})

    with pytest.raises(FailureGroup, match="Response violates schema"):
        case.call_and_validate(checks=CHECKS)
