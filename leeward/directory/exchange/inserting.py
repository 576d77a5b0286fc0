"""Many new rows written quickly: straight from values, without a model instance for each.

Measured with the 38,986 facilities: bulk_create spends four fifths of its time on building SQL.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db import connections, models, router
from django.utils import timezone

AT_ONCE = 2_000
# Values of these go to the database as they are.
_AS_THEY_ARE = (
    models.CharField, models.TextField, models.FloatField, models.BooleanField,
    models.IntegerField,
)  # fmt: skip


def insert(model: type[models.Model], rows: list[dict[str, Any]]) -> None:
    """Write new rows; values by attribute (`service_id`), defaults for what is not given.

    Must run inside a transaction. Database constraints hold as always.
    """
    if not rows:
        return
    connection = connections[router.db_for_write(model)]
    fields = model._meta.concrete_fields
    quote = connection.ops.quote_name
    names = ", ".join(quote(str(field.column)) for field in fields)
    marks = ", ".join(["%s"] * len(fields))
    sql = f"INSERT INTO {quote(model._meta.db_table)} ({names}) VALUES ({marks})"  # noqa: S608
    take = [_taker(field, connection) for field in fields]
    with connection.cursor() as cursor:
        for at in range(0, len(rows), AT_ONCE):
            values = [tuple(each(row) for each in take) for row in rows[at : at + AT_ONCE]]
            cursor.executemany(sql, values)


def _taker(field: Any, connection: Any) -> Callable[[dict[str, Any]], Any]:
    """Return what gets a field's value for the database out of a row."""
    name = field.attname
    if getattr(field, "auto_now", False):
        now = field.get_db_prep_save(timezone.now(), connection)
        return lambda _row: now
    if isinstance(field, _AS_THEY_ARE) and not field.is_relation:
        default = field.get_default()
        return lambda row: row.get(name, default)

    def prepared(row: dict[str, Any]) -> Any:
        value = row[name] if name in row else field.get_default()
        return None if value is None else field.get_db_prep_save(value, connection)

    return prepared
