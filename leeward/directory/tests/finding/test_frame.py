"""The frame around what was found: every page's own, up to date, and with nothing of a question."""

from __future__ import annotations

import re

import pytest

from leeward.design import frame, framed
from leeward.design.frame import MenuEntry, NoticeLine
from leeward.directory.tests.finding.test_results import HERE, shelter

pytestmark = pytest.mark.django_db
MAIN = re.compile(r"(<main [^>]*>).*(</main>)", re.DOTALL)


def around(html: str) -> str:
    """Return a page without what stands in <main>."""
    return MAIN.sub(r"\1\2", html)


@pytest.mark.parametrize("language", ["en", "es"])
def test_what_was_found_stands_in_the_frame_of_every_page(visitor, language):
    shelter()

    found = visitor.asks(language, **HERE)
    nothing = visitor.asks(language, where="Brooklyn", words="zzzz")
    unknown = visitor.asks(language, where="Nowhereville")

    form = around(visitor.opens(f"/{language}/services/").page)
    assert found.names == ["Harbor Light"]
    for answer in (found, nothing, unknown):
        assert around(answer.page) == form
        assert f'<button id="back" form="go" name="to" value="/{language}/services/"' in answer.page


def test_a_number_or_an_entry_that_changes_stands_on_the_next_page(visitor, monkeypatch):
    shelter()
    before = visitor.asks("en", **HERE).page

    entry, line = MenuEntry("New entry", "/en/new/", 50), NoticeLine("New line", "555", "555")
    monkeypatch.setattr(frame, "_menu_sources", [*frame._menu_sources, lambda _code: [entry]])
    monkeypatch.setattr(frame, "_notice_sources", [*frame._notice_sources, lambda _code: [line]])
    after = visitor.asks("en", **HERE).page

    for said in ("New entry", "New line"):
        assert said not in before
        assert said in after


def test_nothing_that_was_asked_makes_or_enters_a_frame(visitor):
    shelter()
    visitor.asks("en", **HERE)
    held = framed._halves.cache_info().currsize

    for number in range(5):
        visitor.asks("en", **HERE, words=f"harbor zebra{number}", need="shelter")

    assert framed._halves.cache_info().currsize == held
