"""The text of a page, block by block, so that another page can hold the same."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from html.parser import HTMLParser

_BLOCKS = {"h1", "h2", "h3", "p", "li", "dt", "dd", "summary", "label", "option", "button", "a"}
_LINKS = {"button", "a"}
_HEADINGS = {"h1", "h2", "h3"}
_UNSEEN = {"script", "style", "title", "svg"}


@dataclass(frozen=True)
class Block:
    """One block of text: kind is h1, h2, h3, link or p."""

    kind: str
    text: str

    @property
    def safe(self) -> str:
        """The text as HTML."""
        return escape(self.text)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, list[str]]] = [("p", [])]
        self._unseen = 0

    def handle_starttag(self, tag: str, _attrs: list[tuple[str, str | None]]) -> None:
        self._unseen += tag in _UNSEEN
        if tag in _BLOCKS:
            self.found.append((_kind(tag), []))

    def handle_endtag(self, tag: str) -> None:
        self._unseen -= tag in _UNSEEN
        if tag in _BLOCKS:
            self.found.append(("p", []))

    def handle_data(self, data: str) -> None:
        if not self._unseen:
            self.found[-1][1].append(data)


def blocks_of(document: str) -> list[Block]:
    """Return what a page says, in order."""
    reader = _Reader()
    reader.feed(document)
    said = [(kind, " ".join("".join(words).split())) for kind, words in reader.found]
    return [Block(kind, text) for kind, text in said if text]


def _kind(tag: str) -> str:
    if tag in _HEADINGS:
        return tag
    return "link" if tag in _LINKS else "p"
