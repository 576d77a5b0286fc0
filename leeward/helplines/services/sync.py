"""Bringing the shipped lines into the database, again and again without harm."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from leeward.helplines import facts, rules
from leeward.helplines.models import Line
from leeward.safety import log
from leeward.safety.generation import drop_kept_pages

_COPIED = (
    "country topic name phone dial is_video_phone sms_number sms_word other_ways url hours_en "
    "hours_es languages more_languages relay video_phone scope_en scope_es grade is_police_run "
    "operator_changed sources note_en note_es editor_note"
).split()


@transaction.atomic
def sync_shipped() -> int:
    """Load the shipped lines; return how many rows were added or brought up to date.

    Runs at set-up and each day. It never touches a check, nor a line that staff changed; a check
    of a number that a new version corrects stops counting by itself (`CheckFact.number`). A row
    that no longer ships is taken off.
    """
    there = {line.key: line for line in Line.objects.exclude(key=None)}
    dates = {key: source["date"] for key, source in facts.sources().items()}
    rows = {row["key"]: _values(row, dates) for row in facts.shipped_lines()}
    new = [Line(key=key, **values) for key, values in rows.items() if key not in there]
    Line.objects.bulk_create(new)
    changed = [line for key, line in there.items() if _bring_up_to_date(line, rows.get(key or ""))]
    if new or changed:
        log.info("helplines.shipped_rows_loaded", added=len(new), changed=len(changed))
        drop_kept_pages()
    return len(new) + len(changed)


def _values(row: dict[str, Any], dates: dict[str, str]) -> dict[str, Any]:
    """Return a shipped row as the values of a line's fields, unnamed ones at their default."""
    plain = Line()
    values = {name: row.get(name, getattr(plain, name)) for name in _COPIED}
    source_on = rules.latest_partial(dates[key] for key in row["sources"])
    return values | {"source_on": source_on, "is_retired": False}


def _bring_up_to_date(line: Line, values: dict[str, Any] | None) -> bool:
    if line.is_changed_by_staff:
        return False
    wanted = values if values is not None else {"is_retired": True}
    if all(getattr(line, name) == value for name, value in wanted.items()):
        return False
    for name, value in wanted.items():
        setattr(line, name, value)
    line.save()
    return True
