"""What lies at a path: a file, a folder or a zip, as named texts.

Sizes are bounded. A zip is read in memory and never unpacked to disk, so its names lead nowhere.
"""

from __future__ import annotations

import gzip
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import IO

from charset_normalizer import from_bytes

from leeward.directory.exchange.package import FileUnfit

MOST_FILES = 500
MOST_BYTES = 200_000_000  # of one file
MOST_ALL_BYTES = 400_000_000
GUESS_BYTES = 200_000  # enough to tell one encoding from another
SUFFIXES = {".csv", ".tsv", ".txt", ".json", ".yaml", ".yml"}
ASCII, FEW = 0x80, 0.1
BLANK = b" \t\r\n\xef\xbb\xbf\x00"
UTF16 = (b"\xff\xfe", b"\xfe\xff")


@dataclass(frozen=True, slots=True)
class Named:
    """One file: its name for people to read, and its bytes."""

    name: str
    content: bytes

    @property
    def suffix(self) -> str:
        """Return its ending in lower case, such as .csv."""
        return PurePosixPath(self.name.lower().removesuffix(".gz")).suffix

    @property
    def stem(self) -> str:
        """Return its name without folders and ending, in lower case."""
        return PurePosixPath(self.name.lower().removesuffix(".gz")).stem

    def text(self) -> str:
        """Return it as text, whatever its encoding."""
        return decode(self.content)


def read_all(path: Path) -> list[Named]:
    """Return the data files at `path` by name. Raises FileUnfit.

    path: a file, a folder (with folders in it) or a zip; .gz files are unpacked.
    """
    if not path.exists():
        raise FileUnfit(f"There is nothing at {path}.")
    try:
        found = list(_bounded(_each(path)))
    except (OSError, EOFError, zipfile.BadZipFile, RuntimeError) as wrong:
        raise FileUnfit(f"{path.name} can't be read: {wrong}.") from None
    if not any(file.content.strip(BLANK) for file in found):
        raise FileUnfit(f"{path.name} holds nothing that can be read (CSV or JSON).")
    return found


def decode(content: bytes) -> str:
    """Return bytes as text: UTF-8, UTF-16 with its mark, or the likeliest of the old encodings."""
    if content[:2] in UTF16:
        return content.decode("utf-16", errors="replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        pass
    sample = content[:GUESS_BYTES]
    beyond = sum(byte >= ASCII for byte in sample)
    # Few letters beyond ASCII: Western Europe's, as spreadsheets write it. A guess would be luck.
    if beyond < len(sample) * FEW:
        return content.decode("cp1252", errors="replace")
    guess = from_bytes(sample).best()
    return content.decode(guess.encoding if guess else "cp1252", errors="replace")


def _each(path: Path) -> Iterator[Named]:
    if path.is_dir():
        for file in sorted(path.rglob("*")):
            if file.is_file() and not file.is_symlink() and _is_data(file.name):
                yield from _one(file, str(file.relative_to(path)))
    elif zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as packed:
            for each in packed.infolist():
                if not each.is_dir() and _is_data(each.filename):
                    with packed.open(each) as stream:
                        yield Named(each.filename, _read(stream, each.filename))
    else:
        yield from _one(path, path.name)


def _one(file: Path, name: str) -> Iterator[Named]:
    stream: IO[bytes]
    with gzip.open(file) if file.suffix == ".gz" else file.open("rb") as stream:  # type: ignore[assignment]
        yield Named(name, _read(stream, name))


def _is_data(name: str) -> bool:
    plain = PurePosixPath(name.lower().removesuffix(".gz"))
    return plain.suffix in SUFFIXES and not plain.name.startswith((".", "__"))


def _read(stream: IO[bytes], name: str) -> bytes:
    content = stream.read(MOST_BYTES + 1)
    if len(content) > MOST_BYTES:
        raise FileUnfit(f"{name} is larger than {MOST_BYTES // 1_000_000} MB.")
    return content


def _bounded(files: Iterator[Named]) -> Iterator[Named]:
    size = 0
    for count, file in enumerate(files, start=1):
        size += len(file.content)
        if count > MOST_FILES or size > MOST_ALL_BYTES:
            raise FileUnfit(
                f"More than {MOST_FILES} files or {MOST_ALL_BYTES // 1_000_000} MB unpacked."
            )
        yield file
