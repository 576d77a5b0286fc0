"""Her messages opened one after the other, for as long as her frame without scripts is open.

A message that has just been stored is opened from what was announced of it: no query, for the keys
of her days are in memory already, with her ticket, and go with the frame.
"""

from __future__ import annotations

from leeward.line.services.talks import queue, replaying
from leeward.line.services.talks.replaying import StoredMessage
from leeward.line.services.visitors import server_side
from leeward.line.services.visitors.day_keys import DayKeys
from leeward.line.services.visitors.server_side import SEAT, Plain, Ticket


class Reading:
    """What one frame needs to open its messages."""

    __slots__ = ("_keys", "_ticket", "names")

    def __init__(self, ticket: Ticket) -> None:
        self._ticket = ticket
        self._keys: DayKeys | None = None
        self.names: dict[int, str] = {}

    def opened(self, message: StoredMessage) -> Plain | None:
        """Return a message opened from memory; None when the database must be read for it.

        That is so for the first message of a day, and for the first from a new seat.
        """
        keys = self._keys
        if keys is None or not (keys.has(message.epoch) and self._is_named(message.seat)):
            return None
        return server_side.opened(message, keys)

    def since(self, place: int, most: int) -> list[Plain]:
        """Return the messages after a place from the database, at most so many, in their order.

        Two queries; one more for the keys of days not read yet, one for the names of new seats.
        Raises NoSuchTalk.
        """
        talk = server_side.conversation_of(self._ticket)
        found = replaying.since(talk.pk, place, most)
        keys = self._keys
        if keys is None or not all(keys.has(each.epoch) for each in found):
            keys = self._keys = DayKeys(self._ticket)
            self.names = queue.names_by_seat(talk)
        elif not all(self._is_named(each.seat) for each in found):
            self.names = queue.names_by_seat(talk)
        return [server_side.opened(message, keys) for message in found]

    def _is_named(self, seat: int) -> bool:
        return seat == SEAT or seat in self.names
