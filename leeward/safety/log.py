"""The log: event names, ids and counts. Nothing that a visitor sent can reach it.

Leeward's own lines come through `info`, `warning` and `error`. Lines from libraries are kept to
where they came from: their messages may quote a path, a query or a form, so the text is dropped
and only logger, level, place and the kind of error are written.
"""

from __future__ import annotations

import logging
import logging.config
import re
import traceback
from pathlib import Path
from types import TracebackType

_EVENTS = logging.getLogger("leeward")
_EVENT_NAME = re.compile(r"^[a-z_]+(\.[a-z_]+)+$")
_WORD = re.compile(r"^[A-Za-z0-9_.:-]{1,80}$")
ROTATE_AT_BYTES = 5_000_000
KEEP_FILES = 3

Field = int | float | bool | str | None


class UnsafeLogLine(Exception):
    """A log line held something other than an event name, ids and counts."""


def info(event: str, **fields: Field) -> None:
    """Log an event. `fields` are numbers or single words of up to 80 plain characters."""
    _write(logging.INFO, event, fields)


def warning(event: str, **fields: Field) -> None:
    """Log an event that somebody should look at this week."""
    _write(logging.WARNING, event, fields)


def error(event: str, **fields: Field) -> None:
    """Log an event that somebody should look at today."""
    _write(logging.ERROR, event, fields)


def _write(level: int, event: str, fields: dict[str, Field]) -> None:
    if not _EVENT_NAME.match(event):
        raise UnsafeLogLine("an event is named area.what_happened")
    for name, value in fields.items():
        if isinstance(value, str) and not _WORD.match(value):
            raise UnsafeLogLine(f"the field {name} is not a plain word")
    text = " ".join([event, *(f"{name}={value}" for name, value in fields.items())])
    _EVENTS.log(level, text, extra={"is_event": True})


class EventFormatter(logging.Formatter):
    """Writes events whole, and of all other records only where they came from."""

    def format(self, record: logging.LogRecord) -> str:
        """Return one line, without any text that a library composed."""
        stamp = self.formatTime(record, "%Y-%m-%dT%H:%MZ")
        if getattr(record, "is_event", False):
            return f"{stamp} {record.levelname} {record.getMessage()}"
        place = f"{record.name} {Path(record.pathname).name}:{record.lineno}"
        return f"{stamp} {record.levelname} {place}{_error_places(record.exc_info)}"


ExcInfo = (
    tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None] | None
)


def _error_places(exc_info: ExcInfo) -> str:
    if not exc_info or exc_info[1] is None:
        return ""
    frames = traceback.extract_tb(exc_info[2])[-12:]
    path = " < ".join(f"{Path(f.filename).name}:{f.lineno}:{f.name}" for f in reversed(frames))
    return f" {type(exc_info[1]).__name__} at {path}"


def configure(options: dict[str, str]) -> None:
    """Set logging up. `options["file"]` is the log's path; an empty one means standard error."""
    file = options.get("file", "")
    handler: dict[str, object] = {"class": "logging.StreamHandler", "formatter": "events"}
    if file:
        Path(file).parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        handler = {
            "class": "logging.handlers.RotatingFileHandler",
            "formatter": "events",
            "filename": file,
            "maxBytes": ROTATE_AT_BYTES,
            "backupCount": KEEP_FILES,
            "delay": True,
        }
    logging.config.dictConfig(
        {
            "version": 1,
            "disable_existing_loggers": False,
            "formatters": {"events": {"()": EventFormatter}},
            "handlers": {"file": handler},
            "loggers": {"leeward": {"level": "INFO"}},
            "root": {"level": "WARNING", "handlers": ["file"]},
        }
    )
