"""The gazetteer's file, opened read-only, one connection a thread, anew when it was replaced."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from struct import unpack
from urllib.parse import quote

from leeward.gazetteer.codes import codes_from, label_of, zip_code
from leeward.gazetteer.fitness import VERSION, is_fit
from leeward.gazetteer.place import KINDS, GazetteerUnfit, Place

MOST_SAME = 400
Row = tuple[int, int, str, str, str, str, float, float, int, int, int, str]
# (rank, place, home): what a name leads to. home: "US-NY", or "FR-11".
Found = tuple[int, int, str]


class Shelf:
    """The tables of the file at `path`. Every method may raise GazetteerUnfit."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._local = threading.local()

    @contextmanager
    def read(self) -> Iterator[sqlite3.Connection]:
        """Lend this thread's connection; what the file is wrong with becomes GazetteerUnfit."""
        try:
            yield self._connection()
        except (sqlite3.Error, OSError, UnicodeDecodeError) as wrong:
            self._local.connection = None
            raise GazetteerUnfit(f"The places in {self.path} can't be read.") from wrong

    def _connection(self) -> sqlite3.Connection:
        state = self.path.stat()
        mark = (state.st_ino, state.st_mtime_ns, state.st_size)
        connection: sqlite3.Connection | None = getattr(self._local, "connection", None)
        if connection is None or self._local.mark != mark:
            if connection is not None:
                connection.close()
            connection = self._open()
            self._local.connection, self._local.mark = connection, mark
        return connection

    def _open(self) -> sqlite3.Connection:
        if not is_fit(self.path):
            raise GazetteerUnfit(f"{self.path} is not whole, or not of version {VERSION}.")
        # The thread that opened it alone uses it; but the one that ends it may be another.
        connection = sqlite3.connect(
            f"file:{quote(str(self.path))}?mode=ro&immutable=1", uri=True, check_same_thread=False
        )
        self._local.zones = dict(connection.execute("SELECT id, name FROM zone"))
        return connection

    def named(self, folded: str) -> list[Found]:
        """Return what has exactly this folded name, best first."""
        with self.read() as connection:
            return connection.execute(
                "SELECT rank, place, home FROM name WHERE folded = ? ORDER BY rank LIMIT ?",
                (folded, MOST_SAME),
            ).fetchall()

    def listed(self, beginning: str, country: str) -> list[int] | None:
        """Return the best places whose name begins so, `country`'s first; None when not listed."""
        with self.read() as connection:
            lists = dict(
                connection.execute(
                    "SELECT country, places FROM listed WHERE beginning = ? AND country IN (?, '')",
                    (beginning, country),
                ).fetchall()
            )
        if "" not in lists:
            return None
        packed = lists.get(country, b"") + lists[""]
        return list(dict.fromkeys(unpack(f"<{len(packed) // 4}I", packed)))

    def beginning(self, folded: str, country: str, limit: int) -> list[Found]:
        """Return what has a name that begins so, `country`'s first, then the best."""
        with self.read() as connection:
            return connection.execute(
                "SELECT rank, place, home FROM name WHERE folded >= ? AND folded < ? "
                "ORDER BY substr(home, 1, 2) <> ?, rank LIMIT ?",
                (folded, folded + "\U0010ffff", country, limit),
            ).fetchall()

    def sounding(self, keys: Iterable[str], limit: int) -> list[tuple[int, int, str, str]]:
        """Return (rank, place, folded name, home) of what sounds like one of `keys`."""
        found: list[tuple[int, int, str, str]] = []
        with self.read() as connection:
            for key in keys:
                found += connection.execute(
                    "SELECT rank, place, folded, home FROM sound WHERE heard = ? "
                    "ORDER BY rank LIMIT ?",
                    (key, limit),
                ).fetchall()
        return found

    def county_of(self, number: int) -> str:
        """Return the county that a place lies in, "" for none."""
        with self.read() as connection:
            row = self._row(connection, number)
        return row[4] if row else ""

    def near(self, spans: Sequence[tuple[int, int]]) -> list[tuple[int, float, float]]:
        """Return (place, latitude, longitude) of the towns in these spans of cells."""
        found: list[tuple[int, float, float]] = []
        with self.read() as connection:
            for span in spans:
                found += connection.execute(
                    "SELECT place, latitude, longitude FROM near WHERE cell BETWEEN ? AND ?", span
                ).fetchall()
        return found

    def places(self, numbers: Iterable[int]) -> list[Place]:
        """Return these places, in this order."""
        with self.read() as connection:
            rows = (self._row(connection, number) for number in numbers)
            return [self._place(connection, row) for row in rows if row]

    @staticmethod
    def _row(connection: sqlite3.Connection, number: int) -> Row | None:
        row: Row | None = connection.execute(
            "SELECT * FROM place WHERE id = ?", (number,)
        ).fetchone()
        return row

    def _place(self, connection: sqlite3.Connection, row: Row) -> Place:
        kind, name, admin1, country, areas = KINDS[row[1]], row[2], row[3], row[5], row[11]
        town = self._row(connection, row[10]) if row[10] else None
        codes: tuple[str, ...] = ()
        if town:
            label, codes = f"{name} ({town[2]}, {admin1})", (zip_code(name), town[11])
        else:
            label = label_of(kind, name, admin1, country)
        return Place(
            name=name,
            kind=kind,
            admin1=admin1,
            county=row[4],
            country=country,
            latitude=row[6],
            longitude=row[7],
            population=row[8],
            time_zone=self._local.zones[row[9]],
            label=label,
            areas=(*codes, *codes_from(areas)),
        )
