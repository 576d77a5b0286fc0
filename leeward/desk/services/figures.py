"""Figures of the line as charts, with the rows of the table that stands beside each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from leeward.desk.rules.drawing import Chart, bar_chart
from leeward.line.services.shifts.loads import HOURS, Loads

LABEL_EACH = 3
HOUR_NAMES = tuple(f"{hour:02d}" for hour in range(HOURS))


@dataclass(frozen=True, slots=True)
class Figure:
    """One chart. rows: (label, value as text), one for each bar; total: "" where none is told."""

    key: str
    title: str
    about: str
    column: str
    chart: Chart
    rows: list[tuple[str, str]]
    total: str = ""


@dataclass(frozen=True, slots=True)
class Shown:
    """All of a block's figures."""

    by_hour: list[Figure]
    by_week: list[tuple[str, list[str], str]]


def shown(loads: Loads) -> Shown:
    """Return a block's figures as they are drawn and written."""
    return Shown(_by_hour(loads), _by_week(loads))


def _by_hour(loads: Loads) -> list[Figure]:
    figures = [
        _figure(
            "load",
            (_("Chats asked for"), _("By the hour in which she opened the chat.")),
            _("Chats"),
            loads.opened.cells,
            total=_told(loads.opened.total),
        ),
        _figure(
            "wait",
            (_("Minutes waited"), _("The average of chats that were taken in that hour.")),
            _("Minutes"),
            loads.wait_minutes,
        ),
        _figure(
            "missed",
            (_("Missed chats"), _("She left before anybody answered.")),
            _("Chats"),
            loads.missed.cells,
            total=_told(loads.missed.total),
        ),
    ]
    return figures + _staffing(loads)


def _staffing(loads: Loads) -> list[Figure]:
    """Return who was planned, while shifts of that time are kept, and who was there."""
    planned = (_("People planned"), _("By the roster, on average."))
    there = (_("People there"), _("On and not away, on average."))
    kinds = [("people", planned, loads.people_tenths), ("there", there, loads.there_tenths)]
    return [
        _figure(key, words, _("People"), [each / 10 for each in tenths])
        for key, words, tenths in kinds
        if tenths is not None
    ]


def _figure(
    key: str,
    words: tuple[str, str],
    column: str,
    values: Sequence[float | None],
    *,
    total: str = "",
) -> Figure:
    title, about = words
    chart = bar_chart(values, HOUR_NAMES, label_each=LABEL_EACH)
    rows = [(f"{name}:00", _told(value)) for name, value in zip(HOUR_NAMES, values, strict=True)]
    return Figure(key, title, about, column, chart, rows, total)


def _by_week(loads: Loads) -> list[tuple[str, list[str], str]]:
    names = {
        "chat_opened": _("Chats asked for"),
        "chat_missed": _("Missed chats"),
        "message_left": _("Messages left"),
        "call_asked": _("Calls asked for"),
    }
    return [
        (names[event], [_told(cell) for cell in row.cells], _told(row.total))
        for event, row in loads.weeks.items()
    ]


def _told(value: float | None) -> str:
    """Return a figure as text; "hidden" for one that is not shown."""
    return _("hidden") if value is None else f"{value:g}"
