"""Making the gazetteer's file from the data beside this module; some seconds.

As a program, so that its memory goes when it ends: `python -m leeward.gazetteer.build PATH`.
"""

from __future__ import annotations

import gc
import os
import sqlite3
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from math import log2
from pathlib import Path
from struct import pack
from time import time

from leeward.gazetteer.codes import own_code
from leeward.gazetteer.entry import Entry
from leeward.gazetteer.fitness import VERSION
from leeward.gazetteer.fold import fold, shorter_by_one, sound
from leeward.gazetteer.gather import gather
from leeward.gazetteer.place import KINDS
from leeward.gazetteer.space import cell_of

# Beginnings that more names share than can be read through at once have their best places listed.
MOST_READ = 1500
LISTED = 20
SHORTEST_PREFIX = 3
LONGEST_LISTED = 12
# Names of towns this big are also found with a consonant wrong or missing.
FORGIVEN_POPULATION = 15_000
# Towns this big are forgiven in their other names too: "newyork".
WELL_KNOWN_POPULATION = 1_000_000
# Another name of a place weighs as much as the name of one twenty times smaller; a state or
# county, as a town four times smaller.
OTHER_NAME_WEIGHT = 1 / 20
WIDE_WEIGHT = 1 / 4
ABANDONED_S = 3600
CACHE_KB = 16_000
WIDE = frozenset({"county", "state"})

_TABLES = """
CREATE TABLE place (
    id INTEGER PRIMARY KEY, kind INTEGER, name TEXT, admin1 TEXT, county TEXT, country TEXT,
    latitude REAL, longitude REAL, population INTEGER, zone INTEGER, town INTEGER, area TEXT
);
CREATE TABLE zone (id INTEGER PRIMARY KEY, name TEXT);
CREATE TABLE name (
    folded TEXT, rank INTEGER, place INTEGER, home TEXT, PRIMARY KEY (folded, rank, place)
) WITHOUT ROWID;
CREATE TABLE listed (
    beginning TEXT, country TEXT, places BLOB, PRIMARY KEY (beginning, country)
) WITHOUT ROWID;
CREATE TABLE sound (
    heard TEXT, rank INTEGER, place INTEGER, folded TEXT, home TEXT,
    PRIMARY KEY (heard, rank, place, folded)
) WITHOUT ROWID;
CREATE TABLE near (
    cell INTEGER, place INTEGER, latitude REAL, longitude REAL, PRIMARY KEY (cell, place)
) WITHOUT ROWID;
"""

Name = tuple[str, int, int, str]


def build(path: Path, entries: list[Entry] | None = None) -> int:
    """Make the file at `path` afresh, aside first, then renamed; return how many places it holds.

    entries: the places, biggest first; None for all that `data/` has. Killed half-way it leaves
    what was there.
    """
    entries = gather() if entries is None else entries
    _sweep(path)
    aside = path.with_name(f"{path.name}.{os.getpid()}.new")
    connection = sqlite3.connect(aside)
    try:
        connection.executescript(
            "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;"
            f"PRAGMA cache_size = -{CACHE_KB}; PRAGMA temp_store = FILE;" + _TABLES
        )
        _fill(connection, entries)
        connection.execute(f"PRAGMA user_version = {VERSION}")
        connection.commit()
    finally:
        connection.close()
    with aside.open("rb+") as file:
        os.fsync(file.fileno())
    aside.replace(path)
    return len(entries)


def _sweep(path: Path) -> None:
    """Remove what builds that were killed left behind."""
    for left in path.parent.glob(f"{path.name}.*.new"):
        if time() - left.stat().st_mtime > ABANDONED_S:
            left.unlink(missing_ok=True)


def _fill(connection: sqlite3.Connection, entries: list[Entry]) -> None:
    towns = {id(entry.town) for entry in entries if entry.town}
    numbers = {id(entry): n for n, entry in enumerate(entries, start=1) if id(entry) in towns}
    zones = {zone: n for n, zone in enumerate(sorted({entry.time_zone for entry in entries}))}
    for table, rows in (
        ("zone", ((number, zone) for zone, number in zones.items())),
        ("place", _places(entries, numbers, zones)),
    ):
        _put(connection, table, rows)
    _put_in_order(connection, "near", _near(entries))
    _put_in_order(connection, "name", _names(entries))
    _put_in_order(connection, "sound", _sounds(entries))
    _put(connection, "listed", _listed(connection))


def _put_in_order(
    connection: sqlite3.Connection, table: str, rows: Iterator[tuple[object, ...]]
) -> None:
    """Put many rows into a table by its key: SQLite sorts them on disk, where a list takes RAM."""
    connection.execute(f"CREATE TEMP TABLE raw AS SELECT * FROM {table} LIMIT 0")  # noqa: S608
    _put(connection, "raw", rows)
    # Nearly in order is enough to fill a table quickly, and cheaper to bring about.
    connection.execute(f"INSERT OR IGNORE INTO {table} SELECT * FROM raw ORDER BY 1")  # noqa: S608
    connection.execute("DROP TABLE raw")


def _put(connection: sqlite3.Connection, table: str, rows: Iterator[tuple[object, ...]]) -> None:
    first = next(rows, None)
    if first is not None:
        marks = ",".join("?" * len(first))
        connection.execute(f"INSERT OR IGNORE INTO {table} VALUES ({marks})", first)  # noqa: S608
        connection.executemany(f"INSERT OR IGNORE INTO {table} VALUES ({marks})", rows)  # noqa: S608


def _places(
    entries: list[Entry], numbers: dict[int, int], zones: dict[str, int]
) -> Iterator[tuple[object, ...]]:
    folded: dict[str, str] = {}
    for number, entry in enumerate(entries, start=1):
        yield (
            number,
            KINDS.index(entry.kind),
            entry.name,
            entry.admin1,
            entry.county,
            entry.country,
            entry.latitude,
            entry.longitude,
            # Those of a county or state are a sum with parts counted twice: good to rank by only.
            0 if entry.kind in WIDE else entry.population,
            zones[entry.time_zone],
            numbers[id(entry.town)] if entry.town else 0,
            _area(entry, folded),
        )


def _area(entry: Entry, folded: dict[str, str]) -> str:
    """Return the area's code of a place, of a ZIP that of its county. folded: seen counties."""
    county = folded.setdefault(entry.county, "") or fold(entry.county)
    folded[entry.county] = county
    town = entry.folded if entry.kind == "town" else ""
    return own_code(entry.country, entry.admin1, county, town)


def rank_of(entry: Entry, *, is_other: bool) -> int:
    """Return the order of a name among equal ones, smaller first."""
    people = float(entry.town.population if entry.town else entry.population)
    people *= WIDE_WEIGHT if entry.kind in WIDE else 1.0
    return -round(100 * log2((people + 2) * (OTHER_NAME_WEIGHT if is_other else 1.0)))


def home_of(entry: Entry) -> str:
    """Return the part of a country that a place lies in: "US-NY", or "MC-" where there are none."""
    return f"{entry.country}-{entry.admin1}"


def _names(entries: list[Entry]) -> Iterator[Name]:
    for number, entry in enumerate(entries, start=1):
        own, home = entry.folded, home_of(entry)
        if own:
            yield own, rank_of(entry, is_other=False), number, home
        rank = rank_of(entry, is_other=True)
        for other in entry.others:
            if other != own:
                yield other, rank, number, home


def _listed(connection: sqlite3.Connection) -> Iterator[tuple[str, str, bytes]]:
    """Yield the best places for each beginning that more than MOST_READ names share.

    Country "" lists the best of all countries. The table of names must be full.
    """
    crowded = _crowded(connection)
    lists: dict[tuple[str, str], dict[int, None]] = defaultdict(dict)
    names = connection.execute("SELECT folded, place, home FROM name ORDER BY rank, folded, place")
    for folded, place, home in names:
        for length in range(SHORTEST_PREFIX, min(len(folded), LONGEST_LISTED) + 1):
            if folded[:length] not in crowded:
                break
            for key in ((folded[:length], ""), (folded[:length], home[:2])):
                if len(lists[key]) < LISTED:
                    lists[key][place] = None
    for (beginning, country), places in sorted(lists.items()):
        yield beginning, country, pack(f"<{len(places)}I", *places)


def _crowded(connection: sqlite3.Connection) -> set[str]:
    """Return the beginnings that more than MOST_READ names share."""
    crowded: set[str] = set()
    shortest = Counter(folded[:SHORTEST_PREFIX] for (folded,) in _folded(connection))
    found = {begin for begin, many in shortest.items() if many > MOST_READ}
    alive = [name for (name,) in _folded(connection) if name[:SHORTEST_PREFIX] in found]
    for length in range(SHORTEST_PREFIX + 1, LONGEST_LISTED + 1):
        crowded |= found
        alive = [folded for folded in alive if len(folded) >= length]
        counts = Counter(folded[:length] for folded in alive)
        found = {begin for begin, many in counts.items() if many > MOST_READ}
        alive = [folded for folded in alive if folded[:length] in found]
    return crowded | found


def _folded(connection: sqlite3.Connection) -> sqlite3.Cursor:
    ask = "SELECT folded FROM name WHERE length(folded) >= ?"
    return connection.execute(ask, (SHORTEST_PREFIX,))


def _sounds(entries: list[Entry]) -> Iterator[tuple[str, int, int, str, str]]:
    for number, entry in enumerate(entries, start=1):
        if entry.kind == "zip":
            continue
        rank, home = rank_of(entry, is_other=False), home_of(entry)
        heard = sound(entry.folded)
        keys = {heard}
        if entry.population >= FORGIVEN_POPULATION:
            keys |= shorter_by_one(heard)
        yield from ((key, rank, number, entry.folded, home) for key in keys if key)
        if entry.population >= WELL_KNOWN_POPULATION:
            latin = (other for other in entry.others if other.isascii())
            yield from ((sound(other), rank, number, other, home) for other in latin)


def _near(entries: list[Entry]) -> Iterator[tuple[int, int, float, float]]:
    for number, entry in enumerate(entries, start=1):
        if entry.kind == "town":
            cell = cell_of(entry.latitude, entry.longitude)
            yield cell, number, entry.latitude, entry.longitude


if __name__ == "__main__":
    gc.disable()  # millions of tuples and no circles among them: half the time
    build(Path(sys.argv[1]))
