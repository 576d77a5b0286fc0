"""The log: events, ids and counts, and nothing that anybody typed."""

from __future__ import annotations

import logging
import sys

import pytest

from leeward.safety import log


def line_of(record: logging.LogRecord) -> str:
    return log.EventFormatter().format(record)


def test_an_event_is_written_with_its_fields(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level("INFO", logger="leeward"):
        log.info("stories.published", page=3, kind="guide")

    assert line_of(caplog.records[0]).endswith("INFO stories.published page=3 kind=guide")


@pytest.mark.parametrize("event", ["Somebody wrote", "published", "a.b\nc.d", ""])
def test_free_text_is_no_event(event: str) -> None:
    with pytest.raises(log.UnsafeLogLine):
        log.info(event)


@pytest.mark.parametrize("value", ["two words", "line\nbreak", "ñandú", "x" * 81, ""])
def test_free_text_is_no_field(value: str) -> None:
    with pytest.raises(log.UnsafeLogLine):
        log.info("area.event", field=value)


def test_what_a_library_says_is_kept_to_where_it_said_it() -> None:
    record = logging.LogRecord(
        "django.request", logging.WARNING, "/lib/base.py", 7, "Not Found: /en/my-secret", (), None
    )

    line = line_of(record)

    assert "secret" not in line
    assert "django.request base.py:7" in line


def test_an_error_is_kept_to_its_kind_and_place() -> None:
    try:
        raise ValueError("she typed this")
    except ValueError:
        record = logging.LogRecord("x", logging.ERROR, "/a.py", 1, "m", (), sys.exc_info())

    line = line_of(record)

    assert "typed" not in line
    assert "ValueError at test_log.py" in line
