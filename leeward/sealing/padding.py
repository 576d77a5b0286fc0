"""Padding: a message's sealed length tells its size class, and no more.

`length (4 bytes) | data | zeros`, filled up to 256 bytes, 1, 4, 16 or 32 KiB.
"""

from __future__ import annotations

from leeward.sealing.box import SealBroken

SIZE_CLASSES = (256, 1024, 4096, 16384, 32768)
LENGTH_BYTES = 4
DATA_MAX_BYTES = SIZE_CLASSES[-1] - LENGTH_BYTES


class TooLong(ValueError):
    """The message is longer than the largest size class holds (32,764 bytes)."""


def pad(data: bytes) -> bytes:
    """Return `data` filled up to its size class. Raises TooLong."""
    filled = len(data).to_bytes(LENGTH_BYTES, "big") + data
    return filled.ljust(_size_class(len(filled)), b"\0")


def unpad(padded: bytes) -> bytes:
    """Return the data. Raises SealBroken when `padded` is not what `pad` makes."""
    length = int.from_bytes(padded[:LENGTH_BYTES], "big")
    data = padded[LENGTH_BYTES : LENGTH_BYTES + length]
    if length > DATA_MAX_BYTES or pad(data) != padded:
        raise SealBroken
    return data


def _size_class(length: int) -> int:
    for size in SIZE_CLASSES:
        if length <= size:
            return size
    raise TooLong
