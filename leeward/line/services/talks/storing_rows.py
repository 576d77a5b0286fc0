"""The rows of storing, read and written in plain SQL: five statements for a group of messages.

Each message of every chat passes here. The ORM puts each statement together anew, which cost 2 ms
of CPU a commit; the database itself needs a tenth of that.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, timedelta
from typing import Any
from uuid import UUID

from django.db import connection, models

from leeward.line.models import Conversation, Epoch, Message
from leeward.line.services.talks.replaying import StoredMessage

_TALK = ("id", "team_id", "state", "is_kept", "keep_days", "delete_on", "last_place")
_MESSAGE = ("conversation_id", "place", "seat", "number", "epoch", "at", "box")
_MOVED = ("last_place",)
_CHANGED = ("state", "delete_on")


@dataclass(slots=True)
class Talk:
    """What storing needs of a conversation."""

    id: UUID
    team_id: UUID
    state: str
    is_kept: bool
    keep_days: int
    delete_on: date
    last_place: int
    is_changed: bool = False  # state or last day

    def becomes(self, state: str, *, on: date) -> None:
        """Note its state after a message; what she keeps is kept anew from that day on."""
        delete_on = on + timedelta(days=self.keep_days) if self.is_kept else self.delete_on
        self.is_changed |= (state, delete_on) != (self.state, self.delete_on)
        self.state, self.delete_on = state, delete_on


def locked(ids: Sequence[UUID]) -> dict[UUID, Talk]:
    """Return the conversations, locked in the order of their ids: no two wait in a ring."""
    lock = " FOR UPDATE" if connection.features.has_select_for_update else ""
    found = _rows(
        f"SELECT {', '.join(_TALK)} FROM {_table(Conversation)} "  # noqa: S608 -- own names alone
        f"WHERE id IN ({_marks(ids)}) ORDER BY id{lock}",
        _ids(ids),
    )
    talks = (Talk(_uuid(row[0]), _uuid(row[1]), *row[2:]) for row in found)
    return {talk.id: talk for talk in talks}


def epochs_of(ids: Sequence[UUID]) -> set[tuple[UUID, int]]:
    """Return which conversation has which days' keys, by their numbers."""
    found = _rows(
        f"SELECT conversation_id, number FROM {_table(Epoch)} "  # noqa: S608
        f"WHERE conversation_id IN ({_marks(ids)})",
        _ids(ids),
    )
    return {(_uuid(talk_id), number) for talk_id, number in found}


def numbered(ids: Sequence[UUID], numbers: Sequence[int]) -> list[StoredMessage]:
    """Return the messages of these conversations that hold one of the numbers."""
    found = _rows(
        f"SELECT {', '.join(_MESSAGE)} FROM {_table(Message)} "  # noqa: S608
        f"WHERE conversation_id IN ({_marks(ids)}) AND number IN ({_marks(numbers)})",
        [*_ids(ids), *numbers],
    )
    return [_message(row) for row in found]


def write(messages: Sequence[StoredMessage], talks: Sequence[Talk]) -> None:
    """Store new messages, and how far their conversations have come.

    State and last day stand in indexes, which SQLite writes anew for each column that is named:
    so they are named only where they have changed.
    """
    _write_all(
        f"INSERT INTO {_table(Message)} ({', '.join(_MESSAGE)}) "  # noqa: S608
        f"VALUES ({_marks(_MESSAGE)})",
        _values(Message, _MESSAGE, messages),
    )
    for names in (_MOVED, (*_MOVED, *_CHANGED)):
        some = [talk for talk in talks if talk.is_changed == (names != _MOVED)]
        sets = ", ".join(f"{name} = %s" for name in names)
        _write_all(
            f"UPDATE {_table(Conversation)} SET {sets} WHERE id = %s",  # noqa: S608
            _values(Conversation, (*names, "id"), some),
        )


def _write_all(sql: str, rows: Sequence[Sequence[Any]]) -> None:
    if rows:
        with connection.cursor() as cursor:
            cursor.executemany(sql, rows)


def _values(
    model: type[models.Model], columns: Sequence[str], rows: Sequence[object]
) -> list[list[Any]]:
    fields = [_field(model, name) for name in columns]
    return [[_value(field, row) for field in fields] for row in rows]


def _rows(sql: str, values: Sequence[Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        found: list[tuple[Any, ...]] = cursor.fetchall()
    return found


def _message(row: Sequence[Any]) -> StoredMessage:
    talk_id, place, seat, number, epoch, at, box = row
    at = at if at.tzinfo else at.replace(tzinfo=UTC)  # SQLite keeps times without a zone
    return StoredMessage(_uuid(talk_id), place, seat, number, epoch, at, bytes(box))


def _ids(ids: Sequence[UUID]) -> list[Any]:
    """Return ids as the database keeps them: SQLite as letters."""
    field = _field(Conversation, "id")
    return [field.get_db_prep_value(each, connection) for each in ids]


def _uuid(value: UUID | str) -> UUID:
    return value if isinstance(value, UUID) else UUID(value)


def _field(model: type[models.Model], column: str) -> Any:
    return model._meta.get_field(column.removesuffix("_id"))


def _value(field: Any, row: object) -> Any:
    return field.get_db_prep_save(getattr(row, field.attname), connection)


def _table(model: type[models.Model]) -> str:
    return model._meta.db_table


def _marks(values: Sequence[object]) -> str:
    return ", ".join(["%s"] * len(values))
