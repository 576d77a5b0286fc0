"""Keys, places and messages for tests."""

from __future__ import annotations

from hypothesis import strategies as st

from leeward.sealing.contexts import MessagePlace
from leeward.sealing.padding import DATA_MAX_BYTES

KEY = bytes(range(32))

keys = st.binary(min_size=32, max_size=32)
plains = st.binary(max_size=300)
positions = st.integers(min_value=0, max_value=10_000)
flips = st.integers(min_value=1, max_value=255)
u16 = st.integers(min_value=0, max_value=2**16 - 1)
u32 = st.integers(min_value=0, max_value=2**32 - 1)
u64 = st.integers(min_value=0, max_value=2**64 - 1)
places = st.builds(MessagePlace, conversation=st.uuids(), epoch=u32, seat=u16, number=u32)
lengths = st.integers(min_value=0, max_value=DATA_MAX_BYTES)


def flip(sealed: bytes, *, at: int, by: int) -> bytes:
    """Return `sealed` with one byte changed. at: wraps round; by: 1 to 255."""
    changed = bytearray(sealed)
    changed[at % len(changed)] ^= by
    return bytes(changed)
