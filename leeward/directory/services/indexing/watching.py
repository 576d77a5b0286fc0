"""What stands around the engine: a watch over searches, a count over documents."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from leeward.directory.search.types import Document, Engine, IndexUnfit, Query, Results
from leeward.directory.services import public
from leeward.directory.services.indexing import reading
from leeward.directory.services.indexing.compiling import documents_of

Progress = Callable[[int, int], None]


class NotWrittenHere(Exception):
    """Only the change log writes to the index."""


class Watched:
    """An engine that has its index made anew when a search finds it damaged."""

    def __init__(self, index: Engine, mend: Callable[[], None]) -> None:
        self._index = index
        self._mend = mend

    def search(self, query: Query) -> Results:
        """Return what fits `query`. Raises IndexUnfit; the index is then being made anew."""
        try:
            return self._index.search(query)
        except IndexUnfit:
            self._mend()
            return self._index.search(query)

    def apply(self, put: Iterable[Document], remove: Sequence[int], *, sequence: int) -> None:
        """Refuse."""
        raise NotWrittenHere

    def sequence(self) -> int:
        """Return the place in the change log that the index stands at."""
        return self._index.sequence()


class Counted:
    """All documents, counted as they go by."""

    def __init__(self, progress: Progress | None) -> None:
        self.done = 0
        self._progress = progress

    def documents(self) -> Iterator[Document]:
        """Yield the documents of all that is listed."""
        total = public.listed_services_at_locations().count() if self._progress else 0
        for batch in reading.everything():
            yield from documents_of(batch)
            self.done += len(batch.offers)
            if self._progress:
                self._progress(self.done, max(total, self.done))
