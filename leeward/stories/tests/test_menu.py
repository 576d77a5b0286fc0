"""The menu: read once after each publish, never from what is not stored."""

from __future__ import annotations

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from leeward.safety.generation import generation
from leeward.stories import frame
from leeward.stories.tests import make


@pytest.fixture
def kept(monkeypatch: pytest.MonkeyPatch) -> dict[str, object]:
    """Return what is kept of menus: nothing yet."""
    empty: dict[str, object] = {}
    monkeypatch.setattr(frame, "_kept_entries", empty)
    return empty


def labels() -> list[str]:
    return [entry.label for entry in frame.menu_entries("en")]


@pytest.mark.django_db(transaction=True)
def test_the_menu_asks_the_database_once_until_something_is_published(kept) -> None:
    make.section("Stories")
    before = labels()
    with CaptureQueriesContext(connection) as asked:
        again = labels()
    make.section("Guides")
    generation().move_on()

    assert (before, again, len(asked)) == (["Stories"], ["Stories"], 0)
    assert labels() == ["Stories", "Guides"]


@pytest.mark.django_db(transaction=True)
def test_a_menu_that_is_never_stored_is_never_kept(kept) -> None:
    make.section("Stories")

    with transaction.atomic():
        make.section("Guides")
        generation().move_on()
        inside = labels()
        transaction.set_rollback(True)

    assert inside == ["Stories", "Guides"]
    assert labels() == ["Stories"]
