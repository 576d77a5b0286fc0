"""What a browser's profile still tells after the browser was closed.

Sources: Chromium's History, Network/Cookies and simple cache; Firefox's places.sqlite,
cookies.sqlite, cache2 and mozLz4 files, as both browsers write them at versions 156 and 153.
"""

from __future__ import annotations

import contextlib
import re
import shutil
import sqlite3
import zlib
from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import cramjam

_GZIP = b"\x1f\x8b\x08"
_ZSTD = b"\x28\xb5\x2f\xfd"
_MOZ_LZ4 = b"mozLz40\0"
_STORES = (
    "Local Storage",
    "Session Storage",
    "IndexedDB",
    "Service Worker",
    "File System",
    "storage",
)


@dataclass(frozen=True)
class Remains:
    """What was found about one site."""

    addresses: list[str]
    visits: int
    cookies: int
    cached_files: int
    stored: list[str]


def read_remains(profile: Path, origin: str) -> Remains:
    """Return what `profile` holds about the site at `origin` ("http://127.0.0.1:8000")."""
    host = origin.partition("//")[2].partition(":")[0]
    places, cookies, words = _databases(profile)
    like = {"like": f"{origin}/%", "host": f"%{host}%"}
    addresses = _rows(places, f"SELECT url FROM {words['urls']} WHERE url LIKE :like", like)
    visits = _rows(
        places,
        f"SELECT 1 FROM {words['visits']} v JOIN {words['urls']} u ON u.id = v.{words['key']} "
        "WHERE u.url LIKE :like",
        like,
    )
    found = _rows(cookies, f"SELECT 1 FROM {words['jar']} WHERE {words['host']} LIKE :host", like)
    return Remains(
        addresses=[row[0] for row in addresses],
        visits=len(visits),
        cookies=len(found),
        cached_files=len(list(_files_with(_cache_files(profile), f"{origin}/".encode()))),
        stored=list(_files_with(_store_files(profile), origin.partition("//")[2].encode())),
    )


def traces_of(
    profile: Path, texts: Iterable[str], *, but: Container[str] = ()
) -> dict[str, list[str]]:
    """Return each text that stands anywhere in the profile, with the files that hold it.

    Files are searched as they are and decompressed (gzip, zstd, mozLz4), as UTF-8 and UTF-16.
    but: names of files to pass over.
    """
    wanted = {text: (text.encode(), text.encode("utf-16-le")) for text in texts}
    found: dict[str, list[str]] = {}
    for file in _files(profile):
        if file.name in but:
            continue
        data = b"\0".join(_opened(file.read_bytes()))
        for text, patterns in wanted.items():
            if any(pattern in data for pattern in patterns):
                found.setdefault(text, []).append(str(file.relative_to(profile)))
    return found


def _databases(profile: Path) -> tuple[Path, Path, dict[str, str]]:
    if (profile / "places.sqlite").exists():
        words = {"urls": "moz_places", "visits": "moz_historyvisits", "key": "place_id"}
        words |= {"jar": "moz_cookies", "host": "host"}
        return profile / "places.sqlite", profile / "cookies.sqlite", words
    words = {"urls": "urls", "visits": "visits", "key": "url", "jar": "cookies"}
    jars = [profile / "Default" / name for name in ("Network/Cookies", "Cookies")]
    jar = next((jar for jar in jars if jar.exists()), jars[0])
    return profile / "Default" / "History", jar, words | {"host": "host_key"}


def _rows(database: Path, query: str, values: dict[str, str]) -> list[tuple[str, ...]]:
    """Ask a copy, so that the write-ahead log is read and nothing is changed."""
    assert database.exists(), f"{database} was not written"
    copy = database.with_name(f"copy-of-{database.name}")
    for tail in ("", "-wal"):
        if database.with_name(database.name + tail).exists():
            shutil.copy(database.with_name(database.name + tail), f"{copy}{tail}")
    with contextlib.closing(sqlite3.connect(copy)) as connection:
        rows = connection.execute(query, values).fetchall()
    for file in copy.parent.glob(f"{copy.name}*"):
        file.unlink()
    return rows


def _files(folder: Path) -> Iterator[Path]:
    return (file for file in folder.rglob("*") if file.is_file() and not file.is_symlink())


def _cache_files(profile: Path) -> Iterator[Path]:
    for file in [*_files(profile), *_files(profile.parent / "home")]:
        if {"Cache_Data", "cache2", "Code Cache"} & set(file.parts):
            yield file


def _store_files(profile: Path) -> Iterator[Path]:
    return (file for file in _files(profile) if set(_STORES) & set(file.parts))


def _files_with(files: Iterable[Path], pattern: bytes) -> Iterator[str]:
    # Firefox names a store's folder after its site, with "+" for ":".
    name = pattern.decode().replace(":", "+")
    for file in files:
        if pattern in file.read_bytes() or name in str(file):
            yield str(file)


def _opened(data: bytes) -> Iterator[bytes]:
    """Yield the bytes, and what the compressed parts in them hold."""
    yield data
    if data.startswith(_MOZ_LZ4):
        size = int.from_bytes(data[8:12], "little")
        with contextlib.suppress(cramjam.DecompressionError):
            yield bytes(cramjam.lz4.decompress_block(data[12:], output_len=size))
    for start in _places_of(_GZIP, data):
        with contextlib.suppress(zlib.error):
            yield zlib.decompressobj(wbits=31).decompress(data[start:])
    for start in _places_of(_ZSTD, data):
        with contextlib.suppress(cramjam.DecompressionError):
            yield bytes(cramjam.zstd.decompress(data[start:]))


def _places_of(mark: bytes, data: bytes) -> list[int]:
    return [found.start() for found in re.finditer(re.escape(mark), data)]
