"""Messages: padded, then boxed under their epoch's key at their place in the conversation."""

from __future__ import annotations

from leeward.sealing.boxes import open_box, seal_box
from leeward.sealing.contexts import MessagePlace, message_data
from leeward.sealing.padding import pad, unpad


def seal_message(data: bytes, *, key: bytes, place: MessagePlace) -> bytes:
    """Return `data` (at most 32,764 bytes) padded and sealed. Raises TooLong, KeyRefused.

    The answer has 285, 1,053, 4,125, 16,413 or 32,797 bytes.
    """
    return seal_box(pad(data), key=key, place=message_data(place))


def open_message(sealed: bytes, *, key: bytes, place: MessagePlace) -> bytes:
    """Return the message that was sealed for this place. Raises SealBroken, SuiteUnknown."""
    return unpad(open_box(sealed, key=key, place=message_data(place)))
