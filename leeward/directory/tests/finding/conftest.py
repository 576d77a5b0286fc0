"""A visitor who searches, among a few known places."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client

from leeward import gazetteer
from leeward.directory.search.index import SqliteIndex
from leeward.directory.tests.finding import places

TAGS = re.compile(r"<[^>]+>")


class Visitor:
    """Somebody without an account who sends forms to the site's pages."""

    def __init__(self) -> None:
        self._client = Client()

    def asks(self, language: str = "en", **fields: Any) -> Answer:
        """Send the search form."""
        return self.sends(f"/{language}/services/", **fields)

    def sends(self, path: str, **fields: Any) -> Answer:
        """Send a form to `path`."""
        return Answer(self._client.post(path, fields))

    def opens(self, path: str) -> Answer:
        """Open the page at `path`."""
        return Answer(self._client.get(path))


class Answer:
    """A page as somebody reads it."""

    def __init__(self, response: Any) -> None:
        self.response = response
        self.status = response.status_code
        self.page = response.content.decode()
        self.main = self.page.partition("<main")[2].partition("</main>")[0]
        self.words = " ".join(html.unescape(TAGS.sub(" ", self.main)).split())
        self.names = [
            html.unescape(name)
            for name in re.findall(
                r'<h2><span class="at">\d+</span> <button[^>]*class="link">(.*?)<', self.main
            )
        ]

    def value_of(self, label: str) -> tuple[str, str]:
        """Return name and value of the button that reads `label`."""
        found = re.search(rf'<button[^>]*name="(\w+)" value="([^"]*)"[^>]*>{label}', self.main)
        assert found, label
        return found[1], html.unescape(found[2])

    def hidden(self) -> dict[str, list[str]]:
        """Return the hidden fields that its buttons carry."""
        form = self.main.partition('id="again"')[2].partition("</form>")[0]
        fields: dict[str, list[str]] = {}
        for name, value in re.findall(r'name="(\w+)" value="([^"]*)"', form):
            fields.setdefault(name, []).append(html.unescape(value))
        return fields


@pytest.fixture(autouse=True)
def closed_at_the_end(monkeypatch) -> Iterator[None]:
    """Close the files of every index that a test opened, so that none is left to chance."""
    opened: list[SqliteIndex] = []
    start = SqliteIndex.__init__

    def noted(index: SqliteIndex, *args: Any, **kwargs: Any) -> None:
        start(index, *args, **kwargs)
        opened.append(index)

    monkeypatch.setattr(SqliteIndex, "__init__", noted)
    yield
    for index in opened:
        index.close()
        if held := getattr(index, "_using", None):
            held.close()


@pytest.fixture(autouse=True)
def known_places(monkeypatch) -> None:
    monkeypatch.setattr(gazetteer, "find", places.find)


@pytest.fixture
def visitor() -> Visitor:
    return Visitor()
