"""What a browser wishes for, read once: encodings and languages, in small bounded memories."""

from __future__ import annotations

from leeward.safety.kept_pages import choose_encoding
from leeward.safety.language import language_of
from leeward.safety.wire import Incoming

MOST_REMEMBERED = 512


class Wishes:
    """Reads the two headers that ask for something; most browsers send the same few values."""

    def __init__(self) -> None:
        self._encodings: dict[bytes, bytes] = {}
        self._homes: dict[bytes, str] = {}

    def encoding(self, incoming: Incoming) -> bytes:
        """Return the encoding to answer in, b"" for none."""
        accepted = incoming.get(b"accept-encoding", b"")
        found = self._encodings.get(accepted)
        if found is None:
            found = choose_encoding(accepted)
            if len(self._encodings) < MOST_REMEMBERED:
                self._encodings[accepted] = found
        return found

    def home(self, incoming: Incoming) -> str:
        """Return the canonical path of the first page in the browser's language."""
        accepted = incoming.get(b"accept-language", b"")
        found = self._homes.get(accepted)
        if found is None:
            found = f"/{language_of('/', accepted.decode('latin-1'))}/"
            if len(self._homes) < MOST_REMEMBERED:
                self._homes[accepted] = found
        return found
