"""A chat without scripts: opened, written in, kept, ended."""

from __future__ import annotations

import pytest

from leeward.line.tests.visitor import make

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def fresh_limits(monkeypatch):
    from leeward.line import limits
    from leeward.safety.limits import FloodLimit, Rate

    monkeypatch.setattr(limits, "OPENING", FloodLimit(Rate(12, 1)))
    monkeypatch.setattr(limits, "WORDS", FloodLimit(Rate(8, 1)))


def test_what_she_writes_reaches_the_advocate_and_back() -> None:
    line = make.line()
    visitor = make.Visitor().opens_a_chat()

    visitor.writes("Is tonight possible?")
    talk = line.takes()
    line.says(talk.pk, kind="text", text="Yes, it is.")
    visitor.refreshes()

    assert line.reads(talk.pk)[0] == {"kind": "text", "text": "Is tonight possible?"}
    assert "Is tonight possible?" in visitor.main
    assert "Yes, it is." in visitor.main
    assert "Here with you: Sam." in visitor.main
