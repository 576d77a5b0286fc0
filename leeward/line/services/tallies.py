"""Counting what happens, by the hour: all that stays of a conversation."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import F, Sum
from django.utils import timezone

from leeward.line.models import Tally
from leeward.line.rules import counting
from leeward.line.rules.times import hour

EVENTS = {
    "chat_opened": "detail: language",
    "chat_taken": "minutes: how long she waited",
    "chat_missed": "left before anybody answered; minutes: how long she waited",
    "chat_ended": "detail: how; minutes: from taking to the end",
    "message_left": "detail: language",
    "message_taken": "minutes: how long it waited",
    "kept": "she keeps it with six words",
    "came_back": "she came back with her words",
    "call_asked": "detail: language",
    "call_done": "",
    "call_expired": "",
    "handed_over": "",
    "outcome": "the end form; detail: what it was about or what was done, from a fixed list",
    "consent_given": "detail: what for",
    "staffed": "count: minutes with somebody there; minutes: of all people together",
    "turned_away": "detail: why (queue_full, nobody_there, no_room)",
}


class NotCounted(ValueError):
    """An event that is not on the list, or a detail that could be a sentence."""


@dataclass(frozen=True, slots=True)
class Point:
    """One hour of a chart. None: 1 to 4, which is not shown."""

    hour: datetime
    count: int | None
    average_minutes: int | None


def count(
    team_id: UUID, event: str, detail: str = "", minutes: int = 0, *, at: datetime | None = None
) -> None:
    """Count an event in its hour. Raises NotCounted."""
    if event not in EVENTS or not (detail == "" or detail.replace("_", "").isalnum()):
        raise NotCounted
    slot: dict[str, Any] = {
        "team_id": team_id,
        "hour": hour(at or timezone.now()),
        "event": event,
        "detail": detail[:40],
    }
    with transaction.atomic():
        row, _is_new = Tally.objects.get_or_create(**slot)
        Tally.objects.filter(pk=row.pk).update(count=F("count") + 1, minutes=F("minutes") + minutes)


def series(
    team_id: UUID, events: Iterable[str], *, start: datetime, end: datetime
) -> dict[str, list[Point]]:
    """Return each event's hours from `start` to `end`, small counts hidden. One query."""
    points: dict[str, list[Point]] = {event: [] for event in events}
    rows = Tally.objects.filter(team_id=team_id, event__in=points, hour__gte=start, hour__lt=end)
    sums = rows.values("event", "hour").annotate(n=Sum("count"), m=Sum("minutes"))
    for row in sums.order_by("hour"):
        average = counting.average_shown(row["m"], row["n"])
        points[row["event"]].append(Point(row["hour"], counting.shown(row["n"]), average))
    return points


def by_detail(
    team_id: UUID, event: str, *, start: datetime, end: datetime
) -> dict[str, int | None]:
    """Return how often each detail of an event was counted, small counts hidden. One query."""
    rows = Tally.objects.filter(team_id=team_id, event=event, hour__gte=start, hour__lt=end)
    sums = rows.values("detail").annotate(n=Sum("count")).order_by("detail")
    return {row["detail"]: counting.shown(row["n"]) for row in sums}


def totals(team_id: UUID, *, start: datetime, end: datetime) -> dict[str, Point]:
    """Return each event's sum from `start` to `end`, small counts hidden. One query."""
    rows = Tally.objects.filter(team_id=team_id, hour__gte=start, hour__lt=end)
    sums = rows.values("event").annotate(n=Sum("count"), m=Sum("minutes")).order_by("event")
    return {
        row["event"]: Point(
            start, counting.shown(row["n"]), counting.average_shown(row["m"], row["n"])
        )
        for row in sums
    }
