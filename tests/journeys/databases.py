"""Where the running product keeps its rows: SQLite in its data folder, or a PostgreSQL database.

`LEEWARD_DATABASE_URL` (set by `scripts/with_postgres`) names a server that tests may fill.
"""

from __future__ import annotations

import os
from urllib.parse import urlsplit, urlunsplit

import psycopg
from psycopg import sql

PREPARED = "leeward_site_prepared"


def server_url() -> str:
    """Return the PostgreSQL server of this run, or an empty text when SQLite is meant."""
    return os.environ.get("LEEWARD_DATABASE_URL", "")


def new_database(name: str, *, template: str = "template1") -> str:
    """Return the address of a new database called `name`; empty, or copied from `template`.

    An empty text when SQLite is meant.
    """
    url = server_url()
    if not url:
        return ""
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(sql.SQL("DROP DATABASE IF EXISTS {}").format(sql.Identifier(name)))
        connection.execute(
            sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(
                sql.Identifier(name), sql.Identifier(template)
            )
        )
    return urlunsplit(urlsplit(url)._replace(path=f"/{name}"))
