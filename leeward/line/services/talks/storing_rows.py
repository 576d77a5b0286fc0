"""The rows of storing, read and written in plain SQL: five statements for a group of messages.

Each message of every chat passes here. The ORM puts each statement together anew, which cost 2 ms
of CPU a commit; the database itself needs a tenth of that.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
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


@dataclass(frozen=True, slots=True)
class Before:
    """What stands before storing: the talks, their days, and the messages that hold a number."""

    talks: dict[UUID, Talk]
    epochs: set[tuple[UUID, int]]
    messages: list[StoredMessage]


@contextmanager
def few_trips() -> Iterator[None]:
    """Send PostgreSQL the statements of the block together, and wait where an answer is read.

    Waiting for the answer to each of seven took two thirds of the time of a commit. Raises what
    the statements raise, at the latest at the end of the block; put the transaction inside it.
    """
    if connection.vendor != "postgresql":
        yield
        return
    connection.ensure_connection()
    with connection.wrap_database_errors, connection.connection.pipeline():
        yield


def before(ids: Sequence[UUID], numbers: Sequence[int]) -> Before:
    """Return what stands before storing messages of these numbers.

    The conversations are locked in the order of their ids: no two wait in a ring.
    """
    lock = " FOR UPDATE" if connection.features.has_select_for_update else ""
    keys, many = _ids(ids), _marks(ids)
    talks, epochs, messages = _rows(
        (
            f"SELECT {', '.join(_TALK)} FROM {_table(Conversation)} "  # noqa: S608 -- own names
            f"WHERE id IN ({many}) ORDER BY id{lock}",
            keys,
        ),
        (
            f"SELECT conversation_id, number FROM {_table(Epoch)} "  # noqa: S608
            f"WHERE conversation_id IN ({many})",
            keys,
        ),
        (
            f"SELECT {', '.join(_MESSAGE)} FROM {_table(Message)} "  # noqa: S608
            f"WHERE conversation_id IN ({many}) AND number IN ({_marks(numbers)})",
            [*keys, *numbers],
        ),
    )
    found = (Talk(_uuid(row[0]), _uuid(row[1]), *row[2:]) for row in talks)
    return Before(
        {talk.id: talk for talk in found},
        {(_uuid(talk_id), number) for talk_id, number in epochs},
        [_message(row) for row in messages],
    )


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


def _rows(*asked: tuple[str, Sequence[Any]]) -> list[list[tuple[Any, ...]]]:
    """Return the rows of each question: all are asked before an answer is read."""
    with ExitStack() as stack:
        cursors = [stack.enter_context(connection.cursor()) for _each in asked]
        for cursor, (sql, values) in zip(cursors, asked, strict=True):
            cursor.execute(sql, values)
        return [cursor.fetchall() for cursor in cursors]


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
