"""Morton codes: places as one number, near ones mostly near. 20 bits of longitude, 19 of latitude.

The cells are squares of 0.00034 degrees (38 m of latitude). Shifted over the 24 bits of a
service's number they fill 63 bits, the positive half of an SQLite rowid; help without a point
takes the negative half.
"""

from __future__ import annotations

from leeward.directory.search.geometry import Box

NUMBER_BITS = 24
MOST_NUMBER = (1 << NUMBER_BITS) - 1
COLUMNS, ROWS = 1 << 20, 1 << 19
CELL_DEGREES = 180.0 / ROWS
# More cells follow a circle's box closer, and cost more seeks.
MOST_CELLS = 20


def _spread(value: int) -> int:
    """Return a byte with a zero bit before each of its bits."""
    return sum((value >> bit & 1) << 2 * bit for bit in range(8))


_SPREAD = tuple(_spread(value) for value in range(256))


def _spread_far(value: int) -> int:
    """Return 20 bits with a zero bit before each."""
    return _SPREAD[value & 255] | _SPREAD[value >> 8 & 255] << 16 | _SPREAD[value >> 16 & 255] << 32


def _column(longitude: float) -> int:
    return min(COLUMNS - 1, max(0, int((longitude + 180.0) / CELL_DEGREES)))


def _row(latitude: float) -> int:
    return min(ROWS - 1, max(0, int((latitude + 90.0) / CELL_DEGREES)))


def morton(latitude: float, longitude: float) -> int:
    """Return the 39-bit code of a place."""
    return _spread_far(_column(longitude)) | _spread_far(_row(latitude)) << 1


def placed_id(latitude: float, longitude: float, number: int) -> int:
    """Return the rowid of a service at a place."""
    return morton(latitude, longitude) << NUMBER_BITS | number


def middle_of(rowid: int) -> tuple[float, float] | None:
    """Return latitude and longitude of the middle of the cell that a rowid's place lies in.

    At most 27 m from the place; None for help without one.
    """
    if rowid < 0:
        return None
    code = rowid >> NUMBER_BITS
    column, row = _gathered(code), _gathered(code >> 1)
    return (row + 0.5) * CELL_DEGREES - 90.0, (column + 0.5) * CELL_DEGREES - 180.0


def _gathered(code: int) -> int:
    """Return every second bit of a code of 40 bits, from the lowest on."""
    code &= 0x5555555555
    code = (code | code >> 1) & 0x3333333333
    code = (code | code >> 2) & 0x0F0F0F0F0F
    code = (code | code >> 4) & 0xFF00FF00FF
    code = (code | code >> 8) & 0xFF0000FFFF
    return (code | code >> 16) & 0xFFFFF


def unplaced_id(number: int) -> int:
    """Return the rowid of help without a place."""
    return -number - 1


def number_of(rowid: int) -> int:
    """Return the service's number."""
    return rowid & MOST_NUMBER if rowid >= 0 else -rowid - 1


def id_ranges(box: Box) -> list[tuple[int, int]]:
    """Return few ranges of rowids, both ends included and in order, that hold all in `box`."""
    west, east = _column(box.west), _column(box.east)
    south, north = _row(box.south), _row(box.north)
    shift = 0
    while _steps(west, east, shift) * _steps(south, north, shift) > MOST_CELLS:
        shift += 1
    columns = [_spread_far(each) for each in range(west >> shift, (east >> shift) + 1)]
    rows = [_spread_far(each) << 1 for each in range(south >> shift, (north >> shift) + 1)]
    cells = sorted([column | row for column in columns for row in rows])
    return [
        (first << 2 * shift + NUMBER_BITS, (last + 1 << 2 * shift + NUMBER_BITS) - 1)
        for first, last in _runs(cells)
    ]


def uncovered(
    ranges: list[tuple[int, int]], covered: list[tuple[int, int]]
) -> list[tuple[int, int]]:
    """Return what of `ranges` is not in `covered`; both are in order, without overlaps."""
    found = []
    for first, last in ranges:
        begin = first
        for start, end in covered:
            if end < begin:
                continue
            if start > last:
                break
            if start > begin:
                found.append((begin, start - 1))
            begin = end + 1
        if begin <= last:
            found.append((begin, last))
    return found


def united(ranges: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return ranges in order, with those joined that overlap or touch."""
    found: list[tuple[int, int]] = []
    for first, last in sorted(ranges):
        if found and first <= found[-1][1] + 1:
            found[-1] = (found[-1][0], max(found[-1][1], last))
        else:
            found.append((first, last))
    return found


def _steps(first: int, last: int, shift: int) -> int:
    return (last >> shift) - (first >> shift) + 1


def _runs(cells: list[int]) -> list[tuple[int, int]]:
    """Return the runs of consecutive numbers in a sorted list."""
    runs = []
    first = last = cells[0]
    for cell in cells[1:]:
        if cell != last + 1:
            runs.append((first, last))
            first = cell
        last = cell
    return [*runs, (first, last)]
